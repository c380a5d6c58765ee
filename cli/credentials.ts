// A URL with a user name and password is a secret that looks like none: it is neither printed nor written anywhere.
const credentials = /\bhttps?:\/\/[^\s/?#"']*@|\b[a-z][a-z0-9+.-]*:\/\/[^\s/?#"'@:]*:[^\s/?#"']*@/gi;
/** Whether a text holds a URL with a user name and password: a secret that looks like none. */
export const hasCredentials = (text: string): boolean => text.search(credentials) >= 0;
/** The text without them. */
export const withoutCredentials = (text: string): string =>
  text.replace(credentials, (found) => `${found.slice(0, found.indexOf("://"))}://[secret]@`);

/** A value without them. */
export const shownValue = <T>(value: T): T =>
  value === undefined ? value : (JSON.parse(withoutCredentials(JSON.stringify(value))) as T);

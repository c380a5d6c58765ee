/**
 * Any absolute URI, of the web or of a custom scheme such as `com.example.app:/callback`; `*` may stand for a port. A URL
 * parser is too kind: it takes `localhost:3000` for a scheme of its own, and reads `http:/host` as `http://host`.
 */
export function isUri(text: string): boolean {
  const isBareHost = /^[a-z0-9.-]+:(\d+|\*)([/?#]|$)/i.test(text);
  const lacksHost = /^https?:(?!\/\/[^/?#])/i.test(text);
  return !isBareHost && !lacksHost && !/\s/.test(text) && URL.canParse(text.replace(/:\*(?=[/?#]|$)/, ""));
}

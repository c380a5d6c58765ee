import type * as tldts from "tldts";

const names = (): typeof tldts =>
  // eslint-disable-next-line typescript/no-require-imports -- the list is large, and few programs write a `*`
  require("tldts") as typeof tldts;

/** Whether anybody can register a name right under this one: `com`, `co.uk`, and `vercel.app` too. */
export function isPublicSuffix(host: string): boolean {
  const { getPublicSuffix } = names();
  // of some the list says only that whatever is under them is one
  return [host, `a.${host}`].some((name) => getPublicSuffix(name, { allowPrivateDomains: true }) === name);
}

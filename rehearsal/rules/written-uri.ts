/** The longest address that is taken, counted as JavaScript counts text. */
export const longest = 2_048;

/** An address as it was read. */
export interface WrittenAddress {
  /** With its colon, in lower case. */
  readonly protocol: string;
  /** Without its port and without a dot at its end. */
  readonly host: string;
  readonly stars: number;
  /** The one star, or the first. */
  readonly star?: "host" | "port" | "rest";
}
const isWeb = (protocol: string): boolean => protocol === "https:" || protocol === "http:";
const isBlank = (c: string): boolean => c.trim() === "" || c < " " || (c >= "\u007f" && c <= "\u009f");
const count = (text: string): number => [...text].filter((c) => c === "*").length;

/** `URL.canParse` does not say it: optimized, that of Node.js 20 misreads Latin letters beyond ASCII. */
function urlOf(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** Where the authority ends: at the first of these, or with the text. */
function endOfAuthority(text: string, from: number): number {
  const ends = ["/", "?", "#"].map((c) => text.indexOf(c, from)).filter((at) => at >= 0);
  return Math.min(text.length, ...ends);
}

/**
 * Reads an address, or answers nothing. Stricter than a browser, which repairs what it is given: blanks and backslashes
 * inside, a scheme without its slashes or host, a bare `host:port`, empty labels and hosts that turn into others are not read.
 */
export function readAddress(text: string): WrittenAddress | undefined {
  const colon = text.indexOf(":");
  if (colon < 1 || text.includes("\\") || [...text].some(isBlank)) return undefined;
  const protocol = text.slice(0, colon + 1).toLowerCase();
  const hasAuthority = text.startsWith("//", colon + 1);
  const start = hasAuthority ? colon + 3 : colon + 1;
  const end = endOfAuthority(text, start);
  const authority = hasAuthority ? text.slice(start, end) : "";
  if (isWeb(protocol) && authority === "") return undefined;
  if (!hasAuthority && (text.slice(start, end) === "*" || /^[0-9]+$/.test(text.slice(start, end)))) return undefined;

  const atPort = authority.endsWith(":*");
  const readable = atPort ? text.slice(0, end - 2) + text.slice(end) : text;
  const url = urlOf(readable);
  if (!url) return undefined;
  const named = authority.slice(authority.lastIndexOf("@") + 1);
  const port = named.lastIndexOf(":");
  const writtenHost = port > named.lastIndexOf("]") ? named.slice(0, port) : named;
  const host = (url.hostname.endsWith(".") ? url.hostname.slice(0, -1) : url.hostname).toLowerCase();
  if (isWeb(protocol)) {
    if (host === "" || host.startsWith(".") || host.endsWith(".") || host.includes("..")) return undefined;
    // a full-width or encoded star is one only after reading
    if (count(host) !== count(writtenHost)) return undefined;
  }
  const stars = count(text);
  if (stars === 0) return { protocol: url.protocol, host, stars };
  return { protocol: url.protocol, host, stars, star: atPort ? "port" : count(writtenHost) > 0 ? "host" : "rest" };
}

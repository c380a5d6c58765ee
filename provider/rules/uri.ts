/** The longest address that is taken, in the units that JavaScript counts text in, as the server does. */
export const longest = 2_048;
const web = /^https?$/;

/** An address as the server reads it. */
export interface Address {
  /** In lower case, without its colon. */
  readonly scheme: string;
  /** ASCII, in lower case, without a dot at its end; as written where the scheme is not of the web. */
  readonly host: string;
  readonly wildcards: number;
  /** Where the first `*` stands, if there is one. */
  readonly wildcardIn: "host" | "port" | "elsewhere" | undefined;
}
/** Not by `URL.canParse`: once it runs hot, Node.js 20 lets it refuse every text with a letter such as `ü`. */
function hostnameOf(text: string): string | undefined {
  try {
    return new URL(text).hostname;
  } catch {
    return undefined;
  }
}
const starsIn = (text: string): number => text.split("*").length - 1;

/**
 * What a text is as a URI, of the web or of a custom scheme such as `com.example.app:/callback`; `*` may stand in its host,
 * or for its port. A URL parser alone is too kind: it takes `localhost:3000` for a scheme of its own, reads `http:/host` and
 * `http:\\host` as `http://host`, drops tabs, and finds a `*` in what only looks like one.
 */
export function addressOf(text: string): Address | undefined {
  if (/[\s\\\p{Cc}]/u.test(text)) return undefined;
  const [whole, written = "", authority] = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?/i.exec(text) ?? [];
  const scheme = written.toLowerCase();
  if (whole === undefined || (web.test(scheme) && !authority)) return undefined;
  const isBareHost = authority === undefined && /^(\d+|\*)([/?#]|$)/.test(text.slice(whole.length));
  const hasPortWildcard = authority?.endsWith(":*") === true;
  const plain = hasPortWildcard ? whole.slice(0, -2) + text.slice(whole.length) : text;
  const hostname = isBareHost ? undefined : hostnameOf(plain);
  if (hostname === undefined) return undefined;
  const place = { scheme, host: hostname.toLowerCase().replace(/\.$/, ""), wildcards: starsIn(text) };
  const writtenHost = (authority ?? "").replace(/^.*@/, "").replace(/:[^:\]]*$/, "");
  const isHost =
    !web.test(scheme) || (!place.host.split(".").includes("") && starsIn(hostname) === starsIn(writtenHost));
  if (!isHost) return undefined;
  const wildcardIn = hasPortWildcard ? "port" : starsIn(writtenHost) > 0 ? "host" : "elsewhere";
  return { ...place, wildcardIn: place.wildcards === 0 ? undefined : wildcardIn };
}

export const tooLong = (text: string): string | undefined =>
  text.length > longest ? `is ${text.length} characters long: ${longest} at most` : undefined;

/** Why a text is no URI, if so. */
export const uriFault = (text: string): string | undefined =>
  tooLong(text) ?? (addressOf(text) ? undefined : "is no URI: write e.g. `https://app.example.com/callback`");

/** Why a text is no page or endpoint on the web, if so. */
export function webUrlFault(text: string): string | undefined {
  const address = addressOf(text);
  const isUrl = address !== undefined && web.test(address.scheme);
  const isOneHost = address?.wildcardIn === undefined || address.wildcardIn === "elsewhere";
  return tooLong(text) ?? (isUrl && isOneHost ? undefined : "Invalid URL: write e.g. `https://app.example.com`");
}

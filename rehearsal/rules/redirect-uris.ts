import { getPublicSuffix } from "tldts";

/** Where a redirect URI is to be used. */
export interface Place {
  readonly isProduction: boolean;
}
export interface UriFault {
  readonly kind: "uri" | "wildcard";
  readonly uri: string;
  readonly message: string;
}
export interface WrittenUri {
  readonly uri: string;
  readonly isDefault?: boolean | null | undefined;
}
const longest = 2_048;
const loopback = ["localhost", "127.0.0.1", "[::1]"];
/** They run code, or read files, where a person should have been sent. */
const unsafe = ["javascript:", "data:", "vbscript:", "blob:", "file:"];

/** Whether somebody may be sent there at all: an address that can be read, of a scheme that does no harm. */
export const isSafeUri = (uri: string): boolean => URL.canParse(uri) && !unsafe.includes(new URL(uri).protocol);

/** What anybody can register a name under: `com`, `co.uk`, and `vercel.app` too. */
const isPublicSuffix = (host: string): boolean => getPublicSuffix(host, { allowPrivateDomains: true }) === host;

/** What is wrong with the one `*` of a URI, or nothing. `host` is without its port. */
function wildcardFault(protocol: string, host: string, isPort: boolean, isDefault: boolean): string | undefined {
  const [leftmost, ...above] = host.split(".");
  if (isDefault) return "is the default and may not contain a wildcard";
  if (protocol !== "https:" && protocol !== "http:") return "may contain a wildcard only with http or https";
  if (isPort)
    return loopback.includes(host) ? undefined : "may use a wildcard port only on localhost or a loopback address";
  if (!leftmost!.includes("*")) return "may contain a wildcard only in the leftmost label of its host";
  return above.length === 0 || isPublicSuffix(above.join("."))
    ? "may not contain a wildcard over a public suffix"
    : undefined;
}

/** What is wrong with one redirect URI in this place, or nothing. */
export function redirectUriFault({ uri, isDefault }: WrittenUri, { isProduction }: Place): UriFault | undefined {
  const fault = (kind: UriFault["kind"], message: string): UriFault => ({
    kind,
    uri,
    message: `Redirect URI '${uri}' ${message}.`,
  });
  if (uri.length > longest) return fault("uri", `is longer than ${longest} characters`);
  const isPortWildcard = /^[a-z]+:\/\/[^/?#]*:\*(?=[/?#]|$)/i.test(uri);
  const plain = isPortWildcard ? uri.replace(":*", "") : uri;
  if (!URL.canParse(plain)) return fault("uri", "is not a valid URI");
  if (!isSafeUri(plain)) return fault("uri", "uses a scheme that is not allowed");
  const { protocol, hostname } = new URL(plain);
  const host = hostname.replace(/\.$/, ""); // `localhost.` is localhost
  const stars = uri.split("*").length - 1;
  if (stars > 1) return fault("wildcard", "may contain only one wildcard");
  if (stars === 1) {
    const wrong = wildcardFault(protocol, host, isPortWildcard, isDefault === true);
    if (wrong) return fault("wildcard", wrong);
    if (isProduction && protocol === "http:")
      return fault("wildcard", "may not combine a wildcard with http in production");
  }
  if (!isProduction) return undefined;
  if (protocol === "http:" && host !== "127.0.0.1") return fault("uri", "must use https in production");
  return protocol === "https:" && host === "localhost"
    ? fault("uri", "may not use localhost in production")
    : undefined;
}

/** The first thing wrong with a whole list. A list of one makes that one the default. */
export function redirectUrisFault(uris: readonly WrittenUri[], place: Place): UriFault | undefined {
  for (const uri of uris) {
    const found = redirectUriFault(uris.length === 1 ? { ...uri, isDefault: true } : uri, place);
    if (found) return found;
  }
  const twice = uris.find(({ uri }, i) => uris.findIndex((other) => other.uri === uri) < i);
  if (twice) return { kind: "uri", uri: twice.uri, message: `Redirect URI '${twice.uri}' already exists.` };
  const defaults = uris.filter((uri) => uri.isDefault);
  if (uris.length > 1 && defaults.length !== 1)
    return {
      kind: "uri",
      uri: (defaults[1] ?? uris[0]!).uri,
      message: "Exactly one redirect URI must be the default.",
    };
  return undefined;
}

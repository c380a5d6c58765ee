import { starFault } from "./wildcards";
import { longest, readAddress } from "./written-uri";

/** Where a redirect URI is to be used. */
export interface UriUse {
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
/** They run code or read files where a person should have been sent, or are no place for a browser. */
const unsafe = "javascript: data: vbscript: blob: file: filesystem: about: view-source: ftp: ws: wss:".split(" ");

/** What is wrong with one redirect URI in this place, or nothing. */
export function redirectUriFault({ uri, isDefault }: WrittenUri, { isProduction }: UriUse): UriFault | undefined {
  const fault = (kind: UriFault["kind"], message: string): UriFault => ({
    kind,
    uri,
    message: `Redirect URI '${uri}' ${message}.`,
  });
  if (uri.length > longest) return fault("uri", `is longer than ${longest} characters`);
  const address = readAddress(uri);
  if (!address) return fault("uri", "is not a valid URI");
  const { protocol, host, stars } = address;
  if (unsafe.includes(protocol)) return fault("uri", "uses a scheme that is not allowed");
  if (stars > 1) return fault("wildcard", "may contain only one wildcard");
  if (stars === 1) {
    const wrong = isDefault ? "is the default and may not contain a wildcard" : starFault(address);
    if (wrong) return fault("wildcard", wrong);
    if (isProduction && protocol === "http:")
      return fault("wildcard", "may not combine a wildcard with http in production");
  }
  if (!isProduction) return undefined;
  if (protocol === "http:" && host !== "127.0.0.1") return fault("uri", "must use https in production");
  return protocol === "https:" && (host === "localhost" || host.endsWith(".localhost"))
    ? fault("uri", "may not use localhost in production")
    : undefined;
}

/** The first thing wrong with a whole list. A list of one makes that one the default. */
export function redirectUrisFault(uris: readonly WrittenUri[], place: UriUse): UriFault | undefined {
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

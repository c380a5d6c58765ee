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

/** What is wrong with one redirect URI in this place, or nothing. */
export function redirectUriFault({ uri, isDefault }: WrittenUri, { isProduction }: Place): UriFault | undefined {
  const fault = (kind: UriFault["kind"], message: string): UriFault => ({
    kind,
    uri,
    message: `Redirect URI '${uri}' ${message}.`,
  });
  if (uri.length > longest) return fault("uri", `is longer than ${longest} characters`);
  const portWildcard = /^[a-z]+:\/\/[^/?#]*:\*(?=[/?#]|$)/i.test(uri);
  const plain = portWildcard ? uri.replace(":*", "") : uri;
  if (!URL.canParse(plain)) return fault("uri", "is not a valid URI");
  const { protocol, hostname } = new URL(plain);
  if (["javascript:", "data:", "vbscript:", "file:"].includes(protocol))
    return fault("uri", "uses a scheme that is not allowed");
  const isWeb = protocol === "https:" || protocol === "http:";
  const isLocal = loopback.includes(hostname);
  const stars = uri.split("*").length - 1;
  if (stars > 1) return fault("wildcard", "may contain only one wildcard");
  if (stars === 1) {
    const labels = hostname.split(".");
    if (isDefault) return fault("wildcard", "is the default and may not contain a wildcard");
    if (!isWeb) return fault("wildcard", "may contain a wildcard only with http or https");
    if (portWildcard && !isLocal)
      return fault("wildcard", "may use a wildcard port only on localhost or a loopback address");
    if (!portWildcard && !labels[0]!.includes("*"))
      return fault("wildcard", "may contain a wildcard only in the leftmost label of its host");
    if (!portWildcard && labels.length < 3) return fault("wildcard", "may not contain a wildcard over a public suffix");
    if (isProduction && protocol === "http:")
      return fault("wildcard", "may not combine a wildcard with http in production");
  }
  if (!isProduction) return undefined;
  if (protocol === "http:" && hostname !== "127.0.0.1") return fault("uri", "must use https in production");
  return isWeb && hostname === "localhost" ? fault("uri", "may not use localhost in production") : undefined;
}

/** The first thing wrong with a whole list; a list of one makes that one the default. */
export function redirectUrisFault(uris: readonly WrittenUri[], place: Place): UriFault | undefined {
  for (const uri of uris) {
    const found = redirectUriFault(uri, place);
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

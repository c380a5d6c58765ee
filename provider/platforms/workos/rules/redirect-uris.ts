import { type Failure, isUnknown } from "../../../define";

interface RedirectUri {
  readonly uri: string;
  readonly default: boolean;
}
interface Draft {
  readonly redirectUris?: readonly Partial<RedirectUri>[] | undefined;
  readonly environmentType?: string | undefined;
  readonly kind?: string | undefined;
}
const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** What one redirect URI breaks. */
export function redirectUriFault(
  uri: string,
  isDefault: boolean,
  { environmentType, kind }: Draft,
): string | undefined {
  const written = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(uri);
  if (!written) return undefined; // a custom scheme of a native application, such as `com.example.app:/callback`
  const scheme = written[1]!.toLowerCase();
  const host = written[2]!
    .replace(/^.*@/, "")
    .replace(/:[^:\]]*$/, "")
    .toLowerCase();
  const local = loopback.has(host);
  const wildcards = uri.split("*").length - 1;
  if (wildcards > 0) {
    const inPort = /:\*(?=[/?#]|$)/.test(uri.slice(scheme.length + 3));
    if (wildcards > 1) return "holds more than one `*`: one at most";
    if (isDefault) return "has a `*` and is the default: the default URI names one host";
    if (inPort && !local) return "has `*` for its port: that is for localhost and loopback addresses only";
    if (!inPort && !host.split(".")[0]!.includes("*"))
      return "has its `*` outside the leftmost label of the host: write e.g. `https://*.staging.example.com`";
    if (!inPort && host.split(".").length < 3)
      return "has a `*` over a whole public suffix: name the domain, e.g. `https://*.example.com`";
    if (scheme === "http" && environmentType === "production") return "has a `*` on http: production takes https only";
  }
  if (environmentType !== "production") return undefined;
  if (scheme === "http" && !(host === "127.0.0.1" && kind === "native"))
    return host === "127.0.0.1"
      ? 'is http on 127.0.0.1: production takes that for native applications only (`kind: "native"`)'
      : "is http: production takes https only, and `http://127.0.0.1` for native applications";
  if (scheme === "https" && local && host === "localhost") return "is on localhost: production takes public hosts only";
  return undefined;
}

/** Staging takes http and localhost; production https only. One `*` at most, in the leftmost label, never in the default. */
export const redirectUriRules = (draft: Draft): Failure[] =>
  Array.isArray(draft.redirectUris)
    ? draft.redirectUris.flatMap((r: Partial<RedirectUri> | undefined, i) => {
        // beside an unknown entry the others were not parsed: they may be anything
        const isText = typeof r?.uri === "string" && !isUnknown(r.uri);
        const fault = isText ? redirectUriFault(r.uri!, r.default === true, draft) : undefined;
        return fault ? [{ property: `redirectUris[${i}].uri`, reason: fault }] : [];
      })
    : [];

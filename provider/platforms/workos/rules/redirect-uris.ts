import { type Failure, isUnknown } from "../../../define";
import { schemeFault } from "../../../rules/redirect-uris";
import { addressOf } from "../../../rules/uri";
import { isLocalhost, wildcardFault } from "./wildcards";

interface RedirectUri {
  readonly uri: string;
  readonly default: boolean;
}
interface Draft {
  readonly redirectUris?: readonly Partial<RedirectUri>[] | undefined;
  readonly logoutUris?: readonly string[] | undefined;
  readonly environmentType?: string | undefined;
  readonly kind?: string | undefined;
}
/** What one redirect URI breaks; what no platform takes is not said again. */
export function redirectUriFault(
  uri: string,
  isDefault: boolean,
  { environmentType, kind }: Draft,
): string | undefined {
  const address = addressOf(uri);
  if (!address || schemeFault(uri) !== undefined) return undefined;
  const { scheme, host, wildcardIn } = address;
  if (wildcardIn && isDefault) return "has a `*` and is the default: the default URI names one host";
  const fault = wildcardFault(address);
  if (fault) return fault;
  if (environmentType !== "production") return undefined;
  if (scheme === "http" && wildcardIn) return "has a `*` on http: production takes https only";
  if (scheme === "http" && !(host === "127.0.0.1" && kind === "native"))
    return host === "127.0.0.1"
      ? 'is http on 127.0.0.1: production takes that for native applications only (`kind: "native"`)'
      : "is http: production takes https only, and `http://127.0.0.1` for native applications";
  return scheme === "https" && isLocalhost(host) ? "is on localhost: production takes public hosts only" : undefined;
}

/** A text whose value is known: beside an unknown entry the others were not parsed, and may be anything. */
const isText = (value: unknown): value is string => typeof value === "string" && !isUnknown(value);

/** Staging takes http and localhost; production https only. One `*` at most, in the leftmost label, never in the default. */
export const redirectUriRules = (draft: Draft): Failure[] =>
  (Array.isArray(draft.redirectUris) ? draft.redirectUris : []).flatMap((r: Partial<RedirectUri> | null, i) => {
    const uri = r?.uri;
    const fault = isText(uri) ? redirectUriFault(uri, r?.default === true, draft) : undefined;
    return fault ? [{ property: `redirectUris[${i}].uri`, reason: fault }] : [];
  });

/** Where a user is sent after logout follows the same rules; the first is the default. */
export const logoutUriRules = (draft: Draft): Failure[] =>
  (Array.isArray(draft.logoutUris) ? draft.logoutUris : []).flatMap((uri: unknown, i) => {
    const fault = isText(uri) ? redirectUriFault(uri, i === 0, draft) : undefined;
    return fault ? [{ property: `logoutUris[${i}]`, reason: fault }] : [];
  });

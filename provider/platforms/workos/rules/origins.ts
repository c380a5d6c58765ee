import { type Failure, isUnknown } from "../../../define";
import { addressOf } from "../../../rules/uri";
import { wildcardFault } from "./wildcards";

interface Draft {
  readonly corsOrigins?: readonly string[] | undefined;
  readonly environmentType?: string | undefined;
}

/** What an origin breaks in an environment of this type: production takes https and no `*`. */
function fault(origin: string, environmentType: string | undefined): string | undefined {
  const address = addressOf(origin);
  if (!address) return undefined; // no origin at all, which is said already
  if (environmentType !== "production") return wildcardFault(address);
  if (address.wildcardIn) return "has a `*`: production takes none in an origin";
  return address.scheme === "http" ? "is http: production takes https only" : undefined;
}

export const originRules = ({ corsOrigins, environmentType }: Draft): Failure[] =>
  (Array.isArray(corsOrigins) ? corsOrigins : []).flatMap((origin: unknown, i) => {
    const reason = typeof origin === "string" && !isUnknown(origin) ? fault(origin, environmentType) : undefined;
    return reason ? [{ property: `corsOrigins[${i}]`, reason }] : [];
  });

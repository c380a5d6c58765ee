import { type Failure, isUnknown } from "../define";
import { addressOf, tooLong } from "./uri";

interface Draft {
  readonly corsOrigins?: readonly string[] | undefined;
}
const example = "write a scheme and a host, e.g. `https://app.example.com`";

/** Why a text is no origin: that is a scheme and a host, nothing after it. */
export function webOriginFault(origin: string): string | undefined {
  const lengthFault = tooLong(origin);
  if (lengthFault) return lengthFault;
  const address = addressOf(origin);
  const [, rest] = /^https?:\/\/[^/?#]+(.*)$/i.exec(origin) ?? [];
  if (!address || rest === undefined || address.wildcardIn === "port") return `is no web origin: ${example}`;
  if (rest !== "") return "has a path: an origin ends after its host and port";
  return /@|:$/.test(origin) ? `is no web origin: ${example}` : undefined;
}

/** Origins whose browsers may call. */
export const webOriginRules = ({ corsOrigins }: Draft): Failure[] =>
  (Array.isArray(corsOrigins) ? corsOrigins : []).flatMap((origin: unknown, i) => {
    const reason = typeof origin === "string" && !isUnknown(origin) ? webOriginFault(origin) : undefined;
    return reason ? [{ property: `corsOrigins[${i}]`, reason }] : [];
  });

import { type Failure, isUnknown } from "../define";

interface Draft {
  readonly corsOrigins?: readonly string[] | undefined;
}

/** An origin is a scheme and a host, nothing after it. */
export const webOriginRules = ({ corsOrigins }: Draft): Failure[] =>
  (Array.isArray(corsOrigins) ? corsOrigins : []).flatMap((origin: string, i) => {
    if (isUnknown(origin)) return [];
    const fail = (reason: string) => [{ property: `corsOrigins[${i}]`, reason }];
    const parts = /^https?:\/\/[^/?#]+(.*)$/i.exec(origin);
    if (!parts) return fail("is no web origin: write a scheme and a host, e.g. `https://app.example.com`");
    return parts[1] === "" ? [] : fail("has a path: an origin ends after its host and port");
  });

import { type Failure, isUnknown } from "../define";

interface Draft {
  readonly corsOrigins?: readonly string[] | undefined;
  readonly environmentType?: string | undefined;
}

/** An origin is a scheme and a host, nothing after it; production takes https and no `*`. */
export const webOriginRules = ({ corsOrigins, environmentType }: Draft): Failure[] =>
  (Array.isArray(corsOrigins) ? corsOrigins : []).flatMap((origin: string, i) => {
    if (isUnknown(origin)) return [];
    const fail = (reason: string) => [{ property: `corsOrigins[${i}]`, reason }];
    const parts = /^(https?):\/\/[^/?#]+(.*)$/i.exec(origin);
    if (!parts) return fail("is no web origin: write a scheme and a host, e.g. `https://app.example.com`");
    if (parts[2] !== "") return fail("has a path: an origin ends after its host and port");
    if (environmentType !== "production") return [];
    if (origin.includes("*")) return fail("has a `*`: production takes none in an origin");
    return parts[1]!.toLowerCase() === "http" ? fail("is http: production takes https only") : [];
  });

import { type Failure, isUnknown } from "../../../define";

interface Draft {
  readonly corsOrigins?: readonly string[] | undefined;
  readonly environmentType?: string | undefined;
}

/** Production takes https and no `*`. */
export const productionOrigins = ({ corsOrigins, environmentType }: Draft): Failure[] =>
  (environmentType === "production" && Array.isArray(corsOrigins) ? corsOrigins : []).flatMap((origin: string, i) => {
    if (typeof origin !== "string" || isUnknown(origin)) return [];
    const fail = (reason: string) => [{ property: `corsOrigins[${i}]`, reason }];
    if (origin.includes("*")) return fail("has a `*`: production takes none in an origin");
    return /^http:/i.test(origin) ? fail("is http: production takes https only") : [];
  });

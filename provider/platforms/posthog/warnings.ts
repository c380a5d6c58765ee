import { type Bag, type Failure, isUnknown } from "../../define";
import { nearest } from "../../nearest";
import type { Kind } from "../../resources";
import { keyScopes } from "./rules";

/** What is probably a mistake. The server is the authority: a scope that golive does not know may be a new one. */
export function warnings(kind: Kind, { scopes }: Bag): Failure[] {
  if (kind !== "ApiKey" || !Array.isArray(scopes) || isUnknown(scopes)) return [];
  return scopes.flatMap((scope: unknown, i) => {
    if (typeof scope !== "string" || keyScopes.includes(scope)) return [];
    const close = nearest(scope, keyScopes);
    const meant = close ? `; did you mean "${close}"?` : ": a project's secret key may have few";
    return [{ property: `scopes[${i}]`, reason: `"${scope}" is no scope that golive knows${meant}` }];
  });
}

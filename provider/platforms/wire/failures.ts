import { NotFound, PartlyDone } from "../../errors";
import type { Issuer, Single } from "../platform";

/** Deleting what is gone is done. */
export function unlessGone(error: unknown): undefined {
  if (!(error instanceof NotFound)) throw error;
  return undefined;
}

/** What was there a moment ago. */
export function present<T>(found: T | undefined, what: string): T {
  if (found !== undefined) return found;
  throw new NotFound(`${what} is gone`, { method: "GET", url: "graphql" }, "Run `pulumi refresh`.");
}

/** What follows once an object was made: should it fail, the object is there all the same, with what is known of it. */
export async function afterMaking<T>(
  id: string,
  known: () => { readonly state: Readonly<Record<string, unknown>>; readonly missing?: readonly string[] },
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const { state, missing = [] } = known();
    throw new PartlyDone(id, state, missing, error as Error);
  }
}

/** Issues what each try would leave another of. Without the lifecycle's issuer, what a lost answer issued stays. */
export const issued = <T>(issuer: Issuer | undefined, single: Single<T>): Promise<T> =>
  issuer ? issuer.issue(single) : single.send();

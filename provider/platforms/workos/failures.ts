import { Conflict, type Exchange, Invalid, NotFound, PartlyDone, Refused } from "../../errors";
import { clean } from "../../http/secret";
import { billingStep } from "./capabilities";

/** A member of a result's union that is not success. */
export interface Failure extends Readonly<Record<string, unknown>> {
  readonly __typename: string;
  readonly message?: string;
  readonly missing?: readonly { readonly kind: string; readonly name: string }[];
  readonly environments?: readonly { readonly id: string; readonly name: string }[];
}

/** A typed refusal as the error that it is. */
export function failureOf(operation: string, failure: Failure, exchange: Exchange): Error {
  const { __typename: type, message, missing, environments } = failure;
  if (type.endsWith("RequiresBilling"))
    return new Refused("production is locked until the account has billing", billingStep);
  if (missing)
    return new Refused(
      `the environment depends on what the destination lacks: ${missing.map((m) => `${m.kind} "${m.name}"`).join(", ")}`,
      "Declare these in the destination project first, then move it.",
    );
  if (environments)
    return new Refused(
      `the project still holds ${environments.map((e) => `"${e.name}" (${e.id})`).join(", ")}`,
      "Delete or move these environments first.",
    );
  // whatever else it tells is what it is about: a name, a slug, a URI, an id
  const about = Object.entries(failure).filter(([name]) => name !== "__typename" && name !== "message");
  const named = about.map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(", ");
  const words = `${operation} answered ${type}${clean(`${message ? `: ${message}` : ""}${named && ` (${named})`}`)}`;
  if (type.endsWith("NotFound")) return new NotFound(words, exchange);
  if (/Already|Duplicate/.test(type)) return new Conflict(words, exchange);
  if (type.includes("CannotDelete")) return new Refused(words, "It belongs to the platform and stays.");
  return new Invalid(words, exchange);
}

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

import { Conflict, type Exchange, Invalid, NotFound, Refused } from "../../../errors";
import { clean } from "../../../http/secret";
import { billingStep } from "../capabilities";

/** A member of a result's union that is not success. */
export interface TypedRefusal extends Readonly<Record<string, unknown>> {
  readonly __typename: string;
  readonly message?: string;
  readonly missing?: readonly { readonly kind: string; readonly name: string }[];
  readonly environments?: readonly { readonly id: string; readonly name: string }[];
}

const isOfPlace = /^(Project|Environment|Organization)NotFound$/;

/** A typed refusal as the error that it is. */
export function refusalOf(operation: string, refused: TypedRefusal, exchange: Exchange): Error {
  const { __typename: type, message, missing, environments } = refused;
  if (type.endsWith("RequiresBilling"))
    return new Refused("production is locked until the account has billing", billingStep);
  if (Array.isArray(missing))
    return new Refused(
      `the environment depends on what the destination lacks: ${missing.map((m) => `${m.kind} "${m.name}"`).join(", ")}`,
      "Declare these in the destination project first, then move it.",
    );
  if (Array.isArray(environments))
    return new Refused(
      `the project still holds ${environments.map((e) => `"${e.name}" (${e.id})`).join(", ")}`,
      "Delete or move these environments first.",
    );
  // whatever else it tells is what it is about: a name, a slug, a URI, an id
  const about = Object.entries(refused).filter(([name]) => name !== "__typename" && name !== "message");
  const named = about.map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(", ");
  const words = `${operation} answered ${type}${clean(`${message ? `: ${message}` : ""}${named && ` (${named})`}`)}`;
  // that the place is not there, says nothing of what is in it
  if (isOfPlace.test(type) && !operation.includes(type.replace("NotFound", "")))
    return new Refused(words, "Check its id, and run `pulumi refresh`.");
  if (type.endsWith("NotFound")) return new NotFound(words, exchange);
  if (/Already|Duplicate/.test(type)) return new Conflict(words, exchange);
  if (type.includes("CannotDelete")) return new Refused(words, "It belongs to the platform and stays.");
  return new Invalid(words, exchange);
}

import { type Field, isBag } from "../define";
import { saysNothing } from "./compare";

/**
 * A value in the form in which a read gives it back, so that state is what the platform has: a set holds each member once,
 * and what says nothing (an empty text, an object of which no part is set) is not declared.
 */
export function normal(field: Field, value: unknown): unknown {
  // of a set of objects each has a meaning of its own: a rule looks at those
  if (Array.isArray(value)) return field.unordered && !value.some(isBag) ? [...new Set(value)] : value;
  return saysNothing(value) && field.schema.safeParse(undefined).success ? undefined : value;
}

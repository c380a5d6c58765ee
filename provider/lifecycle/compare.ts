import { isDeepStrictEqual } from "node:util";
import { type Bag, type Definition, type Field, type Fields, isBag } from "../define";

/** Without keys that are undefined or null, at any depth: leaving out and saying nothing are the same. */
export function withoutUnset(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnset);
  if (!isBag(value)) return value ?? undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([k, v]) => (v === undefined || v === null ? [] : [[k, withoutUnset(v)]])),
  );
}
/** Members of a set, each once and in an order of their own, so that two sets compare as lists. */
const sorted = (list: readonly unknown[]) => [
  ...new Map(
    list
      .map(
        (member) => [JSON.stringify(Object.entries(isBag(member) ? member : { member }).toSorted()), member] as const,
      )
      .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  ).values(),
];
/** Whether it is written and says nothing: an empty text, an object none of whose parts is set. */
export const saysNothing = (value: unknown): boolean =>
  value === "" || (isBag(value) && Object.keys(value).length === 0);
const said = (value: unknown): unknown => {
  const set = withoutUnset(value);
  return saysNothing(set) ? undefined : set;
};

/** Whether two values of a field mean the same. */
export function same(field: Field, a: unknown, b: unknown): boolean {
  const [x, y] = [said(a), said(b)];
  return field.unordered && Array.isArray(x) && Array.isArray(y)
    ? isDeepStrictEqual(sorted(x), sorted(y))
    : isDeepStrictEqual(x, y);
}

/**
 * The live value in its written form: the declared one while both mean the same, so that what a server reorders or
 * adds never shows as a change. Of an object only the declared keys are compared.
 */
export function asWritten(field: Field, declared: unknown, live: unknown): unknown {
  if (live === undefined) return declared;
  if (live === null) return undefined;
  const seen =
    isBag(declared) && isBag(live) ? Object.fromEntries(Object.keys(declared).map((k) => [k, live[k]])) : live;
  return same(field, declared, seen) ? declared : withoutUnset(seen);
}

/** The default of a field, if it has one. */
export const defaultOf = (field: Field): unknown => {
  const parsed = field.schema.safeParse(undefined);
  return parsed.success ? parsed.data : undefined;
};

/** What state holds, with the defaults that a newer golive brings, also inside of it: the object has always been so. */
const withDefaults = ({ schema }: Field, held: unknown): unknown => {
  const parsed = schema.safeParse(withoutUnset(held));
  return parsed.success ? parsed.data : held;
};

/** Whether people own the field: it is written at creation, and later edits of theirs are kept. */
export const isPeoples = (inputs: Fields, declared: Bag, name: string): boolean =>
  Object.entries(inputs).some(
    ([owners, field]) => field.owners && (declared[owners] as Bag | undefined)?.[name] === "people",
  );

/** Whether the field is an input here: of some objects it is an output, which the platform gives. */
export const isDeclared = ({ declaredWhere }: Field, bag: Bag): boolean =>
  declaredWhere === undefined || bag[declaredWhere] === true;

/** Whether the object is replaced: what it was before says nothing of the new one. */
export const isReplaced = (inputs: Fields, held: Bag, declared: Bag): boolean =>
  changedInputs(inputs, held, declared).some((name) => inputs[name]!.replace);

/** State with the defaults that depend on other fields, for those that it was written before: they have always held. */
export const withCompleted = (definition: Definition, held: Bag): Bag => {
  const given = Object.entries(definition.inputs).filter(([, field]) => !isDeclared(field, held));
  const declared = { ...held, ...Object.fromEntries(given.map(([name]) => [name, undefined])) };
  return { ...definition.complete?.(declared), ...held };
};

/** The inputs that change between what state holds and what is declared now. */
export const changedInputs = (inputs: Fields, held: Bag, declared: Bag): string[] =>
  Object.entries(inputs).flatMap(([name, field]) => {
    // what the platform gave is no input, though it has the name of one
    if (!isDeclared(field, declared)) return [];
    if (field.createOnly || isPeoples(inputs, declared, name) || same(field, held[name], declared[name])) return [];
    // what was people's stays as they have it
    if (declared[name] === undefined && isPeoples(inputs, held, name)) return [];
    return same(field, withDefaults(field, held[name]), declared[name]) ? [] : [name];
  });

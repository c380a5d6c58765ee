import { invalid, required } from "./errors";

/** An object of a body. */
export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
/** The field's name inside another. */
export const within = (outer: string, name: string | number): string =>
  outer === "" ? String(name) : `${outer}__${name}`;

/** What the API calls a value's type. */
const typeName = (value: unknown): string => {
  if (value === null || value === undefined) return "NoneType";
  if (Array.isArray(value)) return "list";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  return { string: "str", boolean: "bool" }[typeof value as "string" | "boolean"] ?? "dict";
};
const present = (value: unknown, attr: string): void => {
  if (value === undefined) throw required(attr);
  if (value === null) throw invalid(attr, "This field may not be null.", "null");
};

/*
 * The fields of a body. Nothing is made to fit: a number is no text, "true" is no boolean. The real API takes some of
 * that; what it takes it writes differently, and a program sees a difference for ever.
 */
export function text(value: unknown, attr: string, { max = 400, blank = false } = {}): string {
  present(value, attr);
  if (typeof value !== "string") throw invalid(attr, "Not a valid string.");
  if (!blank && value.trim() === "") throw invalid(attr, "This field may not be blank.", "blank");
  if (value.length > max) throw invalid(attr, `Ensure this field has no more than ${max} characters.`, "max_length");
  return value;
}
export function boolean(value: unknown, attr: string): boolean {
  present(value, attr);
  if (typeof value !== "boolean") throw invalid(attr, "Must be a valid boolean.");
  return value;
}
export function number(value: unknown, attr: string, min = -Infinity, max = Infinity): number {
  present(value, attr);
  if (typeof value !== "number" || !Number.isFinite(value)) throw invalid(attr, "A valid number is required.");
  if (value < min) throw invalid(attr, `Ensure this value is greater than or equal to ${min}.`, "min_value");
  if (value > max) throw invalid(attr, `Ensure this value is less than or equal to ${max}.`, "max_value");
  return value;
}
export function integer(value: unknown, attr: string, min = -(2 ** 31), max = 2 ** 31 - 1): number {
  present(value, attr);
  if (!Number.isInteger(value)) throw invalid(attr, "A valid integer is required.");
  return number(value, attr, min, max);
}
export function choice<C extends string>(value: unknown, attr: string, choices: readonly C[]): C {
  present(value, attr);
  const found = choices.find((one) => one === value);
  if (found === undefined)
    throw invalid(
      attr,
      `"${typeof value === "string" ? value.slice(0, 100) : typeName(value)}" is not a valid choice.`,
      "invalid_choice",
    );
  return found;
}
export function list(value: unknown, attr: string, max = 1_000): unknown[] {
  present(value, attr);
  if (!Array.isArray(value))
    throw invalid(attr, `Expected a list of items but got type "${typeName(value)}".`, "not_a_list");
  if (value.length > max) throw invalid(attr, `Ensure this field has no more than ${max} elements.`, "max_length");
  return value as unknown[];
}
export const texts = (value: unknown, attr: string, options: { max?: number; items?: number } = {}): string[] =>
  list(value, attr, options.items).map((one, i) => text(one, within(attr, i), { max: options.max ?? 400 }));
export function object(value: unknown, attr: string): Json {
  present(value, attr);
  if (!isObject(value))
    throw invalid(attr, `Expected a dictionary of items but got type "${typeName(value)}".`, "not_a_dict");
  return value;
}

/** A field that may be cleared with null. */
export const orNull = <T>(value: unknown, read: (value: unknown) => T): T | null =>
  value === null ? null : read(value);
/** A field that may be left out. */
export const orElse = <T, E>(value: unknown, otherwise: E, read: (value: unknown) => T): T | E =>
  value === undefined ? otherwise : read(value);
/** Tags as they are kept: trimmed, in lower case, each once. Their order is not the caller's. */
export const tags = (value: unknown, attr = "tags"): string[] =>
  [...new Set(texts(value, attr, { max: 255, items: 500 }).map((tag) => tag.trim().toLowerCase()))].toSorted();

import { invalid, required } from "../errors";
import { boolean, choice, isObject, type Json, list, object, orElse, text, within } from "../fields";

const types = [
  "string",
  "boolean",
  "dictionary",
  "choice",
  "json",
  "integration",
  "integration_field",
  "email",
  "number",
] as const;

/** What a function's inputs look like, as it was given or as its template has it. */
export const readSchema = (value: unknown): Json[] =>
  list(value, "inputs_schema", 100).map((one, i) => {
    const at = within("inputs_schema", i);
    const schema = object(one, at);
    text(schema["key"], within(at, "key"), { max: 100 });
    choice(schema["type"], within(at, "type"), types);
    for (const name of ["secret", "required"]) if (schema[name] !== undefined) boolean(schema[name], within(at, name));
    return schema;
  });

/** Whether `{…}` in a text closes what it opens; `\{` is a sign like another. */
function isTemplate(source: string): boolean {
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    if (source[i] === "\\") i += 1;
    else if (source[i] === "{") depth += 1;
    else if (source[i] === "}" && depth > 0) depth -= 1;
  }
  return depth === 0;
}
function checkTemplates(value: unknown, attr: string): void {
  if (typeof value === "string" && !isTemplate(value)) throw invalid(attr, "Invalid template: a brace is not closed.");
  if (Array.isArray(value)) for (const one of value) checkTemplates(one, attr);
  if (isObject(value)) for (const one of Object.values(value)) checkTemplates(one, attr);
}

function checkType({ type, choices }: Json, value: unknown, attr: string): void {
  if (type === "string" || type === "email") text(value, attr, { max: 20_000, blank: true });
  if (type === "boolean") boolean(value, attr);
  if (type === "number" && typeof value !== "number") throw invalid(attr, "Value must be a number.");
  if (type === "dictionary") {
    for (const [name, one] of Object.entries(object(value, attr)))
      text(one, within(attr, name.slice(0, 100)), { max: 20_000, blank: true });
  }
  if (type === "choice") {
    const known = Array.isArray(choices) ? choices.filter(isObject).map((one) => String(one["value"])) : [];
    choice(value, attr, known);
  }
  checkTemplates(value, attr);
}
const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === "";

/**
 * The inputs that a function keeps: those of its schema alone. What is left out goes, except a secret, which nobody can
 * read back and so nobody need send again.
 */
export function readInputs(schema: readonly Json[], given: unknown, before: Json): Json {
  const from = orElse<Json, Json>(given, {}, (value) => object(value, "inputs"));
  const kept: Json = {};
  schema.forEach((one, order) => {
    const key = String(one["key"]);
    const attr = within("inputs", key);
    const entry = Object.hasOwn(from, key) ? object(from[key], attr) : undefined;
    const isSecret = one["secret"] === true;
    const stored = Object.hasOwn(before, key) ? before[key] : undefined;
    if (isSecret && (entry === undefined || entry["secret"] === true) && entry?.["value"] === undefined) {
      if (stored !== undefined) kept[key] = stored;
      else if (entry) throw invalid(attr, "No value is saved for this secret input. Enter the value again.");
      else if (one["required"] === true) throw required(attr);
      return;
    }
    const value = entry && entry["value"] !== undefined ? entry["value"] : one["default"];
    if (isEmpty(value)) {
      if (one["required"] === true) throw required(attr);
      if (entry) kept[key] = { value: value ?? null, order };
      return;
    }
    checkType(one, value, attr);
    // what the server adds, whoever wrote it
    kept[key] = { value, order, templating: "hog", bytecode: ["_H", 1, 32, JSON.stringify(value)] };
  });
  return kept;
}
/** A secret is never shown again. */
export const shownInputs = (schema: readonly Json[], inputs: Json): Json => {
  const secrets = new Set(schema.filter((one) => one["secret"] === true).map((one) => String(one["key"])));
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [key, secrets.has(key) ? { secret: true } : value]),
  );
};

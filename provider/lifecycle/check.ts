import { z } from "zod";
import type { Bag, Definition, Failure, Field, Fields, Rule } from "../define";
import { isUnknown } from "../define";
import { foreignFields } from "./belonging";
import { isReplaced, same, withoutUnset } from "./compare";
import { endsOf } from "./ends";
import { normal } from "./normal";
import { nearest } from "../nearest";
import type { Rules } from "../platforms/platform";

/** `["redirectUris", 2, "uri"]` as `redirectUris[2].uri`. */
const pathOf = (path: readonly PropertyKey[]) =>
  path.map((part, i) => (typeof part === "number" ? `[${part}]` : `${i ? "." : ""}${String(part)}`)).join("");

const didYouMean = (name: string, names: readonly string[]) => {
  const close = nearest(name, names);
  return close ? `; did you mean "${close}"?` : ". Remove it";
};

/** The names of the parts that a field has at a path inside of it. */
function partsAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let json: z.core.JSONSchema.BaseSchema | undefined = z.toJSONSchema(schema, { io: "input" });
  for (const part of path)
    json = (typeof part === "number" ? json?.items : json?.properties?.[String(part)]) as typeof json;
  return Object.keys(json?.properties ?? {});
}

/** What zod found, as failures: a part that nothing has is reported under its own path. */
function failuresOf(name: string, schema: z.ZodType, issue: z.core.$ZodIssue): Failure[] {
  if (issue.code !== "unrecognized_keys") {
    const reason = issue.input === undefined ? "is required" : issue.message;
    return [{ property: pathOf([name, ...issue.path]), reason }];
  }
  const parts = partsAt(schema, issue.path);
  return issue.keys.map((key) => ({
    property: pathOf([name, ...issue.path, key]),
    reason: `${name} has no "${key}"${didYouMean(key, parts)}`,
  }));
}

function checkField(name: string, field: Field, written: unknown): { value: unknown; failures: Failure[] } {
  const { schema } = field;
  // an unknown part cannot be told from a wrong one: the whole field waits for `up`, which checks it again
  if (isUnknown(written)) return { value: written, failures: [] };
  const parsed = schema.safeParse(withoutUnset(written), { reportInput: true });
  if (parsed.success) return { value: normal(field, parsed.data), failures: [] };
  return { value: written, failures: parsed.error.issues.flatMap((issue) => failuresOf(name, schema, issue)) };
}

/** The number by which a field rotates: its own, or its `version`. */
const versionOf = (value: unknown): number =>
  Number((value as { version?: unknown } | undefined)?.version ?? value ?? 0);

/** Why a field cannot go from its old value to the new one, if so. */
function changeFailures(name: string, field: Field, old: unknown, value: unknown): Failure[] {
  if (old === undefined || value === undefined || isUnknown(value)) return [];
  if (field.fixed && !same(field, old, value))
    return [{ property: name, reason: `cannot change from "${old}" to "${value}": ${field.fixed}` }];
  return field.rotates && versionOf(value) < versionOf(old)
    ? [
        {
          property: name,
          reason: `is ${versionOf(old)} and can only be raised: a credential that was rotated away is gone`,
        },
      ]
    : [];
}

/**
 * The inputs with their defaults, every reason to refuse them, and what is worth a word. Deterministic and without I/O:
 * the engine calls it for each resource, one after another, at every preview. `rules` are those of the platform.
 */
export function check(
  definition: Definition,
  olds: Bag,
  written: Bag,
  rules: Rules = {},
): { inputs: Bag; failures: Failure[]; warnings: readonly Failure[] } {
  const inputs: Bag = {};
  const failures: Failure[] = [];
  for (const name of Object.keys(written)) {
    if (Object.hasOwn(definition.inputs, name) || written[name] === undefined) continue;
    const reason = Object.hasOwn(definition.outputs, name)
      ? "is an output: the platform sets it. Remove it"
      : `${definition.type} has no input "${name}"${didYouMean(name, Object.keys(definition.inputs))}`;
    failures.push({ property: name, reason });
  }
  for (const [name, field] of Object.entries(definition.inputs)) {
    const { value, failures: found } = checkField(name, field, written[name]);
    if (value !== undefined) inputs[name] = value;
    failures.push(...found);
    if (found.length === 0) failures.push(...changeFailures(name, field, olds[name], value));
  }
  if (failures.length > 0) return { inputs, failures, warnings: [] };
  Object.assign(inputs, definition.complete?.(inputs));
  const own = (rules as Readonly<Record<string, Rule<Fields> | undefined>>)[definition.type];
  const broken = [...(definition.rules ?? []), ...(own ? [own] : [])].flatMap((rule) => [...rule(inputs)]);
  const before = isReplaced(definition.inputs, olds, inputs) ? {} : olds;
  const ends = endsOf(definition.inputs, before, inputs);
  return {
    inputs,
    failures: [...foreignFields(definition, inputs), ...ends.failures, ...broken],
    warnings: ends.warnings,
  };
}

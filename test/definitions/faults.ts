import { type Definition, type Field, namesOf } from "@golive/provider/define";
import type { Comments } from "@golive/provider/schema";
import { z } from "zod";

interface Json {
  readonly items?: Json;
  readonly properties?: Readonly<Record<string, Json>>;
  readonly default?: unknown;
}
/** A field's path and those of its parts, each with its default. */
function paths(where: string, json: Json): [where: string, initial: unknown][] {
  const { properties = {} } = json.items ?? json;
  return [
    [where, json.default],
    ...Object.entries(properties).flatMap(([name, part]) => paths(`${where}.${name}`, part)),
  ];
}

/** What is wrong with a definition, a sentence each. */
export function faultsOf(
  { type, inputs, outputs }: Definition,
  definitions: Readonly<Record<string, Definition>>,
  comments: Comments,
): string[] {
  const undocumented = (where: string) => (comments[where]?.text ? [] : [`${where} has no comment`]);
  const documented = ([name, { schema }]: [string, Field]) =>
    paths(`${type}.${name}`, z.toJSONSchema(schema, { io: "input" }) as Json).flatMap(([where, initial]) => {
      if (initial === undefined || comments[where]?.initial === JSON.stringify(initial)) return undocumented(where);
      return [
        ...undocumented(where),
        `${where} has the default ${JSON.stringify(initial)} and no \`@default ${JSON.stringify(initial)}\``,
      ];
    });
  const linked = ([name, { ref, from }]: [string, Field]) => {
    const where = `${type}.${name}`;
    if (ref && !definitions[ref]) return [`${where} refers to ${ref}, which is no resource`];
    if (!from) return [];
    const [source, property] = from;
    const target = inputs[source]?.ref;
    if (!target) return [`${where} is filled in from ${source}, which is no reference`];
    return definitions[target]?.inputs[property] || definitions[target]?.outputs[property]
      ? []
      : [`${where} is filled in from ${source}.${property}, which ${target} does not have`];
  };
  // what leaves the program is cleared to a value of the field's own, or to nothing where nothing is one
  const cleared = ([name, field]: [string, Field]) => {
    const where = `${type}.${name}`;
    const leaves =
      !field.local &&
      !field.createOnly &&
      !field.replace &&
      !field.rotates &&
      field.schema.safeParse(undefined).success &&
      field.schema.parse(undefined) === undefined;
    const json = z.toJSONSchema(field.schema, { io: "input" }) as { type?: string; enum?: unknown };
    const needed = leaves && (json.type === "array" || json.type === "boolean" || json.enum !== undefined);
    if (needed !== (field.fresh !== undefined))
      return [`${where} ${needed ? "does not say what it is cleared to" : "is never cleared to its `fresh`"}`];
    return needed && !field.schema.safeParse(field.fresh).success
      ? [`${where} cannot be cleared to its \`fresh\``]
      : [];
  };
  const ofKinds = ([name, { kinds }]: [string, Field]) => {
    const foreign = (kinds ?? []).filter((kind) => !inputs["kind"]?.schema.safeParse(kind).success);
    return foreign.map((kind) => `${type}.${name} belongs to ${kind}, which is no kind`);
  };
  return [
    ...undocumented(type),
    ...Object.entries(inputs).flatMap((entry) => [...cleared(entry), ...ofKinds(entry)]),
    ...(namesOf(inputs, (field) => Boolean(field.key)).length > 0 ? [] : [`${type} has no natural key`]),
    ...Object.keys(outputs).flatMap((name) =>
      name in inputs && !inputs[name]!.declaredWhere ? [`${type}.${name} is an input and an output`] : [],
    ),
    ...Object.entries({ ...inputs, ...outputs }).flatMap((entry) => [...documented(entry), ...linked(entry)]),
    ...namesOf(outputs, (field) => Boolean(field.secret && !field.kept)).map(
      (name) => `${type}.${name} is a secret output that is not kept: a read would lose it`,
    ),
  ];
}

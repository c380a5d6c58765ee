import { type Crossing, type Definition, type Field, namesOf } from "./define";
import { variableOf } from "./variable";
import { functionPage, usageSection } from "./docs/functions";
import { registryPages } from "./docs/registry";
import { code, fileOf, firstSentence, initialOf, list, namedBy, type NamedTypes, table, typeText } from "./docs/text";
import { usageOf } from "./docs/usage";
import { type PropertySpec, type Source, packageSchema } from "./schema";
import { tokenOf } from "./token";

const crossings: Record<Crossing, string> = {
  copy: "as it is",
  ask: "you decide",
  drop: "left out",
  transform: "https, host mapped",
};
const effects = {
  "in place": "The object is updated.",
  "new resource": "A new object is made, and the old one deleted.",
  refused: "`pulumi preview` fails and says what to do instead.",
  "new credentials": "Raised, it makes a new key or secret; it can only be raised.",
  "golive's own": "It is recorded in state and reaches no platform.",
  "no effect": "It counts when the object is made or taken over.",
} as const;

/** What a change of the field does. */
function effectOf(field: Field): keyof typeof effects {
  if (field.replace) return "new resource";
  if (field.fixed) return "refused";
  if (field.createOnly) return "no effect";
  if (field.rotates) return "new credentials";
  return field.local ? "golive's own" : "in place";
}
const remarks = ({ secret, unordered, ref, kinds, fresh }: Field) =>
  [
    ref && `Takes the id, or the ${ref} itself.`,
    kinds && `Of kind ${list(kinds)}.`,
    unordered && "Order has no meaning.",
    fresh !== undefined && `When it leaves the program: ${code(JSON.stringify(fresh))}.`,
    secret && "Secret.",
  ].filter(Boolean);
const described = (property: PropertySpec, field: Field) => [property.description, ...remarks(field)].join(" ");

/** The rows of the parts of an object, or of each object in a list. */
function partRows(name: string, spec: PropertySpec, types: NamedTypes): string[][] {
  const named = namedBy(spec.items ?? spec, types);
  return Object.entries(named?.properties ?? {}).map(([part, property]) => [
    code(`${name}${spec.items ? "[]" : ""}.${part}`),
    code(typeText(property, types)),
    initialOf(property, named?.required?.includes(part) ?? false),
    "",
    "",
    property.description ?? "",
  ]);
}
function resourcePage(
  definition: Definition,
  definitions: Source["definitions"],
  schema: ReturnType<typeof packageSchema>,
): string {
  const { type, inputs, outputs } = definition;
  const spec = schema.resources[tokenOf(type)]!;
  const { types } = schema;
  const inputRows = Object.entries(spec.inputProperties).flatMap(([name, property]) => {
    const field = inputs[name]!;
    const first = initialOf(property, spec.requiredInputs.includes(name));
    const cells = [code(name), code(typeText(property, types)), first, effectOf(field)];
    return [
      [...cells, crossings[field.crossing ?? "copy"], described(property, field)],
      ...partRows(name, property, types),
    ];
  });
  const outputRows = Object.entries(outputs).map(([name, field]) => {
    const property = spec.properties[name]!;
    const always = spec.required.includes(name) ? "always" : "where known";
    return [code(name), code(typeText(property, types)), always, described(property, field)];
  });
  return `${[
    `# ${type}`,
    spec.description,
    [
      `- Natural key: ${list(namesOf(inputs, (field) => Boolean(field.key)))}.`,
      `- Replaced by a change of: ${list(namesOf(inputs, (field) => Boolean(field.replace)))}.`,
      `- Token: ${code(tokenOf(type))}.`,
    ].join("\n"),
    usageSection(usageOf(type, definitions), schema),
    "## Inputs",
    table(["input", "type", "default", "a change", "`golive clone`", "what it is"], inputRows),
    "## Outputs",
    "The inputs, and:",
    table(["output", "type", "there", "what it is"], outputRows),
  ].join("\n\n")}\n`;
}

function index(source: Source, schema: ReturnType<typeof packageSchema>): string {
  const resources = Object.values(source.definitions).map(({ type, inputs }) => [
    `[${type}](${fileOf(type)})`,
    list(namesOf(inputs, (field) => Boolean(field.key))),
    firstSentence(schema.resources[tokenOf(type)]!.description ?? ""),
  ]);
  const functions = Object.values(source.functions).map(({ type }) => [
    `[${type}](${fileOf(type)})`,
    firstSentence(schema.functions[tokenOf(type)]!.description ?? ""),
  ]);
  const settings = Object.entries(schema.config.variables).map(([name, property]) => [
    code(name),
    code(typeText(property, schema.types)),
    initialOf(property, false),
    code(variableOf(name)),
    code(`golive:${name}`),
    described(property, source.config[name]!),
  ]);
  return `${[
    "# Reference",
    "Written from the definitions by `npx vitest run test/goldens -u`; edit the comment over the field instead.",
    "## Resources",
    table(["resource", "natural key", "what it is"], resources),
    "## Functions",
    table(["function", "what it answers"], functions),
    "What each platform takes, and with which credential: [platforms](platforms.md).",
    "## What a change of an input does",
    table(["a change", "what happens at `pulumi up`"], Object.entries(effects)),
    "A field that leaves the program is cleared to what a new object has, which is nothing unless the field says otherwise; of an object, part by part. Preview shows it. Where the platform cannot clear it, preview refuses the change and says what to do. A field that was never declared stays as people set it, and so does one that `ownedBy` gives to people.",
    "## Provider",
    schema.provider.description,
    table(["setting", "type", "default", "variable", "stack config", "what it is"], settings),
  ].join("\n\n")}\n`;
}

/** The reference pages by file name. Pure: a test keeps docs/reference equal to them. */
export function referencePages(source: Source): Readonly<Record<string, string>> {
  const schema = packageSchema(source);
  const pages = Object.values(source.definitions).map((definition) => [
    fileOf(definition.type),
    resourcePage(definition, source.definitions, schema),
  ]);
  const questions = Object.values(source.functions).map((one) => [fileOf(one.type), functionPage(one, schema)]);
  return Object.fromEntries([["README.md", index(source, schema)], ...pages, ...questions]);
}

/** The pages of Pulumi's registry by file name; they stand in docs. */
export const registry = (source: Source): Readonly<Record<string, string>> =>
  registryPages(source, packageSchema(source));

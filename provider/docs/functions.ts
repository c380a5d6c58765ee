import { type Fields } from "../define";
import type { FunctionDefinition } from "../functions";
import type { PackageSchema, PropertySpec, PropertySpecs } from "../schema";
import { tokenOf } from "../token";
import { code, fenced, initialOf, namedBy, type NamedTypes, table, typeText } from "./text";
import { inEveryLanguage, usageOfFunction, type Usage } from "./usage";

/** The same program in every language. */
export const usageSection = (usage: Usage, schema: PackageSchema): string =>
  [
    "## Usage",
    ...inEveryLanguage(usage, schema).map(({ title, fence, text }) => `${title}:\n\n${fenced(fence, text)}`),
  ].join("\n\n");

const rows = (
  properties: PropertySpecs,
  types: NamedTypes,
  third: (name: string, property: PropertySpec) => string,
  fields: Fields,
): string[][] =>
  Object.entries(properties).flatMap(([name, property]) => {
    const ref = fields[name]?.ref;
    const said = [property.description, ref && `In the output form also the ${ref} itself.`].filter(Boolean).join(" ");
    const parts = Object.entries(namedBy(property.items ?? property, types)?.properties ?? {}).map(([part, inner]) => [
      code(`${name}${property.items ? "[]" : ""}.${part}`),
      code(typeText(inner, types)),
      "",
      inner.description ?? "",
    ]);
    return [[code(name), code(typeText(property, types)), third(name, property), said], ...parts];
  });

/** The page of a function. */
export function functionPage(definition: FunctionDefinition, schema: PackageSchema): string {
  const { type, inputs } = definition;
  const spec = schema.functions[tokenOf(type)]!;
  const required = (name: string, of: { readonly required?: readonly string[] }) =>
    of.required?.includes(name) ?? false;
  const args = rows(
    spec.inputs.properties,
    schema.types,
    (name, one) => initialOf(one, required(name, spec.inputs)),
    inputs,
  );
  const answers = rows(
    spec.outputs.properties,
    schema.types,
    (name) => (required(name, spec.outputs) ? "always" : "where known"),
    {},
  );
  return `${[
    `# ${type}`,
    spec.description,
    `Token: ${code(tokenOf(type))}. ${code(`golive.${type}`)} takes values and answers a promise; ${code(`golive.${type}Output`)} takes outputs and answers one, and asks nothing while they are not known. Nothing is written; none or several that fit is an error.`,
    usageSection(usageOfFunction(definition), schema),
    "## Arguments",
    table(["argument", "type", "default", "what it is"], args),
    "## Answer",
    table(["output", "type", "there", "what it is"], answers),
  ].join("\n\n")}\n`;
}

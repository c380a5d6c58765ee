import type { NamedType, PropertySpec, TypeSpec } from "../schema";

export type NamedTypes = Readonly<Record<string, NamedType>>;

export const code = (text: string) => `\`${text}\``;
export const list = (names: readonly string[]) => names.map(code).join(", ") || "none";
const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
export const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

export const namedBy = ({ $ref = "" }: TypeSpec, types: NamedTypes) => types[$ref.replace("#/types/", "")];

/** A type in one line: the values of an enum, `object` where rows of its parts follow. */
export function typeText(spec: TypeSpec, types: NamedTypes): string {
  const named = namedBy(spec, types);
  if (named?.enum) return named.enum.map(({ value }) => JSON.stringify(value)).join(" | ");
  if (named) return "object";
  if (spec.oneOf) return spec.oneOf.map((option) => typeText(option, types)).join(" | ");
  if (spec.items) return `${typeText(spec.items, types)}[]`;
  return spec.type ?? "object";
}

export const initialOf = (property: PropertySpec, isRequired: boolean) =>
  isRequired ? "**required**" : property.default === undefined ? "" : code(JSON.stringify(property.default));

export const firstSentence = (text: string) => /^.*?[.](?= |$)/.exec(text)?.[0] ?? text;
/** `feature-flag.md` of `FeatureFlag`. */
export const fileOf = (type: string) => `${type.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase()}.md`;
export const fenced = (fence: string, text: string) => `\`\`\`${fence}\n${text}\n\`\`\``;

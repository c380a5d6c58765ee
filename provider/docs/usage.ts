import { type Bag, type Definition, type Fields, isBag, namesOf } from "../define";
import type { FunctionDefinition } from "../functions";
import { languages } from "../package-metadata";
import type { NamedType, PackageSchema, PropertySpec, TypeSpec } from "../schema";
import { packageName, tokenOf } from "../token";

/** One resource of a program: what its variable is called, and its inputs; of another resource, that one's variable. */
interface Declared {
  readonly type: string;
  readonly variable: string;
  readonly literals: Bag;
  readonly refs: readonly (readonly [input: string, variable: string])[];
}
/** A program as every language writes it: resources, or one question. */
export interface Usage {
  readonly resources: readonly Declared[];
  readonly question?: { readonly name: string; readonly args: Bag; readonly answer: string };
}
type Definitions = Readonly<Record<string, Definition>>;

const variableOf = (type: string): string => type[0]!.toLowerCase() + type.slice(1);
const requiredRefs = (inputs: Fields): string[] =>
  namesOf(inputs, ({ ref, schema }) => ref !== undefined && !schema.safeParse(undefined).success);

/** The resources that a resource needs, each after what it needs itself; the resource is the last. */
export function usageOf(type: string, definitions: Definitions): Usage {
  const resources = new Map<string, Declared>();
  const declare = (kind: string): void => {
    if (resources.has(kind)) return;
    const { inputs, example = {} } = definitions[kind]!;
    const refs = requiredRefs(inputs).map((input) => [input, inputs[input]!.ref!] as const);
    for (const [, other] of refs) declare(other);
    resources.set(kind, {
      type: kind,
      variable: variableOf(kind),
      literals: example,
      refs: refs.map(([input, other]) => [input, variableOf(other)] as const),
    });
  };
  declare(type);
  return { resources: [...resources.values()] };
}
export const usageOfFunction = ({ type, example }: FunctionDefinition): Usage => ({
  resources: [],
  question: { name: type, args: example.args, answer: example.answer },
});

const indented = (text: string, by: string): string => text.replaceAll(/\n(?=.)/g, `\n${by}`);

/** A value of TypeScript: on one line where it fits. */
function inTypescript(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inTypescript).join(", ")}]`;
  if (!isBag(value)) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${key}: ${inTypescript(inner)}`)
    .join(", ")} }`;
}
function block(open: string, lines: readonly string[], close: string, indent: string): string {
  const short = `${open} ${lines.join(", ")} ${close}`;
  return short.length <= 66 ? short : [open, ...lines.map((line) => `${indent}${line},`), close].join("\n");
}
export function typescript({ resources, question }: Usage): string {
  const head = `import * as golive from "${languages.nodejs.packageName}";\n`;
  if (question) {
    const { name, args, answer } = question;
    return [
      head,
      `const found = golive.${name}Output(${inTypescript(args)});`,
      `export const ${answer} = found.${answer};`,
    ].join("\n");
  }
  const lines = resources.map(({ type, variable, literals, refs }, i) => {
    const inputs = [
      ...refs.map(([input, other]) => (input === other ? input : `${input}: ${other}`)),
      ...Object.entries(literals).map(([key, value]) => `${key}: ${inTypescript(value)}`),
    ];
    const made = `new golive.${type}("${variable}", ${block("{", inputs, "}", "  ")});`;
    return i === resources.length - 1 ? made : `const ${variable} = ${made}`;
  });
  return [head, ...lines].join("\n");
}

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
function inPython(value: unknown): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(inPython).join(", ")}]`;
  if (!isBag(value)) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `"${snake(key)}": ${inPython(inner)}`)
    .join(", ")}}`;
}
export function python({ resources, question }: Usage): string {
  const head = `import pulumi\nimport ${languages.python.packageName} as golive\n`;
  const keywords = (bag: Bag): string[] =>
    Object.entries(bag).map(([key, value]) => `${snake(key)}=${inPython(value)}`);
  if (question) {
    const { name, args, answer } = question;
    const found = `found = golive.${snake(name)}_output(${keywords(args).join(", ")})`;
    return [head, found, `pulumi.export("${answer}", found.${snake(answer)})`].join("\n");
  }
  const lines = resources.map(({ type, variable, literals, refs }) => {
    const given = [
      `"${variable}"`,
      ...refs.map(([input, other]) => `${snake(input)}=${snake(other)}.id`),
      ...keywords(literals),
    ];
    return `${snake(variable)} = golive.${type}(\n    ${given.join(",\n    ")},\n)`;
  });
  return [head.replace("import pulumi\n", ""), ...lines].join("\n");
}

const title = (name: string): string => name[0]!.toUpperCase() + name.slice(1);
/** Fields as gofmt has them: the values of those that follow one another on single lines begin in one column. */
function aligned(lines: readonly string[]): string[] {
  const keyOf = (line: string): string => line.slice(0, line.indexOf(": ") + 1);
  const isSingle = (line: string | undefined): boolean => line !== undefined && !line.includes("\n");
  return lines.map((line, i) => {
    if (!isSingle(line)) return line;
    let [first, last] = [i, i];
    while (isSingle(lines[first - 1])) first -= 1;
    while (isSingle(lines[last + 1])) last += 1;
    const width = Math.max(...lines.slice(first, last + 1).map((one) => keyOf(one).length));
    return `${keyOf(line).padEnd(width)}${line.slice(keyOf(line).length)}`;
  });
}

/** Writes values as Go's generated SDK types them. */
class Go {
  constructor(private readonly types: Readonly<Record<string, NamedType>>) {}

  value(spec: TypeSpec, value: unknown): string {
    const name = spec.$ref?.split(":").at(-1);
    const named = spec.$ref === undefined ? undefined : this.types[spec.$ref.replace("#/types/", "")];
    if (named?.enum) return `golive.${name}(${JSON.stringify(value)})`;
    if (named && isBag(value)) return `&golive.${name}Args{\n${this.fields(named.properties ?? {}, value)}\n}`;
    if (spec.items && Array.isArray(value)) {
      const inner = spec.items.$ref ? `golive.${spec.items.$ref.split(":").at(-1)}Array` : "pulumi.StringArray";
      return `${inner}{\n${value.map((one) => `\t${indented(this.value(spec.items!, one), "\t")},`).join("\n")}\n}`;
    }
    const makers: Readonly<Record<string, string>> = {
      string: "String",
      boolean: "Bool",
      integer: "Int",
      number: "Float64",
    };
    return `pulumi.${makers[spec.type ?? "string"]}(${JSON.stringify(value)})`;
  }
  /** The fields of a struct, a line each. */
  fields(properties: Readonly<Record<string, PropertySpec>>, values: Bag, first: readonly string[] = []): string {
    const lines = Object.entries(values).map(
      ([name, value]) => `${title(name)}: ${this.value(properties[name]!, value)},`,
    );
    return aligned([...first, ...lines])
      .map((line) => `\t${indented(line, "\t")}`)
      .join("\n");
  }
}
export function go({ resources, question }: Usage, schema: PackageSchema): string {
  const writer = new Go(schema.types);
  const body = resources.map(({ type, variable, literals, refs }, i) => {
    const fields = writer.fields(
      schema.resources[tokenOf(type)]!.inputProperties,
      literals,
      refs.map(([input, other]) => `${title(input)}: ${other}.ID(),`),
    );
    const isLast = i === resources.length - 1;
    const made = `golive.New${type}(ctx, "${variable}", &golive.${type}Args{\n${fields}\n})`;
    const assigned = isLast && i > 0 ? "_, err =" : isLast ? "_, err :=" : `${variable}, err :=`;
    return `${assigned} ${made}\nif err != nil {\n\treturn err\n}`;
  });
  if (question) {
    const { name, args, answer } = question;
    const of = name.replace(/^get/, "");
    // the generator calls a function that is named after a resource so
    const called = tokenOf(of) in schema.resources ? `Lookup${of}` : title(name);
    const fields = writer.fields(schema.functions[tokenOf(name)]!.inputs.properties, args);
    body.push(`found := golive.${called}Output(ctx, golive.${called}OutputArgs{\n${fields}\n})`);
    body.push(`ctx.Export("${answer}", found.${title(answer)}())`);
  }
  return `package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"${languages.go.importBasePath}"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		${indented([...body, "return nil"].join("\n"), "\t\t")}
	})
}`;
}

/** What YAML takes for the text that it is, without quotes. */
const isPlainWord = (value: unknown): value is string =>
  typeof value === "string" &&
  /^[A-Za-z](:?[\w ./-])*$/.test(value) &&
  !/: |^(y|n|yes|no|on|off|true|false|null)$/i.test(value);
/** A value of YAML, behind its key: what has parts stands below. */
function inYaml(value: unknown, indent: string): string {
  if (Array.isArray(value))
    return value
      .map((one) => `\n${indent}- ${isBag(one) ? inYaml(one, `${indent}  `).trimStart() : inYaml(one, "").trimStart()}`)
      .join("");
  if (!isBag(value)) return ` ${isPlainWord(value) ? value : JSON.stringify(value)}`;
  return Object.entries(value)
    .map(([key, inner]) => `\n${indent}${key}:${inYaml(inner, `${indent}  `)}`)
    .join("");
}
export function yaml({ resources, question }: Usage): string {
  const head = { name: "example", runtime: "yaml" };
  if (question) {
    const { name, args, answer } = question;
    const found = { "fn::invoke": { function: `${packageName}:${name}`, arguments: args } };
    return inYaml({ ...head, variables: { found }, outputs: { [answer]: `\${found.${answer}}` } }, "").trimStart();
  }
  const declared = resources.map(({ type, variable, literals, refs }) => {
    const ids = Object.fromEntries(refs.map(([input, other]) => [input, `\${${other}.id}`]));
    return [variable, { type: `${packageName}:${type}`, properties: { ...ids, ...literals } }];
  });
  return inYaml({ ...head, resources: Object.fromEntries(declared) }, "").trimStart();
}

/** A usage in every language, by the name that a reader knows the language by. */
export const inEveryLanguage = (usage: Usage, schema: PackageSchema) =>
  [
    { title: "TypeScript", fence: "ts", language: "typescript", text: typescript(usage) },
    { title: "Python", fence: "python", language: "python", text: python(usage) },
    { title: "Go", fence: "go", language: "go", text: go(usage, schema) },
    { title: "YAML", fence: "yaml", language: "yaml", text: yaml(usage) },
  ] as const;

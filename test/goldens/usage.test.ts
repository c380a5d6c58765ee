// What the docs show: every block of TypeScript is compiled against the SDK, every block of YAML held against schema.json.
import { definitions, functions } from "@golive/provider";
import { type Definition, UNKNOWN } from "@golive/provider/define";
import { check } from "@golive/provider/lifecycle/check";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import golden from "../../schema.json";
import { canRun } from "../tools/run";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = path.join(root, "docs");
const pages = [
  "_index.md",
  "installation-configuration.md",
  "doors.md",
  ...readdirSync(path.join(folder, "reference")).map((file) => `reference/${file}`),
];
interface Block {
  readonly where: string;
  readonly text: string;
}
/** The blocks of a language in the docs, by page. */
const blocksOf = (language: string): Block[] =>
  pages.flatMap((page) => {
    const text = readFileSync(path.join(folder, page), "utf8");
    const found = [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))];
    return found.map(([, block], i) => ({ where: `${page} ${i + 1}`, text: block! }));
  });

/** What the compiler says of these programs, as a user's who depends on the SDK. */
function compiled(blocks: readonly Block[]): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
  };
  const files = new Map(blocks.map(({ where, text }, i) => [path.join(root, `shown-${i}.ts`), { where, text }]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => files.has(path.normalize(file)) || fileExists(file);
  host.readFile = (file) => files.get(path.normalize(file))?.text ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const shown = files.get(path.normalize(file));
    return shown ? ts.createSourceFile(file, shown.text, version) : getSourceFile(file, version, ...rest);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const { where } = files.get(path.normalize(file?.fileName ?? "")) ?? { where: file?.fileName };
    return `${where}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

interface Spec {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: Spec;
  readonly oneOf?: readonly Spec[];
}
type Specs = Readonly<Record<string, Spec>>;
interface Named {
  readonly enum?: readonly { readonly value: string }[];
  readonly properties?: Specs;
  readonly required?: readonly string[];
}
const types = golden.types as Readonly<Record<string, Named>>;

function faultsOfMap(where: string, properties: Specs, required: readonly string[], value: object): string[] {
  const missing = required.filter((name) => !(name in value)).map((name) => `${where}.${name} is required`);
  const wrong = Object.entries(value).flatMap(([name, inner]) =>
    properties[name] ? faults(`${where}.${name}`, properties[name], inner) : [`${where} has no ${name}`],
  );
  return [...missing, ...wrong];
}
/** Why a value of YAML is not of the schema's type. An interpolation may be anything. */
function faults(where: string, spec: Spec, value: unknown): string[] {
  if (typeof value === "string" && value.startsWith("${")) return [];
  if (spec.oneOf)
    return spec.oneOf.some((one) => faults(where, one, value).length === 0) ? [] : [`${where} fits no type`];
  const named = spec.$ref === undefined ? undefined : types[spec.$ref.replace("#/types/", "")];
  if (named?.enum) return named.enum.some((one) => one.value === value) ? [] : [`${where} is no ${String(value)}`];
  if (named) return faultsOfMap(where, named.properties ?? {}, named.required ?? [], value as object);
  if (spec.items)
    return Array.isArray(value)
      ? value.flatMap((one, i) => faults(`${where}[${i}]`, spec.items!, one))
      : [`${where} is no list`];
  const is = spec.type === "integer" || spec.type === "number" ? "number" : spec.type;
  return typeof value === is ? [] : [`${where} is no ${spec.type}`];
}

interface Program {
  readonly resources?: Readonly<Record<string, { readonly type: string; readonly properties?: object }>>;
  readonly variables?: Readonly<Record<string, { readonly "fn::invoke": { function: string; arguments?: object } }>>;
}
const tokenOf = (short: string): string => short.replace(/^golive:(?!index:)/, "golive:index:");
function faultsOfProgram({ where, text }: Block): string[] {
  const { resources = {}, variables = {} } = parse(text) as Program;
  const declared = Object.entries(resources).flatMap(([name, { type, properties = {} }]) => {
    const spec = (golden.resources as Readonly<Record<string, { inputProperties: Specs; requiredInputs: string[] }>>)[
      tokenOf(type)
    ];
    return spec
      ? faultsOfMap(`${where} ${name}`, spec.inputProperties, spec.requiredInputs, properties)
      : [`${where}: no type ${type}`];
  });
  const asked = Object.entries(variables).flatMap(([name, { "fn::invoke": invoke }]) => {
    const spec = (golden.functions as Readonly<Record<string, { inputs: Named }>>)[tokenOf(invoke.function)];
    if (!spec) return [`${where}: no function ${invoke.function}`];
    return faultsOfMap(
      `${where} ${name}`,
      spec.inputs.properties ?? {},
      spec.inputs.required ?? [],
      invoke.arguments ?? {},
    );
  });
  return [...declared, ...asked];
}

const noGofmt = spawnSync("gofmt", ["-h"]).error && "gofmt is not here";

describe("usages in the docs", () => {
  test.skipIf(!canRun("usages in Go", noGofmt))("Go is Go, as gofmt writes it", () => {
    const { input, formatted } = blocksOf("go").reduce(
      (all, { text }) => {
        const { status, stdout, stderr } = spawnSync("gofmt", { input: text, encoding: "utf8" });
        return { input: [...all.input, text], formatted: [...all.formatted, status === 0 ? stdout : stderr] };
      },
      { input: [] as string[], formatted: [] as string[] },
    );
    expect(formatted).toEqual(input);
    expect(spawnSync("gofmt", { input: "package main\nfunc {", encoding: "utf8" }).status).not.toBe(0);
  });

  test("every page of a resource and a function has one in each language", () => {
    const wanted = Object.keys({ ...definitions, ...functions }).length;
    for (const language of ["ts", "python", "go", "yaml"])
      expect(blocksOf(language).filter(({ where }) => where.startsWith("reference/"))).toHaveLength(wanted);
  });

  test("TypeScript compiles", () => expect(compiled(blocksOf("ts"))).toEqual([]));

  test.each([
    ["a wrong type", `import * as golive from "@golive/pulumi";\nnew golive.Project("a", { name: 1 });`, "number"],
    ["a wrong argument", `import * as golive from "@golive/pulumi";\nvoid golive.getProject({ nmae: "a" });`, "nmae"],
    [
      "a wrong answer",
      `import * as golive from "@golive/pulumi";\nexport const x = golive.getProjectOutput({ name: "a" }).nmae;`,
      "nmae",
    ],
  ])("TypeScript with %s does not", (where, text, expected) => {
    expect(compiled([{ where, text }]).join("\n")).toContain(expected);
  });

  test.each(blocksOf("yaml").map((block) => [block.where, block] as const))(
    "YAML of %s fits the schema",
    (_, block) => {
      expect(faultsOfProgram(block)).toEqual([]);
    },
  );

  test.each([
    ["resources: { a: { type: golive:Projekt } }", "no type golive:Projekt"],
    ["resources: { a: { type: golive:Project } }", "a.name is required"],
    ["resources: { a: { type: golive:Project, properties: { name: a, nmae: b } } }", "has no nmae"],
    ["resources: { a: { type: golive:Environment, properties: { project: a, name: a, type: b } } }", "a.type is no b"],
    [
      "variables: { a: { fn::invoke: { function: golive:getProject, arguments: { name: 1 } } } }",
      "a.name is no string",
    ],
  ])("YAML %s does not", (text, expected) => {
    expect(faultsOfProgram({ where: "", text }).join("\n")).toContain(expected);
  });

  test.each(Object.values(definitions) as Definition[])("the example of $type passes its own check", (definition) => {
    const refs = Object.entries(definition.inputs).filter(([, { ref }]) => ref);
    const around = Object.fromEntries(refs.map(([name]) => [name, UNKNOWN]));
    expect(definition.example).toBeDefined();
    expect(check(definition, {}, { ...around, ...definition.example }).failures).toEqual([]);
  });
});

// The dashboard API as the public CLI's catalog of operations has it: what was written against the catalog runs here.
import { readFileSync } from "node:fs";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import {
  buildASTSchema,
  type ConstDirectiveNode,
  isEnumType,
  isInputObjectType,
  isUnionType,
  type GraphQLNamedType,
  parse,
  validate,
  visit,
} from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask, type Data } from "../rig";
import { enums, inputs } from "./inputs";
import type { Ids, Operation } from "./builders";
import { operations } from "./operations";

const text = readFileSync(new URL("../../../rehearsal/workos/graphql/schema.graphql", import.meta.url), "utf8");
const unlessExtension = ({ directives = [] }: { directives?: readonly ConstDirectiveNode[] | undefined }) =>
  directives.some(({ name }) => name.value === "extension") ? null : undefined;
/** Without what the rehearsal adds. */
const schema = buildASTSchema(
  visit(parse(text), { FieldDefinition: unlessExtension, InputValueDefinition: unlessExtension }),
);
const documentOf = ({ name, kind, variables, body }: Operation): string =>
  `${kind} ${name}${variables && `(${variables.replaceAll(/(\w+):/g, "$$$1:")})`} { ${body} }`;

let rehearsal: Rehearsal;
const ids: Record<string, string> = {};
const counts = { valid: 0, executed: 0 };
const key = () => rehearsal.projects[0]!.environments[0]!.apiKey!;
beforeAll(async () => {
  rehearsal = await createRehearsal({ billing: true, environmentHeader: "strict" });
  const [project] = rehearsal.projects;
  ids["project"] = project!.id;
  ids["staging"] = project!.environments[0]!.id;
  const organization = {
    name: "Acme",
    metadata: { tier: "gold" },
    domain_data: [{ domain: "a.example", state: "verified" }],
  };
  ids["organization"] = String((await ask(rehearsal, key(), "POST", "/organizations", organization)).body["id"]);
  const { body } = await send("{ me { id } }", {});
  ids["me"] = (body["data"] as { me: { id: string } }).me.id;
});
afterAll(async () => {
  process.stdout.write(`catalog: ${operations.length} documents, ${counts.valid} valid, ${counts.executed} executed\n`);
  await rehearsal.close();
});
async function send(query: string, variables: object): Promise<{ status: number; body: Data }> {
  const response = await fetch(`${rehearsal.url}/graphql`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${rehearsal.token}`,
      "content-type": "application/json",
      "x-url-environment-id": ids["staging"]!,
    },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, body: (await response.json()) as Data };
}
const at = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((found, part) => (found as Record<string | number, unknown>)[part], value);

describe("every operation that is served, with everything that it selects", () => {
  test("each is there once, and every root that is no extension is in one of them", () => {
    expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
    const roots = [
      ...Object.keys(schema.getQueryType()!.getFields()),
      ...Object.keys(schema.getMutationType()!.getFields()),
    ];
    const bodies = operations.map(({ body }) => body).join("\n");
    expect(roots.filter((root) => !new RegExp(`\\b${root}\\b`).test(bodies))).toEqual([]);
  });

  test.each(operations)("$name is valid, without any extension", (operation) => {
    expect(validate(schema, parse(documentOf(operation))).map(({ message }) => message)).toEqual([]);
    counts.valid += 1;
  });

  test.each(operations)("$name is carried out", async (operation) => {
    // its secret comes by the other API
    if (operation.name === "deleteApplicationCredential") {
      const made = await ask(rehearsal, key(), "POST", `/connect/applications/${ids["connect"]}/client_secrets`, {});
      ids["secret"] = String(made.body["id"]);
    }
    const { status, body } = await send(documentOf(operation), operation.values(ids as Ids));
    expect([status, body["errors"]]).toEqual([200, undefined]);
    const answers = Object.values(body["data"] as Data);
    for (const answer of answers) expect(answer).not.toBeNull();
    if (operation.success) expect(answers[0]).toMatchObject({ __typename: operation.success });
    if (operation.keep) {
      const [name, ...path] = operation.keep;
      ids[name] = String(at(answers[0], path));
    }
    counts.executed += 1;
  });
});

describe("types", () => {
  const short: Readonly<Record<string, string>> = { B: "Boolean", I: "Int", S: "String" };
  const typed = (type: string) => type.replaceAll(/\b[BIS]\b/g, (letter) => short[letter]!);
  /** `x:B!=false` → `x: Boolean! = false`. */
  const long = (field: string): string => {
    const [, name, required, type, value] = /^(\w+)(!?)(?::([^=]+))?(?:=(.+))?$/.exec(field)!;
    return `${name}: ${type === undefined ? `String${required}` : typed(type)}${value === undefined ? "" : ` = ${value}`}`;
  };
  const inputOf = (type: GraphQLNamedType | undefined): string[] => {
    if (!isInputObjectType(type)) throw new Error("no input type");
    return Object.values(type.getFields()).map(
      ({ name, type: of, defaultValue }) =>
        `${name}: ${String(of)}${defaultValue === undefined ? "" : ` = ${JSON.stringify(defaultValue)}`}`,
    );
  };
  test.each(Object.entries(inputs))("%s has these fields, types and defaults, and no other", (name, fields) =>
    expect(inputOf(schema.getType(name)).toSorted()).toEqual(fields.split(" ").map(long).toSorted()),
  );
  test("and there is no other input type, but for extensions", () => {
    const extensions = text
      .split("\n")
      .filter((line) => line.includes("@extension"))
      .join("\n");
    const others = Object.values(schema.getTypeMap())
      .filter((type) => isInputObjectType(type) && !(type.name in inputs))
      .map(({ name }) => name.replace(/Input$/, ""));
    const asked = others.filter((name) => !extensions.includes(`${name[0]!.toLowerCase()}${name.slice(1)}`));
    // an extension's line may be broken before its mark
    expect(asked).toEqual(["RotateUserlandApplicationSecret"]);
  });

  test.each(Object.entries(enums))("%s has the values %s", (name, values) => {
    const type = schema.getType(name);
    if (!isEnumType(type)) throw new Error(`${name} is no enum`);
    expect(
      type
        .getValues()
        .map((value) => value.name)
        .toSorted(),
    ).toEqual(values.split(" "));
  });

  const unions = operations.filter(({ success }) => success !== undefined);
  test.each(unions)("the union of $name has the members that its document names, and no other", ({ body }) => {
    const root = /^\w+/.exec(body)![0];
    const type = schema.getType(String(schema.getMutationType()!.getFields()[root]!.type).replaceAll("!", ""));
    if (!isUnionType(type)) throw new Error(`${root} answers no union`);
    expect(type.name).toBe(`${root[0]!.toUpperCase()}${root.slice(1)}Result`);
    const named = [...body.matchAll(/\.\.\. on (\w+)/g)]
      .map(([, member]) => member!)
      .filter((n) => n !== "ThirdPartyApplication");
    expect(
      type
        .getTypes()
        .map((member) => member.name)
        .toSorted(),
    ).toEqual(named.toSorted());
  });
});

// The list of extensions that people read is the list that the schema marks.
import { readFileSync } from "node:fs";
import { buildSchema, type GraphQLField, type GraphQLInputField, isInputObjectType, isObjectType } from "graphql";
import { expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

it("docs/rehearsal.md lists every field that schema.graphql marks with @extension, and no other", () => {
  const schema = buildSchema(read("rehearsal/workos/graphql/schema.graphql"));
  type Field = GraphQLField<unknown, unknown> | GraphQLInputField;
  const marked = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) || isInputObjectType(type)
      ? (Object.values(type.getFields()) as Field[])
          .filter(({ astNode }) => astNode?.directives?.some(({ name }) => name.value === "extension"))
          .map((field) => `${type.name}.${field.name}`)
      : [],
  );
  const section = /## Extensions\n([^]*?)\n## /.exec(read("docs/rehearsal.md"))![1]!;
  const listed = [...section.matchAll(/^- `([\w.]+)`/gm)].map(([, name]) => name!);
  expect(marked.length).toBeGreaterThan(10);
  expect(listed.toSorted()).toEqual(marked.toSorted());
});

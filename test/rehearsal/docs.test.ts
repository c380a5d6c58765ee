// The list of extensions that people read is the list that the schema marks.
import { readFileSync } from "node:fs";
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  isInputObjectType,
  isObjectType,
} from "graphql";
import { expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

it("docs/rehearsal.md lists every field that schema.graphql marks with @extension, and no other", () => {
  const schema = buildSchema(read("rehearsal/workos/graphql/schema.graphql"));
  type Field = GraphQLField<unknown, unknown> | GraphQLInputField;
  const isExtension = ({ astNode }: Pick<Field, "astNode"> | GraphQLArgument) =>
    astNode?.directives?.some(({ name }) => name.value === "extension");
  const marked = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) || isInputObjectType(type)
      ? (Object.values(type.getFields()) as Field[]).flatMap((field) => [
          ...(isExtension(field) ? [`${type.name}.${field.name}`] : []),
          ...("args" in field ? field.args : [])
            .filter(isExtension)
            .map((arg) => `${type.name}.${field.name}(${arg.name})`),
        ])
      : [],
  );
  const section = /## Extensions\n([^]*?)\n## /.exec(read("docs/rehearsal.md"))![1]!;
  const listed = [...section.matchAll(/^- `([\w.()]+)`/gm)].map(([, name]) => name!);
  expect(marked.length).toBeGreaterThan(10);
  expect(listed.toSorted()).toEqual(marked.toSorted());
});

import Ajv2020 from "ajv/dist/2020";
import { describe, expect, test } from "vitest";
import golden from "../../schema.json";
import shape from "./package-schema.json";

const validate = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false }).compile(
  shape,
);
const faults = (schema: unknown) => {
  validate(schema);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};
/** schema.json with one thing changed. */
const changed = (change: (schema: typeof golden) => void) => {
  const copy = structuredClone(golden);
  change(copy);
  return copy;
};
const references = (value: unknown): string[] =>
  typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => (key === "$ref" ? [String(inner)] : references(inner)));

describe("schema.json has the shape of a Pulumi package schema", () => {
  test("as it is", () => expect(faults(golden)).toEqual([]));

  test("every $ref names a type of it, and every type is named by a $ref", () => {
    const named = Object.keys(golden.types).map((token) => `#/types/${token}`);
    expect([...new Set(references(golden))].toSorted()).toEqual(named.toSorted());
  });

  test.each<[string, (schema: typeof golden) => void, RegExp]>([
    [
      "a property without a description",
      (s) => Reflect.deleteProperty(s.config.variables.token, "description"),
      /config\/variables\/token .*'description'/,
    ],
    [
      "an unknown primitive type",
      (s) => void (s.config.variables.token.type = "text"),
      /config\/variables\/token\/type/,
    ],
    [
      "an unknown mark",
      (s) => Reflect.set(s.config.variables.token, "secrets", true),
      /config\/variables\/token .*additional/,
    ],
    [
      "a resource without required inputs",
      (s) => Reflect.deleteProperty(s.resources["golive:index:Project"], "requiredInputs"),
      /golive:index:Project .*'requiredInputs'/,
    ],
    ["a type under a bad token", (s) => Reflect.set(s.types, "golive:Kind", {}), /types .*property name/],
  ])("%s is refused", (_, change, expected) => {
    expect(faults(changed(change)).join("\n")).toMatch(expected);
  });
});

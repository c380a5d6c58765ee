import { definitions, providerConfig } from "@golive/provider";
import type { Definition, Field, Fields } from "@golive/provider/define";
import { z } from "zod";
import { describe, expect, test } from "vitest";
import { commentsIn, commentsOf } from "./comments";
import { faultsOf } from "./faults";

const comments = commentsOf(Object.keys(definitions));

describe("every definition keeps the rules of definitions", () => {
  test.each(Object.values(definitions) as readonly Definition[])("$type", (definition) => {
    expect(faultsOf(definition, definitions, comments)).toEqual([]);
  });

  test("and so do the provider's own settings", () => {
    const settings = { type: "Provider", inputs: { ...providerConfig, name: named }, outputs: {} };
    const text = { "Provider.name": { text: "." }, Provider: { text: "." } };
    expect(faultsOf(settings, {}, { ...text, ...comments })).toEqual([]);
  });
});

const named: Field = { schema: z.string(), key: true };
const thing = (inputs: Fields, outputs: Fields = {}): Definition => ({
  type: "Thing",
  inputs: { name: named, ...inputs },
  outputs,
});
/** The comments of a `Thing` written as in resources/*.ts, one field per line. */
const written = (...fields: readonly string[]) =>
  commentsIn(
    [
      "/** A thing. */",
      'export const thing = defineResource({ type: "Thing", inputs: {',
      ...["/** Name. */ name: 1", ...fields].map((field) => `  ${field},`),
      "} });",
    ].join("\n"),
  );

describe("what those rules catch", () => {
  test.each<[string, Definition, string, string]>([
    [
      "an input without a comment",
      thing({ size: { schema: z.number().optional() } }),
      "size: 1",
      "Thing.size has no comment",
    ],
    [
      "a comment that says nothing",
      thing({ size: { schema: z.number().optional() } }),
      "/** */ size: 1",
      "Thing.size has no comment",
    ],
    [
      "a part of an object without a comment",
      thing({ box: { schema: z.strictObject({ lid: z.string() }).optional() } }),
      "/** Box. */ box: field(z.strictObject({ lid: z.string() }))",
      "Thing.box.lid has no comment",
    ],
    [
      "a part of an object in a list without a comment",
      thing({ boxes: { schema: z.array(z.strictObject({ lid: z.string() })).optional(), fresh: [] } }),
      "/** Boxes. */ boxes: field(z.array(z.strictObject({ lid: z.string() })))",
      "Thing.boxes.lid has no comment",
    ],
    [
      "a default that the comment hides",
      thing({ size: { schema: z.number().default(3) } }),
      "/** Size. */ size: 1",
      "Thing.size has the default 3 and no `@default 3`",
    ],
    [
      "a default that the comment gets wrong",
      thing({ size: { schema: z.number().default(3) } }),
      "/** Size. @default 4 */ size: 1",
      "Thing.size has the default 3 and no `@default 3`",
    ],
    [
      "a reference to an unknown type",
      thing({ owner: { schema: z.string(), ref: "Nobody" } }),
      "/** Owner. */ owner: 1",
      "Thing.owner refers to Nobody, which is no resource",
    ],
    [
      "`from` of an input that is no reference",
      thing({ size: { schema: z.number().optional(), from: ["name", "size"] } }),
      "/** Size. */ size: 1",
      "Thing.size is filled in from name, which is no reference",
    ],
    [
      "`from` of a property that the resource lacks",
      thing({
        project: { schema: z.string(), ref: "Project" },
        size: { schema: z.number().optional(), from: ["project", "size"] },
      }),
      "/** Project. */ project: 1,\n/** Size. */ size: 1",
      "Thing.size is filled in from project.size, which Project does not have",
    ],
    [
      "a secret output that is not kept",
      thing({}, { value: { schema: z.string(), secret: true } }),
      "/** Value. */ value: 1",
      "Thing.value is a secret output that is not kept: a read would lose it",
    ],
    [
      "a list that does not say what it is cleared to",
      thing({ labels: { schema: z.array(z.string()).optional() } }),
      "/** Labels. */ labels: 1",
      "Thing.labels does not say what it is cleared to",
    ],
    [
      "a choice that does not say it",
      thing({ size: { schema: z.enum(["s", "m"]).optional() } }),
      "/** Size. */ size: 1",
      "Thing.size does not say what it is cleared to",
    ],
    [
      "a field that is cleared to what it does not take",
      thing({ size: { schema: z.enum(["s", "m"]).optional(), fresh: "l" } }),
      "/** Size. */ size: 1",
      "Thing.size cannot be cleared to its `fresh`",
    ],
    [
      "one that never leaves",
      thing({ labels: { schema: z.array(z.string()), fresh: [] } }),
      "/** Labels. */ labels: 1",
      "Thing.labels is never cleared to its `fresh`",
    ],
    [
      "a field of a kind that there is not",
      thing({
        kind: { schema: z.enum(["a", "b"]) },
        size: { schema: z.number().optional(), kinds: ["c"] },
      }),
      "/** Kind. */ kind: 1,\n/** Size. */ size: 1",
      "Thing.size belongs to c, which is no kind",
    ],
    [
      "two owners of one field's name",
      thing({}, { name: { schema: z.string() } }),
      "",
      "Thing.name is an input and an output",
    ],
  ])("%s", (_, definition, fields, fault) => {
    expect(faultsOf(definition, { ...definitions, Thing: definition }, written(...(fields ? [fields] : [])))).toEqual([
      fault,
    ]);
  });

  test("no natural key", () => {
    const definition = { ...thing({}), inputs: { name: { schema: z.string() } } };
    expect(faultsOf(definition, {}, written())).toEqual(["Thing has no natural key"]);
  });

  test("no comment over the definition", () => {
    expect(faultsOf(thing({}), {}, { "Thing.name": { text: "Name." } })).toEqual(["Thing has no comment"]);
  });
});

// golive's reading of a stack's file against the engine's own, over generated files.
import { programValues } from "@golive/cli/dist/environment/from-config.js";
import { textsOf } from "@golive/cli/dist/project/shared-config.js";
import { flattened, parseStackConfig } from "@golive/cli/dist/project/stack-config.js";
import { ownValues } from "@golive/cli/dist/project/values.js";
import { documentOf } from "@golive/cli/dist/yaml/document.js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EngineConfig, meaning } from "./engine-config";
import { fileOf } from "./yaml-files";

const seed = Number(process.env["GOLIVE_YAML_SEED"] ?? 20_261_128);
const files = Number(process.env["GOLIVE_YAML_FILES"] ?? 20);
const keys = 40;

const engine = new EngineConfig();
beforeAll(() => engine.open());
afterAll(() => engine.backend.dispose());

const stackOf = (text: string) => ({
  stack: "s",
  file: "Pulumi.s.yaml",
  exists: true,
  ...parseStackConfig(text, "Pulumi.s.yaml"),
});
/** Every key as golive reads it. */
const read = (text: string): Record<string, string> =>
  Object.fromEntries(
    textsOf(ownValues(flattened(stackOf(text)).config, "shop")).map((one) => [
      `${one.namespace}:${one.name}`,
      one.text,
    ]),
  );
const meanings = (texts: Record<string, string>) =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, meaning(text)]));

test(`golive reads ${files} generated files of ${keys} keys as the engine does (seed ${seed})`, async () => {
  let [count, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fileOf(engine.secret, keys), async (text) => {
      const said = await engine.read(text);
      if (said === undefined) return void refused++;
      count += Object.keys(said).length;
      expect(meanings(read(text))).toEqual(meanings(said));
    }),
    { numRuns: files, seed, endOnFailure: true },
  );
  console.log(
    `${count} values of ${files - refused} files; the engine itself refuses ${refused} for a key that stands twice`,
  );
  expect(count).toBe((files - refused) * keys);
  expect(refused).toBeLessThan(files / 4);
}, 600_000);

/** Words that Go's YAML, an old YAML, JSON or a shell take for something else. */
const words = fc.oneof(
  fc.constantFrom(
    "0644",
    "1_000",
    "0o17",
    "0b1",
    "2026-01-15",
    "2026-1-5 1:2:3",
    "yes",
    "null",
    "~",
    "",
    " a ",
    "a: b",
  ),
  fc.constantFrom(
    "12345678901234567890",
    ".5",
    "1e3",
    "true",
    "# a",
    "- a",
    "a\nb",
    "é",
    "[a]",
    "{a}",
    "!!str a",
    "%",
    "@",
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);

test(`what golive writes is read as it was, keys too (10 files of ${keys} keys, seed ${seed})`, async () => {
  // the engine itself cannot hold a key `<<`
  const name = words.filter((word) => word !== "<<");
  const value = fc.oneof(words, fc.array(words, { maxLength: 3 }), fc.dictionary(name, words, { maxKeys: 3 }));
  await fc.assert(
    fc.asyncProperty(fc.array(value, { minLength: keys, maxLength: keys }), async (values) => {
      const config = Object.fromEntries(values.map((one, i) => [`shop:k${i}`, one]));
      const text = documentOf({ config }).toString({ lineWidth: 0 });
      const said = await engine.read(text);
      values.forEach((one, i) => {
        const got = said![`shop:k${i}`]!;
        expect(typeof one === "string" ? got : JSON.parse(got), text).toEqual(one);
      });
    }),
    { numRuns: 10, seed, endOnFailure: true },
  );
}, 600_000);

describe("a date among names, tags and keys is the text that was written; where a time is meant it is one", () => {
  test.each<[line: string, key: string, value: unknown]>([
    ["shop:name: 2026-01-15", "name", "2026-01-15"],
    ["shop:flags: { 2026-01-15: { enabled: true } }", "flags", { "2026-01-15": { enabled: true } }],
    ["shop:tags: [2026-01-15, 2026-01-15T10:00:00Z]", "tags", ["2026-01-15", "2026-01-15T10:00:00Z"]],
    [
      "shop:keys: { k: { expiresAt: 2027-01-01 }, l: { expiresAt: 2027-01-01T10:00:00+02:00 } }",
      "keys",
      { k: { expiresAt: "2027-01-01T00:00:00Z" }, l: { expiresAt: "2027-01-01T10:00:00+02:00" } },
    ],
    ["shop:n: 0644", "n", 420],
    ["shop:n:", "n", undefined],
  ])("%s", (line, key, value) => {
    expect(programValues(stackOf(`config:\n  ${line}\n`), "shop")[key]).toEqual(value);
  });
});

// golive's reading of a stack's file against the engine's own, over generated files.
import { programValues, valuesOf } from "@golive/cli/dist/environment/from-config.js";
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

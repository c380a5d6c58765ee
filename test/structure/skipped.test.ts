// A test that does not run says why, and is counted: no other way to leave one out is in the tests.
import { expect, test } from "vitest";
import { sources, textOf } from "./sources";

const files = sources.filter((file) => file.endsWith(".test.ts") && file !== "test/structure/skipped.test.ts");
/** What leaves tests out, and the one form of it that prints the reason. */
const leaving = /\b(?:it|test|describe)(?:\.\w+)*\.(?:skip|skipIf|todo|only|runIf)\b/g;
const said = /\b(?:it|test|describe)\.skipIf\(!canRun\(/g;

test("nothing is left out but by canRun, which prints the reason", () => {
  expect(files.length).toBeGreaterThan(100);
  const count = (file: string, form: RegExp) => textOf(file).match(form)?.length ?? 0;
  expect(files.filter((file) => count(file, leaving) !== count(file, said))).toEqual([]);
  expect(files.filter((file) => count(file, said) > 0).length).toBeGreaterThan(4);
});

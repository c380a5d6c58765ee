import { execFileSync } from "node:child_process";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./sources";

/** The files that a fresh Node.js loads for a package, from the folder of a program. */
function loadedBy(name: string): string[] {
  const script = `require(${JSON.stringify(name)}); console.log(JSON.stringify(Object.keys(require.cache)))`;
  const folder = path.join(root, "examples", "go-live");
  const files = JSON.parse(
    execFileSync(process.execPath, ["-e", script], { cwd: folder, encoding: "utf8" }),
  ) as string[];
  return files.map((file) => path.relative(root, file).split(path.sep).join("/"));
}
const heavy = /(^provider\/|(^|\/)node_modules\/(zod|undici|libsql|yaml|tldts[^/]*)\/)/;

describe("what a program pays for `import` of the SDK", () => {
  test("no definitions, no zod, no HTTP client", () => {
    const files = loadedBy("@golive/pulumi");
    expect(files).toContain("sdk/dist/index.js");
    expect(files.filter((file) => heavy.test(file))).toEqual([]);
  });

  test("the list of public suffixes is loaded by who meets a `*`, not by the door", () => {
    expect(loadedBy("@golive/pulumi/door").filter((file) => /node_modules\/tldts/.test(file))).toEqual([]);
  });

  test("the door, which only the plugin process loads, has them all", () => {
    const files = loadedBy("@golive/pulumi/door").join("\n");
    for (const part of ["provider/dist/lifecycle.js", "node_modules/zod/", "node_modules/undici/"])
      expect(files).toContain(part);
  });
});

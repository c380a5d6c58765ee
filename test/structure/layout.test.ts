import ts from "typescript";
import { describe, expect, test } from "vitest";
import { filesIn, foldersIn, sources, textOf } from "./sources";

/** Every folder at the root; a new one is a decision, and is named in the layout first. */
const layout = ["bench", "cli", "docs", "examples", "provider", "rehearsal", "scripts", "sdk", "test"];
const catchAll = new Set(["utils", "util", "helpers", "helper", "common", "lib", "misc", "shared-code"]);
const longest = 300;

describe("the layout", () => {
  test("every folder at the root is in the layout", () => {
    expect(foldersIn("").filter((name) => !layout.includes(name))).toEqual([]);
  });

  test("a folder says what lives in it", () => {
    const folders = filesIn("").flatMap((file) => file.split("/").slice(0, -1));
    expect([...new Set(folders)].filter((name) => catchAll.has(name))).toEqual([]);
  });

  test(`no source file is longer than ${longest} lines`, () => {
    const lengths = sources.map((file) => [file, textOf(file).trimEnd().split("\n").length] as const);
    expect(lengths.length).toBeGreaterThan(100);
    expect(lengths.filter(([, lines]) => lines > longest)).toEqual([]);
  });
});

/** The lines of a TypeScript file that say `any`. */
function anys(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const lines: string[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword)
      lines.push(`${file}:${source.getLineAndCharacterOfPosition(node.pos).line + 1}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lines;
}

describe("no `any`", () => {
  test("in no TypeScript file", () => {
    expect(sources.filter((file) => file.endsWith("ts")).flatMap((file) => anys(file, textOf(file)))).toEqual([]);
  });

  test.each(["let a: any", "f<any>()", "const a = b as any", "type A = any[]"])("`%s` is caught", (text) => {
    expect(anys("a.ts", text)).toEqual(["a.ts:1"]);
  });
});

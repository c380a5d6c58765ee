// One table of sections: what adding one costs, and that the table says what the definitions say.
import { definitions, type Field } from "@golive/provider";
import { rowOf, sectionNames } from "@golive/provider/stage";
import { modules } from "@golive/provider/platforms/index";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { filesIn, textOf } from "./sources";

const shared = filesIn("").filter(
  (file) => /^(provider|sdk|cli)\/.*\.ts$/.test(file) && !/^provider\/platforms\/\w+\//.test(file),
);
const isSection = (word: string): boolean => (sectionNames as readonly string[]).includes(word);

/** Each place where code says a section's name: as a text, a property, or a key. Ids of the checklist's items are no sections. */
function namedIn(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isText =
      ts.isStringLiteral(node) && !(ts.isPropertyAssignment(node.parent) && node.parent.name.getText() === "id");
    if (isText && isSection(node.text)) found.push(node.text);
    // of an object that has sections: `declared.webhooks`, `live.objects.keys`, `entries.flags`
    if (ts.isPropertyAccessExpression(node) && isSection(node.name.text)) {
      const owner = node.expression
        .getText()
        .split(/[.?!]+/)
        .at(-1)!;
      if (/^(declared|entries|objects|held|inventory|config|sections)$/.test(owner)) found.push(node.getText());
    }
    // a single one may be something else, such as the flags of a project
    if (ts.isInterfaceDeclaration(node)) {
      const names = node.members.flatMap(({ name }) => (name && isSection(name.getText()) ? [name.getText()] : []));
      if (names.length > 1) found.push(...names);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true));
  return found;
}

const listed = (): string[] => {
  const text =
    textOf("CONTRIBUTING.md")
      .split(/^## /m)
      .find((part) => part.startsWith("Add a section\n")) ?? "";
  const items = text.split("\n").filter((line) => line.startsWith("- "));
  return items.flatMap((line) => [...line.matchAll(/`([\w./-]+\.\w+)`/g)].map(([, path]) => path!)).toSorted();
};

describe("what a section costs", () => {
  test("shared code names sections in the table, in types, and where an item of the checklist is about one", () => {
    const naming = shared.filter((file) => file === "provider/stage.ts" || namedIn(file).length > 0);
    expect(naming.toSorted()).toEqual(listed());
  });

  test("every file that names all of them, by whatever word", () => {
    const all = shared.filter((file) => sectionNames.every((name) => new RegExp(`\\b${name}\\b`).test(textOf(file))));
    expect(all.filter((file) => !listed().includes(file))).toEqual([]);
  });

  test("a name is noticed in each form", () => {
    expect(namedIn("sdk/stage/args.ts")).toContain("webhooks");
    expect(namedIn("cli/doctor/facts.ts")).toContain("live.objects.webhooks");
  });
});

describe("the table of sections", () => {
  test.each(sectionNames)("%s: the natural key is the definition's, and what it names are fields", (section) => {
    const { kind, key, named, filled, sole, always = [], told, compared } = rowOf(section);
    const { inputs, outputs } = definitions[kind] as {
      inputs: Record<string, Field>;
      outputs: Record<string, Field>;
    };
    const natural = Object.keys(inputs).filter((name) => inputs[name]!.key && name !== "environment");
    expect(natural).toEqual([key]);
    expect(named === undefined || named === key).toBe(true);
    const compares = compared === undefined || compared === "names" ? [] : [compared];
    const words = [...filled, ...(sole ? [sole] : []), ...always, ...compares];
    expect(words.filter((name) => !Object.hasOwn(inputs, name))).toEqual([]);
    expect(told === undefined || Object.hasOwn(outputs, told[1])).toBe(true);
    expect(filled).toContain("environment");
  });

  test("the build hands the same table to the SDK", () => {
    const { Stage } = JSON.parse(textOf("sdk/dist/shapes.json")) as { Stage: { sections: object } };
    expect(Stage.sections).toEqual(Object.fromEntries(sectionNames.map((section) => [section, rowOf(section)])));
  });

  test("a platform names sections of the table alone", () => {
    for (const { sections } of modules) expect(sections.filter((name) => !isSection(name))).toEqual([]);
  });
});

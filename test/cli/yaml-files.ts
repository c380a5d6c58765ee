// Stack files as people and tools write them: every form of scalar, keys of every kind, anchors and merge keys.
import fc from "fast-check";
import { keyText, parseYaml } from "@golive/cli/dist/yaml/document.js";

const words = `
  0644 01234 017 09 08.5 1_000 1__0 _1 0o17 0o8 0b1 0b12 0x1F 0x 0_7 12345678901234567890 9007199254740993
  -9223372036854775808 18446744073709551616 99999999999999999999999 1.0 1.5 .5 -.5 5. 1e3 1e21 1e-7 1e999 1.5e+3
  -0 -0.0 +1 +0644 -0x1f .e5 yes No on OFF y n true True TRUE tRUE false null Null NULL ~ nil 2026-01-15
  2026-1-5 2026-02-30 2026-13-01 2026-01-15T10:00:00Z 2026-01-15t1:2:3.50+02:00 2026-01-15T10:00:00 12:30:45 web
  a-b é 日本 org_1 v1.2.3 1.2.3 0.0.0.0 $x user@example.com https://a.test/x`;
const plain = [
  ...words.trim().split(/\s+/),
  "2026-01-15 10:00:00",
  "2026-01-15 10:00:00.123456789",
  "2026-01-15 10:00:00Z",
  "a b",
];
const quoted = [
  "",
  " ",
  "a: b",
  "# a",
  "- a",
  "*a",
  "&a",
  "!a",
  "{a}",
  "[a]",
  "%a",
  "@a",
  "`a`",
  "it's",
  'say "x"',
  "a\\b",
];
const numeric = fc.stringMatching(/^[-+]?[0-9][0-9_.eExXoObB-]{0,9}$/).filter((text) => !/^[-+]?$/.test(text));

const single = (text: string): string => `'${text.replaceAll("'", "''")}'`;
/** A scalar as text; what the engine refuses altogether is left out. */
const scalar: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...plain) },
  { weight: 3, arbitrary: numeric },
  { weight: 2, arbitrary: fc.constantFrom(...plain, ...quoted).map((text) => JSON.stringify(text)) },
  { weight: 1, arbitrary: fc.constantFrom(...plain, ...quoted).map(single) },
  { weight: 1, arbitrary: fc.constantFrom("!!str 0644", "!!float 1", "!!str 2026-01-15", "!!int 017") },
);

type Tree =
  | { readonly kind: "scalar" | "secret" | "alias"; readonly text: string }
  | { readonly kind: "list"; readonly flow: boolean; readonly items: readonly Tree[] }
  | {
      readonly kind: "map";
      readonly flow: boolean;
      readonly merge: string | undefined;
      readonly pairs: readonly (readonly [key: string, value: Tree])[];
    };

const unique = { selector: ([key]: readonly [string, unknown]) => keyText(keyOf(key)) };
const keyOf = (text: string) => {
  const map = parseYaml(`${text}: 1`).contents as unknown as { items: { key: unknown }[] };
  return map.items[0]!.key;
};
const key = scalar.filter((text) => !text.startsWith("!!") && text.length < 40);

/** Values of any form. `secret` is an encrypted text, `anchors` name maps that may be merged. */
export const treeOf = (secret: string, anchors: readonly string[]): fc.Arbitrary<Tree> =>
  fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, depthSize: "small", withCrossShrink: true },
      { weight: 8, arbitrary: scalar.map((text): Tree => ({ kind: "scalar", text })) },
      { weight: secret === "" ? 0 : 1, arbitrary: fc.constant<Tree>({ kind: "secret", text: secret }) },
      ...(anchors.length > 0
        ? [
            {
              weight: 2,
              arbitrary: fc.constantFrom(...anchors).map((name): Tree => ({ kind: "alias", text: `*${name}` })),
            },
          ]
        : []),
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant("list" as const),
          flow: fc.boolean(),
          items: fc.array(tie("tree"), { maxLength: 4 }),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant("map" as const),
          flow: fc.boolean(),
          merge:
            anchors.length > 0 ? fc.constantFrom(undefined, undefined, ...mergesOf(anchors)) : fc.constant(undefined),
          pairs: fc.uniqueArray(fc.tuple(key, tie("tree")), { maxLength: 4, ...unique }),
        }),
      },
    ),
  })).tree;
const mergesOf = (anchors: readonly string[]): string[] => [
  ...anchors.map((name) => `*${name}`),
  `[${anchors.map((name) => `*${name}`).join(", ")}]`,
];

/** A tree as text that follows a key. `at` is the column of the lines below it. */
export function textOf(tree: Tree, at: number, inFlow = false): string {
  if (tree.kind === "secret") return inFlow ? ` { secure: ${tree.text} }` : `\n${" ".repeat(at)}secure: ${tree.text}`;
  if (tree.kind !== "list" && tree.kind !== "map") return ` ${tree.text}`;
  const merge = tree.kind === "map" && tree.merge !== undefined ? [`<<: ${tree.merge}`] : [];
  const isFlow = inFlow || tree.flow || (tree.kind === "list" ? tree.items : [...tree.pairs, ...merge]).length === 0;
  if (isFlow)
    return tree.kind === "list"
      ? ` [${tree.items.map((item) => textOf(item, at, true)).join(",")} ]`
      : ` { ${[...merge, ...tree.pairs.map(([name, value]) => `${name}:${textOf(value, at, true)}`)].join(", ")} }`;
  const line = `\n${" ".repeat(at)}`;
  if (tree.kind === "list") return tree.items.map((item) => `${line}-${textOf(item, at + 2)}`).join("");
  return [
    ...merge.map((text) => `${line}${text}`),
    ...tree.pairs.map(([name, value]) => `${line}${name}:${textOf(value, at + 2)}`),
  ].join("");
}

/** A file of many keys, with anchors that they lean on. */
export const fileOf = (secret: string, count: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      treeMap(secret, []),
      treeMap(secret, ["b0"]),
      fc.array(treeOf(secret, ["b0", "b1"]), { minLength: count, maxLength: count }),
      fc.constantFrom("\n", "\n", "\r\n"),
    )
    .map(([first, second, trees, ending]) => {
      const values = trees.map((tree, i) => `  shop:k${i}:${textOf(tree, 4)}\n`).join("");
      return `x-b0: &b0${textOf(first, 2)}\nx-b1: &b1${textOf(second, 2)}\nconfig:\n${values}`.replaceAll("\n", ending);
    });
const treeMap = (secret: string, anchors: readonly string[]): fc.Arbitrary<Tree> =>
  fc.record({
    kind: fc.constant("map" as const),
    flow: fc.constant(true),
    merge: anchors.length > 0 ? fc.constantFrom(undefined, ...mergesOf(anchors)) : fc.constant(undefined),
    pairs: fc.uniqueArray(fc.tuple(key, treeOf(secret, [])), { minLength: 1, maxLength: 4, ...unique }),
  });

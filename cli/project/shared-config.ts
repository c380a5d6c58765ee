// Config in Pulumi.yaml, which every stack has that does not say otherwise.
import { isMap, isScalar, isSeq, type Pair, type YAMLMap } from "yaml";
import { isBranch, keyOf, type Key, splitKey, textOf, type Tree, treeOf } from "./values";

/** A value of Pulumi.yaml at a key, or below one. */
export interface Shared extends Key {
  /** What the key is called, and the path below it. */
  readonly path: readonly (string | number)[];
  readonly tree: Tree;
}
/** What Pulumi.yaml says of config: its values, and keys that have to be secrets. */
export interface SharedConfig {
  readonly values: readonly Shared[];
  readonly secrets: readonly Key[];
}

/** A path as `pulumi config set --path` takes it. */
export function pathOf(written: string): (string | number)[] {
  const steps = written.matchAll(/\["((?:\\"|[^"])*)"\]|\[(\d+)\]|\.?([^.[]+)/g);
  return [...steps].map(([, quoted, index, name]) =>
    quoted !== undefined ? quoted.replaceAll('\\"', '"') : index !== undefined ? Number(index) : name!,
  );
}

/** The value of a declaration: of the project's own keys a default, of others a value; a value alone is short for it. */
function declared(node: unknown): unknown {
  if (!isMap(node)) return node;
  // Pulumi lets the default win where both are there, and refuses that later
  return node.get("default", true) ?? node.get("value", true);
}
const isValue = (node: unknown): boolean =>
  isMap(node) || isSeq(node) || (isScalar(node) && node.value !== null && node.value !== undefined);
/** What only a deploy from code would tell apart: a text, a whole number or a truth stands as it is, all else as JSON. */
function heldAs(node: unknown): Tree {
  const tree = treeOf(node, ({ iso }) => iso);
  return typeof tree === "string" && isScalar(node) && typeof node.value !== "string" ? JSON.stringify(tree) : tree;
}

/** The `config` of Pulumi.yaml, flat. In the order in which Pulumi applies it. */
export function sharedConfig(config: YAMLMap, project: string): SharedConfig {
  const all = (config.items as Pair[])
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map((pair) => {
      const { namespace, name } = splitKey(keyOf(pair), project);
      const [root = "", ...path] = pathOf(name);
      return { pair, namespace, name: String(root), path };
    });
  return {
    values: all.flatMap(({ pair, ...key }) => {
      const value = declared(pair.value);
      return isValue(value) ? [{ ...key, tree: heldAs(value) }] : [];
    }),
    secrets: all.flatMap(({ pair: { value }, ...key }) =>
      isMap(value) && value.has("type") && value.get("secret") === true ? [key] : [],
    ),
  };
}

const at = (tree: Tree | undefined, path: readonly (string | number)[]): Tree | undefined =>
  path.length === 0 || tree === undefined || tree === null || typeof tree !== "object"
    ? path.length === 0
      ? tree
      : undefined
    : at((tree as Record<string | number, Tree>)[path[0]!], path.slice(1));

/** A text below a key is what it looks like. */
const coerced = (tree: Tree): Tree =>
  typeof tree === "string" && /^(true|false|-?[1-9]\d*|0)$/.test(tree) ? (JSON.parse(tree) as Tree) : tree;

function withAt(tree: Tree | undefined, [step, ...rest]: readonly (string | number)[], value: Tree): Tree | undefined {
  if (step === undefined) return value;
  if (typeof step === "number") {
    const list = tree === undefined ? [] : tree;
    if (!Array.isArray(list) || step > list.length) return undefined;
    const inner = withAt(list[step] as Tree, rest, value);
    return inner === undefined ? undefined : (list.toSpliced(step, 1, inner) as Tree);
  }
  if (tree !== undefined && !isBranch(tree)) return undefined;
  const inner = withAt(tree?.[step], rest, value);
  return inner === undefined ? undefined : { ...tree, [step]: inner };
}

/** The text of every key: of the stack itself, and of Pulumi.yaml what the stack does not say. */
export function textsOf(
  own: readonly (Key & { readonly tree: Tree })[],
  shared: readonly Shared[] = [],
): (Key & { readonly text: string })[] {
  const all = own.map((one) => ({ ...one }));
  for (const { namespace, name, path, tree } of shared) {
    const there = all.find((key) => key.namespace === namespace && key.name === name);
    if (at(there?.tree, path) !== undefined) continue;
    const next = withAt(there?.tree, path, path.length > 0 ? coerced(tree) : tree);
    if (next === undefined) continue;
    if (there) there.tree = next;
    else all.push({ namespace, name, tree: next });
  }
  return all.map(({ namespace, name, tree }) => ({ namespace, name, text: textOf(tree) }));
}

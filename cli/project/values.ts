// What config means: the text that the engine hands to a program, of each key.
import { isMap, isScalar, isSeq, type Pair, type YAMLMap } from "yaml";
import { keyText } from "../yaml/document";
import { Time } from "../yaml/time";

/** Stands for a value that golive does not print. */
export const SECRET = "[secret]";

/** A value of config; a secret in it is {@link SECRET}. */
export type Tree = null | boolean | number | bigint | string | readonly Tree[] | { readonly [key: string]: Tree };
type Timed = (time: Time) => string;

export const keyOf = ({ key }: Pair): string => keyText(key);

/** An encrypted value: a map of `secure` alone, which is a text. Nothing else is one to Pulumi. */
export const isSecure = (node: unknown): boolean => {
  if (!isMap(node) || node.items.length !== 1) return false;
  const [{ key, value } = {}] = node.items as Pair[];
  return keyText(key) === "secure" && isScalar(value) && typeof value.value === "string";
};

/** The value of a flat node. */
export function treeOf(node: unknown, timed: Timed = ({ text }) => text): Tree {
  if (isSecure(node)) return SECRET;
  if (isMap(node))
    return Object.fromEntries((node.items as Pair[]).map((pair) => [keyOf(pair), treeOf(pair.value, timed)]));
  if (isSeq(node)) return node.items.map((item) => treeOf(item, timed));
  const value: unknown = isScalar(node) ? node.value : node;
  if (value instanceof Time) return timed(value);
  return (value ?? null) as Tree;
}

const isList = (tree: Tree): tree is readonly Tree[] => Array.isArray(tree);
export const isBranch = (tree: Tree | undefined): tree is { readonly [key: string]: Tree } =>
  typeof tree === "object" && tree !== null && !isList(tree);

/** JSON with whole numbers as they are, as long as they have 64 bits and a sign: beyond, the engine rounds. */
export function jsonOf(tree: Tree): string {
  if (typeof tree === "bigint") return tree < 2n ** 63n ? String(tree) : String(Number(tree));
  if (isBranch(tree))
    return `{${Object.entries(tree)
      .map(([key, value]) => `${JSON.stringify(key)}:${jsonOf(value)}`)
      .join(",")}}`;
  return typeof tree === "object" && tree !== null ? `[${tree.map(jsonOf).join(",")}]` : JSON.stringify(tree);
}

/** What a program reads under a key: a text as it is, of no value an empty one, of all else its JSON. */
export const textOf = (tree: Tree): string =>
  tree === null ? "" : typeof tree === "object" ? jsonOf(tree) : String(tree);

/** As JSON would give it back. */
export const plainOf = (node: unknown): unknown => JSON.parse(jsonOf(treeOf(node))) as unknown;

export interface Key {
  readonly namespace: string;
  readonly name: string;
}
/** `go-live:flags` as project and name, `go-live:config:flags` too; a key without a project belongs to this one. */
export function splitKey(key: string, project: string): Key {
  const [namespace = "", ...rest] = key.split(":");
  if (rest.length === 0) return { namespace: project, name: key };
  return { namespace, name: rest.length === 2 && rest[0] === "config" ? rest[1]! : rest.join(":") };
}

/** Every key of a stack's own config, flat. */
export const ownValues = (config: YAMLMap | undefined, project: string): (Key & { readonly tree: Tree })[] =>
  ((config?.items ?? []) as Pair[]).map((pair) => ({ ...splitKey(keyOf(pair), project), tree: treeOf(pair.value) }));

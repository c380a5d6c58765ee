// Anchors, aliases and merge keys in full: what Go reads, and what may be copied, since an alias means nothing in another file.
import { GoliveError } from "@golive/provider/errors";
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { keyText, nodeOf } from "./document";

/** More nodes than a file of config has: aliases of aliases grow without end. */
const MOST = 100_000;
const DEEPEST = 200;
const endless = () => new GoliveError("the aliases of this file grow beyond measure", "Write it without.");

export const isMerge = ({ key }: Pair): boolean =>
  isScalar(key) && typeof key.value === "symbol" && key.value.description === "<<";

/** What an alias stands for. */
export function resolved(node: unknown, document: Document): Node | undefined {
  if (!isAlias(node)) return (node ?? undefined) as Node | undefined;
  const found = node.resolve(document) as Node | undefined;
  if (found) return found;
  throw new GoliveError(`the alias *${node.source} has no anchor`, "Define it before it is used.");
}

/** The maps that a map inherits from, the nearest first. */
function sourcesOf(map: YAMLMap, document: Document): YAMLMap[] {
  return (map.items as Pair[]).filter(isMerge).flatMap(({ value }) => {
    const source = resolved(value, document);
    const all = isSeq(source) ? source.items.map((item) => resolved(item, document)) : [source];
    return all.map((one) => {
      if (isMap(one)) return one;
      throw new GoliveError("`<<` merges something that is no map", "Name an anchor of a map, or a list of such.");
    });
  });
}

/**
 * What Go makes of an inherited key: into a map whose own keys are all texts it comes as it was written, and one without a
 * value not at all.
 */
function inheritedKey(key: unknown, isOfTexts: boolean): Node | undefined {
  const value: unknown = isScalar(key) ? key.value : key;
  if (!isOfTexts || typeof value === "string") return key as Node;
  return value === null || value === undefined ? undefined : nodeOf(isScalar(key) ? key.source : value);
}

/** Every pair that a map inherits, from near and far, the nearest first. */
const inheritedBy = (map: YAMLMap, document: Document, depth = 0): Pair[] => {
  if (depth > DEEPEST) throw endless();
  return sourcesOf(map, document).flatMap((source) => [
    ...(source.items as Pair[]).filter((pair) => !isMerge(pair)),
    ...inheritedBy(source, document, depth + 1),
  ]);
};

/** The pairs of a map, its own first and then what it inherits. */
export function pairsOf(map: YAMLMap, document: Document): { readonly pair: Pair; readonly isOwn: boolean }[] {
  const own = (map.items as Pair[]).filter((pair) => !isMerge(pair));
  const found = own.map((pair) => ({ pair, isOwn: true }));
  const keys = own.map(({ key }) => resolved(key, document));
  const names = new Set(keys.map(keyText));
  const isOfTexts = keys.every((key) => isScalar(key) && typeof key.value === "string");
  for (const pair of inheritedBy(map, document)) {
    const key = inheritedKey(resolved(pair.key, document), isOfTexts);
    if (key === undefined || names.has(keyText(key))) continue;
    names.add(keyText(key));
    found.push({ pair: new Pair(key, pair.value), isOwn: false });
  }
  return found;
}

/** A copy of a node that leans on nothing outside it. */
export function flat<N extends Node>(node: N, document: Document): N {
  let count = 0;
  let depth = 0;
  const copy = (one: Node | null | undefined): Node | null => {
    if (++count > MOST || depth > DEEPEST) throw endless();
    depth++;
    const own = copyOf(one);
    depth--;
    return own;
  };
  const copyOf = (one: Node | null | undefined): Node | null => {
    const real = resolved(one, document);
    if (!real) return null;
    const own = shallow(real);
    if (isMap(own)) own.items = pairsIn(real as YAMLMap);
    else if (isSeq(own)) own.items = (real as YAMLSeq<Node>).items.map(copy);
    return own;
  };
  const copyPair = ({ key, value }: Pair): Pair => new Pair(copy(key as Node), copy(value as Node | null));
  /** What is inherited stands where the merge key does. */
  const pairsIn = (map: YAMLMap): Pair[] => {
    const all = pairsOf(map, document);
    const inherited = all.filter(({ isOwn }) => !isOwn).map(({ pair }) => copyPair(pair));
    let isFirst = true;
    return (map.items as Pair[]).flatMap((pair) => {
      if (!isMerge(pair)) return [copyPair(pair)];
      const here = isFirst ? inherited : [];
      isFirst = false;
      return here;
    });
  };
  return copy(node) as never;
}

/** A node's own part, without the anchor that others name it by and without its place in the text. */
function shallow(node: Node): Node & { items?: unknown } {
  const fresh = isMap(node)
    ? new YAMLMap()
    : isSeq(node)
      ? new YAMLSeq()
      : isScalar(node)
        ? new Scalar(null)
        : undefined;
  const { anchor, range, items, ...rest } = node as Node & { anchor?: string; items?: unknown };
  return fresh ? Object.assign(fresh, rest) : (node.clone() as Node);
}

// Anchors, aliases and merge keys in full: what Go reads, and what may be copied, since an alias means nothing in another file.
import { GoliveError } from "@golive/provider/errors";
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import { keyText } from "./document";

/** More nodes than a file of config has: aliases of aliases grow without end. */
const MOST = 100_000;

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

/** The pairs of a map, its own first and then what it inherits. */
export function pairsOf(map: YAMLMap, document: Document): { readonly pair: Pair; readonly isOwn: boolean }[] {
  const own = (map.items as Pair[]).filter((pair) => !isMerge(pair));
  const found = own.map((pair) => ({ pair, isOwn: true }));
  const names = new Set(own.map(({ key }) => keyText(key)));
  for (const source of sourcesOf(map, document))
    for (const { pair } of pairsOf(source, document)) {
      const name = keyText(resolved(pair.key, document));
      if (names.has(name)) continue;
      names.add(name);
      found.push({ pair, isOwn: false });
    }
  return found;
}

/** A copy of a node that leans on nothing outside it. */
export function flat<N extends Node>(node: N, document: Document): N {
  let count = 0;
  const copy = (one: Node | null | undefined): Node | null => {
    if (++count > MOST) throw new GoliveError("the aliases of this file grow beyond measure", "Write it without.");
    const real = resolved(one, document);
    if (!real) return null;
    const own = shallow(real);
    if (isMap(own)) own.items = pairsIn(real as YAMLMap);
    else if (isSeq(own)) own.items = (real as YAMLSeq<Node>).items.map(copy);
    return own;
  };
  const copyPair = (pair: Pair): Pair => {
    const own = pair.clone();
    own.key = copy(pair.key as Node);
    own.value = copy(pair.value as Node | null);
    return own;
  };
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

/** A node's own part, without the anchor that others name it by. */
function shallow(node: Node): Node {
  const isList = isMap(node) || isSeq(node);
  const items = isList ? node.items : undefined;
  if (isList) node.items = [];
  try {
    const copy = node.clone() as Node & { anchor?: string };
    delete copy.anchor;
    return copy;
  } finally {
    if (isList) node.items = items as never;
  }
}

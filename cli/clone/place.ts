// Where a value of production stands: in its own lines, or by way of an anchor, a merge key or a text of JSON.
import { isAlias, isMap, isNode, isScalar, isSeq, type Node, Pair, type Scalar, visit, type YAMLMap } from "yaml";
import { type Edit, TextEdit } from "../project/edit";
import { JsonEdit } from "../project/edit-json";
import { parseStackConfig, splitKey, type StackConfig } from "../project/stack-config";
import { keyText, nodeOf, parseYaml } from "../yaml/document";
import { flat, pairsOf, resolved } from "../yaml/flat";

export interface ConfigNode {
  readonly key: string;
  /** The value in full. */
  readonly value: Node | null;
  /** The value's own node, where it stands here and can be written into; without, it has to be written out first. */
  readonly own: Node | undefined;
  /** Keys from `config:` on. */
  readonly path: readonly string[];
  /** Whether another place of the file is the same by an anchor: what comes to one comes to both. */
  readonly isShared: boolean;
}

/** A text that means a map: `pulumi config set applications '{…}'`. */
export function mapOfText(node: unknown): YAMLMap | undefined {
  if (!isScalar(node) || typeof node.value !== "string" || !node.value.trim().startsWith("{")) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(node.value) as unknown;
  } catch {
    return undefined;
  }
  // YAML's reading keeps numbers as they are written
  const document = parseYaml(node.value);
  const map: unknown = document.errors.length === 0 ? document.contents : nodeOf(value);
  return isMap(map) ? asWritten(map) : undefined;
}

/** JSON in the form in which people write YAML: an entry and a field a line. */
function asWritten(map: YAMLMap, depth = 0): YAMLMap {
  map.flow = depth > 1;
  for (const { key, value } of map.items as Pair[]) {
    for (const node of [key, value]) if (isScalar(node) && typeof node.value === "string") delete node.type;
    if (isMap(value)) asWritten(value, depth + 1);
  }
  return map;
}

/** Whether a value says nothing, so that what is missing can stand there. */
export const saysNothing = (node: unknown): node is Scalar =>
  isScalar(node) && (node.value === null || node.value === "");
/** Whether it stands there without a sign: `web:`, below which lines can follow. */
const isBare = (node: unknown): boolean => isScalar(node) && node.value === null && (node.source ?? "") === "";

/** Whether something can be added where it stands: below what is bare only in lines. */
const isWritable = (node: unknown, isInLine: boolean): node is Node =>
  isMap(node) || isSeq(node) || (isBare(node) && !isInLine);

/** Whether a node is called by its anchor somewhere in the file. */
function isAliased(document: StackConfig["document"], node: unknown): boolean {
  const anchor = isNode(node) && !isAlias(node) ? (node as { anchor?: string }).anchor : undefined;
  if (anchor === undefined) return false;
  let found = false;
  visit(document, { Alias: (_, { source }) => (source === anchor ? ((found = true), visit.BREAK) : undefined) });
  return found;
}

type Around = Omit<ConfigNode, "key">;
/** `around` is the map that the pair itself stands in, or one that inherits it. */
function configNode(document: StackConfig["document"], pair: Pair, isOwn: boolean, around: Around): ConfigNode {
  const real = resolved(pair.value, document);
  const value = real ? flat(real, document) : null;
  const isInLine = isMap(around.own) && around.own.flow === true;
  const own = isOwn && !isAlias(pair.value) && isWritable(pair.value, isInLine) ? pair.value : undefined;
  const key = keyText(resolved(pair.key, document));
  const isShared = own !== undefined && (around.isShared || isAliased(document, own));
  return { key, value, own, path: [...around.path, key], isShared };
}

/** What stands in a map of production, inherited or not. */
export function membersOf({ document }: StackConfig, around: Around): ConfigNode[] {
  const { own, value } = around;
  if (isMap(own)) return pairsOf(own, document).map(({ pair, isOwn }) => configNode(document, pair, isOwn, around));
  return isMap(value) ? (value.items as Pair[]).map((pair) => configNode(document, pair, false, around)) : [];
}

/** Every key of production's config. */
export const keysOf = (production: StackConfig): ConfigNode[] =>
  production.config
    ? membersOf(production, { own: production.config, value: production.config, path: [], isShared: false })
    : [];

export const findKey = (all: readonly ConfigNode[], project: string, key: string): ConfigNode | undefined => {
  const wanted = splitKey(key, project);
  return all.find((held) => {
    const { namespace, name } = splitKey(held.key, project);
    return namespace === wanted.namespace && name === wanted.name;
  });
};

export const isJson = ({ file }: StackConfig): boolean => file.endsWith(".json");
/** A new edit of a stack's file. */
export const editOf = (stack: StackConfig): Edit => (isJson(stack) ? new JsonEdit(stack) : new TextEdit(stack));

/** Production with the value at a path written out in its own lines, or the nearest value around it that is not yet. */
export function writtenOut(production: StackConfig, path: readonly string[]): StackConfig {
  const edit = editOf(production);
  let map = production.config!;
  for (const key of path) {
    const found = pairsOf(map, production.document).find(
      ({ pair }) => keyText(resolved(pair.key, production.document)) === key,
    )!;
    const { pair, isOwn } = found;
    const value = pair.value as Node | null;
    if (isOwn && isMap(value)) {
      map = value;
      continue;
    }
    const real = resolved(value, production.document);
    const full: Node =
      mapOfText(real) ?? (saysNothing(real) ? nodeOf({}) : flat(real ?? nodeOf({}), production.document));
    if (isOwn && value) edit.replaceValue(map, pair, full);
    else {
      if (isMap(full)) full.flow = map.flow === true;
      edit.addPair(map, new Pair(nodeOf(key), full));
    }
    break;
  }
  return { ...production, ...parseStackConfig(edit.apply(), production.file) };
}

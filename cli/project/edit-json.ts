import { type Document, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, YAMLMap, type YAMLSeq } from "yaml";
import { nodeOf } from "../yaml/document";
import type { Edit } from "./edit";
import { keyOf, type StackConfig } from "./stack-config";

/** Additions to a stack's config in JSON, which holds no comments: what waits for an answer stands in the plan alone. */
export class JsonEdit implements Edit {
  readonly #steps: (() => void)[] = [];

  constructor(private readonly target: Pick<StackConfig, "text" | "document" | "config">) {}

  get isEmpty(): boolean {
    return this.#steps.length === 0;
  }

  addPair(map: YAMLMap | Scalar | undefined, pair: Pair, after?: string): void {
    this.#steps.push(() => {
      const target = isMap(map) ? map : map ? this.#inPlaceOf(map) : this.#config();
      const at = after === undefined ? -1 : target.items.findIndex((item) => keyOf(item) === after);
      target.items.splice(at < 0 ? target.items.length : at + 1, 0, pair);
    });
  }
  addItem(seq: YAMLSeq<Node>, item: Node): void {
    this.#steps.push(() => seq.items.push(item));
  }
  replaceValue(_: YAMLMap, pair: Pair, value: Node): void {
    this.#steps.push(() => (pair.value = value));
  }
  addComment(): void {
    // there is no place for one
  }
  removePlaceholder(): boolean {
    return false;
  }

  apply(): string {
    if (this.isEmpty) return this.target.text;
    for (const step of this.#steps.splice(0)) step();
    const indentation = /\n([ \t]+)"/.exec(this.target.text)?.[1] ?? "    ";
    return `${jsonText(this.#root(), indentation, "\n")}\n`;
  }

  #root(): YAMLMap {
    const document = this.target.document as Document<Node>;
    if (isMap(document.contents)) return document.contents;
    return (document.contents = new YAMLMap()) as YAMLMap;
  }
  #config(): YAMLMap {
    const root = this.#root();
    const found: unknown = root.get("config", true);
    if (isMap(found)) return found;
    const map = new YAMLMap();
    root.set(nodeOf("config"), map);
    return map;
  }
  /** A map where nothing stood. */
  #inPlaceOf(nothing: Scalar): YAMLMap {
    const map = new YAMLMap();
    const put = (node: unknown): void => {
      if (!isMap(node)) return;
      for (const pair of node.items as Pair[]) {
        if (pair.value === nothing) pair.value = map;
        else put(pair.value);
      }
    };
    put(this.#root());
    return map;
  }
}

/** A node as JSON, its keys in their order. */
function jsonText(node: unknown, step: string, line: string): string {
  const inner = line + step;
  if (isMap(node))
    return enclosed(
      "{}",
      (node.items as Pair[]).map((pair) => `${JSON.stringify(keyOf(pair))}: ${jsonText(pair.value, step, inner)}`),
    );
  if (isSeq(node))
    return enclosed(
      "[]",
      node.items.map((item) => jsonText(item, step, inner)),
    );
  const value: unknown = isScalar(node) ? node.value : node;
  return typeof value === "bigint" ? String(value) : JSON.stringify(value ?? null);

  function enclosed(signs: string, parts: readonly string[]): string {
    return parts.length === 0 ? signs : `${signs[0]}${inner}${parts.join(`,${inner}`)}${line}${signs[1]}`;
  }
}

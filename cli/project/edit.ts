import {
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  type Node,
  type Pair,
  type Scalar,
  visit,
  YAMLMap,
  YAMLSeq,
} from "yaml";
import { commentsOf, placeholderAt, withSafeComments } from "./comments";
import { withoutCredentials } from "../credentials";
import { documentOf } from "../yaml/document";
import { keyOf, type StackConfig } from "./stack-config";

interface Insertion {
  readonly at: number;
  readonly remove: number;
  readonly text: string;
  /** Where its lines begin; of one position the deepest comes first. */
  readonly column: number;
}

/** Additions to a stack's config. */
export interface Edit {
  readonly isEmpty: boolean;
  /** Adds to a map, after its entry `after` or last; below a key without a value. Without either: to the stack's config itself. */
  addPair(map: YAMLMap | Scalar | undefined, pair: Pair, after?: string): void;
  addItem(seq: YAMLSeq<Node>, item: Node): void;
  /** Leaves a comment at the end of a map: on lines of their own, or behind a map that stands in one line. */
  addComment(map: YAMLMap | Scalar | undefined, text: string): void;
  /** Writes another value in the place of a pair's, which is an alias or a scalar. */
  replaceValue(map: YAMLMap, pair: Pair, value: Node): void;
  /** Takes out the placeholder of a key or of a list's member. Answers whether there was one on lines of its own. */
  removePlaceholder(node: Node, begins: string): boolean;
  /** The file as it would be. */
  apply(): string;
}

/**
 * Additions to a stack's config as edits of its text: what people wrote there, with its comments, order and form, stays
 * byte by byte as it is.
 */
export class TextEdit implements Edit {
  readonly #insertions: Insertion[] = [];
  readonly #top: string[] = [];
  /** Empty collections that got their first member. */
  readonly #begun = new Set<YAMLMap | YAMLSeq>();

  constructor(private readonly target: Pick<StackConfig, "text" | "document" | "config">) {}

  get isEmpty(): boolean {
    return this.#insertions.length === 0 && this.#top.length === 0;
  }

  addPair(map: YAMLMap | Scalar | undefined, added: Pair, after?: string): void {
    const pair = withSafeComments(added);
    if (isScalar(map)) this.#insert(this.#endOfLine(map.range![0]), rendered(mapOf([pair])), this.#below(map));
    else if (!map || (map === this.target.config && map.items.length === 0)) this.#top.push(rendered(mapOf([pair])));
    else if (map.flow || map.items.length === 0) {
      this.#intoFlow(map, flowText(mapOf([pair])));
      const comments = commentsOf(pair.value as Node).map((line) => line.trim());
      if (comments.length > 0) this.addComment(map, comments.join(" "));
    } else {
      const sibling =
        (after === undefined ? undefined : map.items.find((item) => keyOf(item) === after)) ?? map.items.at(-1)!;
      this.#insert(this.#after(map, sibling), rendered(mapOf([pair])), this.#column(map));
    }
  }

  addItem(seq: YAMLSeq<Node>, item: Node): void {
    const list = new YAMLSeq<Node>();
    list.items = [withSafeComments(item)];
    const last = seq.items.at(-1);
    if (seq.flow || !last) this.#intoFlow(seq, flowText(list));
    else {
      const at = this.target.text.lastIndexOf("-", last.range![0]);
      this.#insert(this.#endOf(last), rendered(list), this.#columnOf(at));
    }
  }

  addComment(map: YAMLMap | Scalar | undefined, comment: string): void {
    const text = withoutCredentials(comment);
    const lines = text.split("\n").map((line) => `# ${line}\n`);
    if (isScalar(map)) this.#insert(this.#endOfLine(map.range![0]), lines.join(""), this.#below(map));
    else if (!map || (map === this.target.config && map.items.length === 0)) this.#top.push(lines.join(""));
    else if (map.flow || map.items.length === 0) {
      const next = this.#endOfLine(map.range![1]);
      const ending = /\r?\n$/.exec(this.target.text.slice(0, next))?.[0] ?? "";
      this.#insert(next - ending.length, ` # ${text.replaceAll("\n", " ")}`);
    } else this.#insert(this.#after(map, map.items.at(-1)!), lines.join(""), this.#column(map));
  }

  replaceValue(map: YAMLMap, pair: Pair, by: Node): void {
    const value = withSafeComments(by);
    const { text } = this.target;
    const [start, end] = (pair.value as Node).range!;
    const isEmpty = !isCollection(value) || value.items.length === 0;
    if (map.flow) {
      const gap = /\s$/.test(text.slice(0, start)) ? "" : " ";
      this.#insertions.push({ at: start, remove: end - start, text: `${gap}${inFlow(value)}`, column: 0 });
      return;
    }
    if (isCollection(value)) value.flow = false;
    // what is empty leaves its key bare, and lines can follow
    const lines = isEmpty ? "" : indented(rendered(value as YAMLMap), this.#column(map) + 2);
    const gap = start - text.slice(0, start).trimEnd().length;
    const isLong = text.slice(start, end).includes("\n");
    this.#insertions.push({ at: start - gap, remove: end - start + gap, text: isLong ? lines || "\n" : "", column: 0 });
    if (!isLong) {
      // a comment behind it stays where it is
      if (lines !== "") this.#insert(this.#endOfLine(end), lines, 0);
    }
  }

  removePlaceholder(node: Node, begins: string): boolean {
    const [start, , end] = node.range!;
    const first = this.#endOfLine(start);
    const lines = this.target.text.slice(first, this.#endOfLine(end)).match(/.*\n|.+$/g) ?? [];
    const found = placeholderAt(lines, begins);
    if (!found) return false;
    const before = lines.slice(0, found.from).join("").length;
    const { length } = lines.slice(found.from, found.to).join("");
    this.#insertions.push({ at: first + before, remove: length, text: "", column: -1 });
    return true;
  }

  apply(): string {
    let { text } = this.target;
    const ending = text.includes("\r\n") ? "\r\n" : "\n";
    for (const { at, remove, text: added } of this.#ordered()) {
      const lines = at > 0 && text[at - 1] !== "\n" && added.endsWith("\n") ? `\n${added}` : added;
      text = `${text.slice(0, at)}${lines.replaceAll("\n", ending)}${text.slice(at + remove)}`;
    }
    return text;
  }

  /** From the end, so that earlier positions hold; of one position the last first. */
  #ordered() {
    const top = this.#top.length > 0 ? this.#topInsertions() : [];
    return [...this.#insertions, ...top]
      .map((insertion, order) => ({ ...insertion, order }))
      .toSorted((a, b) => b.at - a.at || a.column - b.column || b.order - a.order);
  }

  #topInsertions(): Insertion[] {
    const { document, text } = this.target;
    const added = indented(this.#top.join(""), 2);
    const pair = isMap(document.contents)
      ? document.contents.items.find((item) => keyOf(item) === "config")
      : undefined;
    const end = document.range?.[2] ?? text.length;
    if (!pair || !isScalar(pair.key)) return [{ at: end, remove: 0, text: `config:\n${added}`, column: 0 }];
    const value = this.target.config?.range;
    if (value) {
      const at = text.slice(0, value[0]).trimEnd().length;
      return [{ at, remove: value[1] - at, text: `\n${added.trimEnd()}`, column: 0 }];
    }
    const nothing = isScalar(pair.value) ? pair.value.range! : pair.key.range!;
    const at = text.slice(0, nothing[0]).trimEnd().length;
    return [
      ...(isScalar(pair.value) ? [{ at, remove: nothing[1] - at, text: "", column: 0 }] : []),
      { at: this.#endOfLine(nothing[1]), remove: 0, text: added, column: 0 },
    ];
  }

  /** Lines at a column, or text inside a line. */
  #insert(at: number, text: string, column?: number): void {
    const lines = column === undefined ? text : indented(text, column);
    this.#insertions.push({ at, remove: 0, text: lines, column: column ?? Number.MAX_SAFE_INTEGER });
  }

  #intoFlow(node: YAMLMap | YAMLSeq, text: string): void {
    const last = node.items.at(-1);
    const end = node.range![1] - 1;
    const at = this.target.text.slice(0, end).trimEnd().length;
    const isFirst = !last && !this.#begun.has(node);
    this.#begun.add(node);
    this.#insert(last ? at : end, isFirst ? ` ${text} ` : `, ${text}`);
  }

  /** Behind an entry and the comments that belong to it; behind the last one, also those that end the map. */
  #after(map: YAMLMap, pair: Pair): number {
    const least = this.#column(map) + (pair === map.items.at(-1) ? 0 : 1);
    let at = this.#endOf((pair.value as Node | null) ?? (pair.key as Node));
    for (let end = at; end < this.target.text.length;) {
      const start = end;
      end = this.#endOfLine(start + 1);
      const [, indentation, sign] = /^([ \t]*)(\S?)/.exec(this.target.text.slice(start, end))!;
      if (sign === "#" && indentation!.length >= least) at = end;
      else if (sign !== "") break;
    }
    return at;
  }

  /** Where the line after a node's last begins. The range of one that ends in a comment reaches into the line after it. */
  #endOf({ range }: Node): number {
    return this.#endOfLine(this.target.text.slice(0, range![1]).replace(/[ \t]+$/, "").length);
  }

  /** Where the next line begins. */
  #endOfLine(at: number): number {
    const { text } = this.target;
    if (at > 0 && text[at - 1] === "\n") return at;
    const end = text.indexOf("\n", at);
    return end < 0 ? text.length : end + 1;
  }

  /** The column of what stands below a key without a value. */
  #below({ range }: Scalar): number {
    const line = this.target.text.slice(this.target.text.lastIndexOf("\n", range![0] - 1) + 1);
    return /^ */.exec(line)![0].length + 2;
  }

  #column(map: YAMLMap): number {
    return this.#columnOf((map.items[0]!.key as Node).range![0]);
  }

  #columnOf(at: number): number {
    return at - (this.target.text.lastIndexOf("\n", at - 1) + 1);
  }
}

function mapOf(pairs: Pair[]): YAMLMap {
  const map = new YAMLMap();
  map.items = pairs;
  return map;
}
const rendered = (node: YAMLMap | YAMLSeq): string => {
  openUp(node);
  const document = documentOf(null);
  document.contents = node as unknown as typeof document.contents;
  // the library pads every bracket; lists are commonly written without
  return document.toString({ lineWidth: 0 }).replace(/^([^'"#\n]*[:-] )\[ ([^'"#\n]*) \]$/gm, "$1[$2]");
};
/** Comments need lines: a collection that holds one cannot stand in braces. Answers whether there is any. */
function openUp(node: unknown): boolean {
  if (!isNode(node)) return false;
  const inner = isCollection(node)
    ? (node.items as unknown[]).map((item) =>
        isPair(item) ? [openUp(item.key), openUp(item.value)].includes(true) : openUp(item),
      )
    : [];
  const inside = inner.includes(true);
  // a comment of its own stands behind the brace
  if (inside && isCollection(node)) node.flow = false;
  return inside || Boolean(node.comment) || Boolean(node.commentBefore);
}
/** A value in one line, without comments. */
const inFlow = (value: Node): string => {
  const list = new YAMLSeq<Node>();
  list.items = [value];
  return flowText(list);
};
/** The inside of a collection in one line, without comments. */
const flowText = (node: YAMLMap | YAMLSeq): string => {
  const document = documentOf(null);
  const copy = node.clone() as typeof node;
  visit(copy, {
    Node: (_, part) => {
      part.comment = part.commentBefore = null;
      part.spaceBefore = false;
    },
  });
  document.contents = copy as unknown as typeof document.contents;
  return document.toString({ lineWidth: 0, collectionStyle: "flow" }).trim().slice(1, -1).trim();
};
const indented = (text: string, columns: number): string =>
  text
    .split("\n")
    .map((line) => (line === "" ? line : " ".repeat(columns) + line))
    .join("\n");

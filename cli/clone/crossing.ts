import type { Field } from "@golive/provider";
import type { PlatformModule } from "@golive/provider/platforms/platform";
import { isMap, isNode, isScalar, isSeq, type Node, Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { isSecure, keyOf } from "../project/stack-config";
import type { Hosts } from "./hosts";
import type { Line } from "./line";
import { plainOf } from "../project/values";
import { nodeOf, parseYaml } from "../yaml/document";
import { type Path, pathText, secretLine } from "./secrets";
import { hasCredentials, withoutCredentials } from "../credentials";
import { crossUrl } from "./url";

/** What a value meets on its way. */
export interface Passage {
  readonly hosts: Hosts;
  /** What a person answered, by path. */
  readonly answers: ReadonlyMap<string, string>;
  /** Stack that is cloned into. */
  readonly stack: string;
  /** Config key that holds the value, e.g. `go-live:applications`. */
  readonly key: string;
  /** Kind of the application that the value belongs to. */
  readonly kind?: string | undefined;
  /** Whose rules production goes by. */
  readonly platform: PlatformModule;
}
/** A value on the other side: `node` when something of it is written, `open` when a person or a secret is waited for. */
export interface Crossed {
  readonly node?: Node | undefined;
  readonly lines: readonly Line[];
  /** Text of the comment that stands where a value is missing. */
  readonly open?: string | undefined;
}

/** A value as it may be shown, in a comment too. */
export const written = (value: unknown): string => withoutCredentials(JSON.stringify(value));

const secret = (path: Path, { key, stack }: Passage, label: string): Crossed => {
  const line = secretLine(key, path, stack, label);
  return { lines: [line], open: `${path.at(-1) ?? key}: # secret: ${line.command}` };
};

/**
 * One field from staging to production by its rule. `path` is the field's place under the config key; `label` names that
 * key in the plan. The node given is left as it is.
 */
export function crossField(field: Field | undefined, node: Node, path: Path, label: string, passage: Passage): Crossed {
  const at = pathText([label, ...path]);
  const name = path.at(-1) ?? label;
  // a plain value of a field that is one, too
  if (isSecure(node) || field?.secret) return secret(path, passage, label);
  const from = plainOf(node);
  const answer = answered(at, from, passage);
  if (answer) return answer;
  if (field?.crossing === "drop")
    return { lines: [{ path: at, action: "dropped", reason: "the platform makes it anew in production", from }] };
  if (field?.crossing === "ask" || field?.ref) {
    const reason = stagingAlone(from, passage.platform);
    if (reason !== undefined) return { lines: [{ path: at, action: "dropped", reason, from }] };
    return {
      lines: [{ path: at, action: "asked", reason: "differs by nature: decide it for production", from }],
      open: `${name}: # ask: decide for production (staging has ${written(from)})`,
    };
  }
  const crossed = crossNode(node, field?.crossing === "transform" ? String(name) : undefined, path, label, passage);
  if (crossed.lines.length > 0) return crossed;
  return { node: crossed.node, lines: [{ path: at, action: "added", reason: "the same in both", from, to: from }] };
}

/** A person's answer, written as YAML, wins over every rule. */
function answered(at: string, from: unknown, { answers }: Passage): Crossed | undefined {
  const text = answers.get(at);
  if (text === undefined) return undefined;
  const node: unknown = parseYaml(text).contents;
  if (!isNode(node)) return undefined;
  return { node, lines: [{ path: at, action: "changed", reason: "--set", from, to: plainOf(node) }] };
}

/** A member of a list as text: of a redirect URI, the URI. */
export function memberOf(item: Node): string {
  const value: unknown = isMap(item) ? item.get("uri") : plainOf(item);
  return typeof value === "string" ? value : written(value);
}

/** Why a value, or all that is in a list, makes no sense in production, if so. */
function stagingAlone(value: unknown, platform: PlatformModule): string | undefined {
  const reasons = (Array.isArray(value) ? value : [value]).map((one: unknown) =>
    typeof one === "string" ? platform.stagingOnly?.(one) : undefined,
  );
  return reasons.includes(undefined) ? undefined : reasons[0];
}

/** `url` names the field when its strings are URLs to transform. */
function crossNode(node: Node, url: string | undefined, path: Path, label: string, passage: Passage): Crossed {
  if (isSecure(node)) return secret(path, passage, label);
  if (isMap(node)) return crossMap(node as YAMLMap<Node, Node>, url, path, label, passage);
  if (isSeq(node)) return crossSeq(node as YAMLSeq<Node>, url, path, label, passage);
  const value = plainOf(node);
  const at = pathText([label, ...path]);
  const answer = path.length > 0 ? answered(at, value, passage) : undefined;
  if (answer) return answer;
  if (typeof value !== "string") return { node, lines: [] };
  const reason = passage.platform.stagingOnly?.(value);
  if (reason !== undefined) return { lines: [{ path: at, action: "dropped", reason, from: value }] };
  if (url === undefined && !hasCredentials(value)) return { node, lines: [] };
  const outcome = crossUrl(value, url ?? "", passage);
  const line = { path: at, from: value, ...outcome };
  const name = path.at(-1) ?? passage.key;
  if (outcome.action === "asked")
    return { lines: [line], open: `${name}: ${withoutCredentials(value)} # ask: ${outcome.reason}` };
  if (!("to" in outcome)) return { lines: [line] };
  // as it was written, where nothing of it changes
  return { node: outcome.to === value ? node : likeScalar(node, outcome.to), lines: [line] };
}

/** Another text in the place of a scalar, with its quotes and comments. */
function likeScalar(node: Node, text: string): Node {
  const copy = node.clone() as Node;
  if (!isScalar(copy)) return nodeOf(text);
  copy.value = text;
  delete copy.source;
  return copy;
}

function crossMap(
  node: YAMLMap<Node, Node>,
  url: string | undefined,
  path: Path,
  label: string,
  passage: Passage,
): Crossed {
  const copy = node.clone() as YAMLMap<Node, Node>;
  const lines: Line[] = [];
  const open: string[] = [];
  copy.items = copy.items.filter((pair) => {
    if (!pair.value) return true;
    const crossed = crossNode(pair.value, url, [...path, keyOf(pair)], label, passage);
    lines.push(...crossed.lines);
    if (crossed.open !== undefined) open.push(crossed.open);
    pair.value = crossed.node ?? pair.value;
    return crossed.node !== undefined;
  });
  leaveOpen(copy, open);
  return copy.items.length > 0 || open.length === 0 ? { node: copy, lines } : { lines, open: open.join("\n") };
}

function crossSeq(node: YAMLSeq<Node>, url: string | undefined, path: Path, label: string, passage: Passage): Crossed {
  const copy = node.clone() as YAMLSeq<Node>;
  const crossed = copy.items.map((item, i) => {
    const { node: member = item, lines } = crossNode(item, url, [...path, i], label, passage);
    const isWhole = lines.every(({ action }) => action !== "asked" && action !== "dropped" && action !== "secret");
    // an entry that lacks a part is no entry: it waits as a whole
    const why = lines.find(({ action }) => action === "asked" || action === "secret");
    return { lines, member: isWhole ? member : undefined, open: why && openMember(item, why) };
  });
  const lines = crossed.flatMap((one) => one.lines);
  const members = url === undefined ? crossed : withoutTwins(crossed);
  const key = `${path.at(-1) ?? passage.key}:`;
  // the command that sets a secret names its place in the list: so the list waits as a whole
  if (lines.some(({ action }) => action === "secret"))
    return {
      lines: lines.filter(({ action }) => action === "secret" || action === "asked"),
      open: [
        key,
        ...members.flatMap(({ member, open }) => (member ? `- ${written(plainOf(member))}` : (open ?? []))),
      ].join("\n"),
    };
  copy.items = members.flatMap(({ member }) => member ?? []);
  const open = members.flatMap((one) => one.open ?? []);
  if (copy.items.length === 0 && node.items.length > 0)
    return open.length > 0 ? { lines, open: [key, ...open].join("\n") } : { lines };
  keepOneDefault(copy);
  leaveOpen(copy, open);
  return { node: copy, lines };
}

/** The comment that stands for a member of a list. */
const openMember = (item: Node, { action, command, reason }: Line): string =>
  `- ${written(plainOf(item))} # ${action === "asked" ? "ask" : "secret"}: ${command ?? reason}`;

/** The first of those that become the same, such as http and https of one host. */
const withoutTwins = <M extends { readonly member: Node | undefined }>(crossed: readonly M[]): M[] => {
  const texts = crossed.map(({ member }) => member && memberOf(member));
  return crossed.filter((_, i) => texts[i] === undefined || texts.indexOf(texts[i]) === i);
};

/** The default may have been staging's alone: then the first that is left is it. */
function keepOneDefault(list: YAMLSeq<Node>): void {
  const maps = list.items.filter(isMap) as YAMLMap[];
  if (maps.length < 2 || maps.length < list.items.length || !maps.every((item) => item.has("uri"))) return;
  if (maps.some((item) => item.get("default") === true)) return;
  const first = maps.find((item) => !String(item.get("uri")).includes("*")) ?? maps[0]!;
  first.set("default", true);
}

const commentLines = (open: readonly string[]): string[] =>
  open.flatMap((text) => text.split("\n")).map((line) => ` ${line}`);

/** What stands for a map of which everything is waited for: no value, and the comments below its key. */
export function waiting({ commentBefore, comment }: YAMLMap<Node, Node>, open: readonly string[]): Scalar {
  const value = new Scalar(null);
  value.source = "";
  value.commentBefore = [commentBefore, comment, ...commentLines(open)].filter(Boolean).join("\n");
  return value;
}

/** Writes what is waited for as comments at the end of a collection, which must then stand in lines. */
export function leaveOpen(node: YAMLMap<Node, Node> | YAMLSeq<Node>, open: readonly string[]): void {
  if (open.length === 0) return;
  node.flow = false;
  node.comment = [node.comment, ...commentLines(open)].filter(Boolean).join("\n");
}

import { definitions, type Field } from "@golive/provider";
import { type Section, sections } from "@golive/provider/stage";
import { isMap, isScalar, isSeq, type Node, Pair, Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { isCommentedOut } from "../project/comments";
import { isSecure, keyOf } from "../project/stack-config";
import { plainOf } from "../project/values";
import { crossField, type Crossed, leaveOpen, type Passage, waiting, written } from "./crossing";
import { isOfComment, whyField, whyWithout } from "./design";
import { mergeList } from "./lists";
import { type ConfigNode, membersOf } from "./place";
import { pathText, secretLine } from "./secrets";
import { type Filled, isFilled, kept, pairLike, passageOf, type EntryField, type Step } from "./step";
import { twinEntry } from "./twins";

const fieldOf = (section: Section, name: string): Field | undefined =>
  (definitions[sections[section].kind].inputs as Record<string, Field>)[name];
const kindOf = (entry: unknown): string | undefined => {
  const kind: unknown = isMap(entry) ? entry.get("kind") : undefined;
  return typeof kind === "string" ? kind : undefined;
};

/** A field by its rule. What is no field has none, and does not cross unasked. */
function crossIn(
  section: Section,
  node: Node,
  path: readonly [entry: string, field: string],
  passage: Passage,
): Crossed {
  const field = fieldOf(section, path[1]);
  const crossed = crossField(field, node, path, section, passage);
  if (field || crossed.lines.some(({ action }) => action !== "added")) return crossed;
  const reason = "golive knows no such field: correct it in staging";
  const from = plainOf(node);
  return {
    lines: [{ path: pathText([section, ...path]), action: "asked", reason, from }],
    open: `${path[1]}: ${written(from)} # ask: ${reason}`,
  };
}

/** An entry that is no map of fields: no field's rule says how it crosses. */
function crossWhole(step: Step, section: Section, key: string, pair: Pair): Pair {
  const name = keyOf(pair);
  const path = `${section}.${name}`;
  const value = pair.value as Node | null;
  // an entry without a field is one too
  if (!value || (isScalar(value) && value.value === null) || (isMap(value) && value.items.length === 0)) {
    step.lines.push({ path, action: "added", reason: "the same in both", to: value ? plainOf(value) : null });
    return pair;
  }
  const line = isSecure(value)
    ? secretLine(key, [name], step.production.stack, section)
    : { path, action: "asked" as const, reason: "it is no map of fields: correct it in staging", from: plainOf(value) };
  step.lines.push(line);
  const why = line.action === "secret" ? `secret: ${line.command}` : `ask: ${line.reason}`;
  const open = new Scalar(null);
  open.source = "";
  open.commentBefore = ` ${written(plainOf(value))} # ${why}`;
  return new Pair(pair.key, open);
}

/** One entry that production does not have, such as an application: each field by its rule. */
function crossEntry(step: Step, section: Section, key: string, pair: Pair): Pair {
  const name = keyOf(pair);
  const value: unknown = pair.value;
  if (!isFilled(pair) || !isMap(value) || value.items.length === 0 || isSecure(value))
    return crossWhole(step, section, key, pair);
  const entry = value.clone() as YAMLMap<Node, Node>;
  const passage = passageOf(step, key, kindOf(entry));
  const open: string[] = [];
  entry.items = entry.items.filter((item) => {
    if (!item.value) return true;
    const field = keyOf(item);
    const crossed = crossIn(section, item.value, [name, field], passage);
    step.lines.push(...crossed.lines);
    if (crossed.open !== undefined) open.push(crossed.open);
    if (crossed.node) item.value = crossed.node;
    return crossed.node !== undefined;
  });
  if (entry.items.length === 0 && open.length > 0) return new Pair(pair.key, waiting(entry, open));
  leaveOpen(entry, open);
  return pairLike(pair, entry);
}

export function crossNewSection(step: Step, section: Section, key: string, staging: YAMLMap): YAMLMap<Node, Node> {
  const copy = staging.clone() as YAMLMap<Node, Node>;
  copy.items = copy.items.map((pair) => crossEntry(step, section, key, pair) as Pair<Node, Node>);
  return copy;
}

/** Adds to production's section what staging has and production neither has nor has commented out. */
export function mergeSection(
  step: Step,
  section: Section,
  key: string,
  staging: YAMLMap,
  production: ConfigNode,
): void {
  let previous: string | undefined;
  const entries = membersOf(step.production, production);
  // one entry of production is the twin of one of staging's: first of the one that is named like it
  const taken = new Set((staging.items as Pair[]).map(keyOf));
  for (const pair of staging.items as Pair[]) {
    const name = keyOf(pair);
    const there = twinEntry(
      section,
      { key: name, value: plainOf(pair.value) },
      entries.map((held) => ({ key: held.key, value: plainOf(held.value), held })),
      taken,
      step.hosts,
    )?.held;
    if (there) {
      taken.add(there.key);
      const around = isMap(production.own) && production.own.flow ? production.own : undefined;
      if (isMap(pair.value) && !isSecure(pair.value) && isEntry(there))
        mergeEntry(step, { section, key, name }, pair.value, there, around);
      else step.lines.push(kept(`${section}.${name}`, pair.value, there.value));
      previous = there.key;
      continue;
    }
    const why =
      whyWithout(step.said, section, name) ??
      (isCommentedOut(production.own, name) ? "production has it as a comment" : undefined);
    if (why) step.lines.push({ path: `${section}.${name}`, action: "kept", reason: why });
    else addPair(step, production, () => crossEntry(step, section, key, pair), previous);
  }
}

/** A map, or nothing yet, below which fields can be written. */
const isEntry = ({ value }: ConfigNode): boolean =>
  value === null || (isMap(value) && !isSecure(value)) || (isScalar(value) && value.value === null);

/** Adds below a value of production; where it does not stand in lines of its own, it is written out first. */
function addPair(step: Step, held: ConfigNode, cross: () => Pair, after?: string): void {
  const before = step.lines.length;
  const pair = cross();
  if (held.isShared) leaveShared(step, before);
  else if (isMap(held.own) || isScalar(held.own)) step.edit.addPair(held.own, pair, after);
  else step.needs.push(held);
}

/** What would come to every place that is the same by an anchor comes to none: a person adds it. */
function leaveShared(step: Step, before: number): void {
  const reason = "production has this in several places by an anchor: add it yourself, where it is meant";
  const found = step.lines.splice(before);
  if (found.some(({ action }) => action === "added" || action === "changed")) step.isLeft = true;
  for (const line of found)
    step.lines.push(
      line.action === "added" || line.action === "changed"
        ? { path: line.path, action: "asked", reason, from: line.from ?? line.to }
        : line,
    );
}

/** Adds to production's entry the fields that it lacks, and the members that its sets lack. */
function mergeEntry(
  step: Step,
  { section, key, name }: { section: Section; key: string; name: string },
  staging: YAMLMap,
  production: ConfigNode,
  around: YAMLMap | undefined,
): void {
  const fields = membersOf(step.production, production);
  const passage = passageOf(step, key, kindOf(production.value) ?? kindOf(staging));
  const { ownedBy } = (plainOf(production.value) ?? {}) as { ownedBy?: unknown };
  let previous: string | undefined;
  for (const pair of (staging.items as Pair[]).filter(isFilled)) {
    const place: EntryField = {
      label: section,
      path: [name, keyOf(pair)],
      field: fieldOf(section, keyOf(pair)),
      around,
      passage,
    };
    const there = fields.find((item) => item.key === keyOf(pair));
    const why = whyField(step.said, section, { name: production.key, ownedBy }, keyOf(pair));
    if (why && (there || !isOfComment(why))) {
      const path = `${section}.${name}.${keyOf(pair)}`;
      step.lines.push({ ...kept(path, pair.value, there?.value), reason: why });
    } else if (there) {
      mergeField(step, place, pair.value, there);
      previous = there.own ? there.key : previous;
    } else addField(step, place, pair, production, previous);
  }
}

/** A field that both have: production's value wins, and a set of it grows. */
function mergeField(step: Step, place: EntryField, staging: Node, production: ConfigNode): void {
  const { field, path, label, passage } = place;
  const grows = field?.crossing === "transform" || (field?.unordered && field.crossing !== "ask");
  const there = production.own ?? production.value;
  if (grows && isSeq(staging) && isSeq(there)) {
    const { lines, items } = mergeList(
      place,
      production.own && step.edit,
      staging as YAMLSeq<Node>,
      there as YAMLSeq<Node>,
    );
    const before = step.lines.length;
    step.lines.push(...lines);
    if (items.length > 0 && production.isShared) leaveShared(step, before);
    else if (items.length > 0 && !production.own) step.needs.push(production);
    else for (const item of items) step.edit.addItem(there as YAMLSeq<Node>, item);
    if (items.length > 0) return;
  }
  const wanted = field?.crossing === "transform" ? crossField(field, staging, path, label, passage).node : staging;
  step.lines.push(kept([label, ...path].join("."), staging, production.value, wanted));
}

/** A field that production lacks, or has as a comment: of people, or of golive where it waits for an answer. */
function addField(step: Step, place: EntryField, pair: Filled, entry: ConfigNode, after: string | undefined): void {
  const { path, label, around, passage } = place;
  const { own } = entry;
  const crossed = crossIn(label, pair.value, path, passage);
  const isSettled = crossed.node && crossed.lines.every(({ action }) => action !== "asked" && action !== "secret");
  const isCommented = [own, around].some((node) => isCommentedOut(node, keyOf(pair)));
  const isOpen = isCommented && !(isSettled && own && step.edit.removePlaceholder(own, `${keyOf(pair)}:`));
  if (isOpen && crossed.lines.every(({ action }) => action !== "secret" && action !== "dropped")) {
    const action = crossed.open ? "asked" : "kept";
    step.lines.push({ path: [label, ...path].join("."), action, reason: "production has it as a comment" });
    return;
  }
  const { node } = crossed;
  const cross = () => {
    step.lines.push(...crossed.lines);
    return node ? pairLike(pair, node) : pair;
  };
  if (node && !isOpen) return addPair(step, entry, cross, after);
  cross();
  if (!isOpen && crossed.open && !entry.isShared && (isMap(own) || isScalar(own)))
    step.edit.addComment(own, crossed.open);
}

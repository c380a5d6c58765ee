import { definitions, type Field } from "@golive/provider";
import { type Section, sections } from "@golive/provider/stage";
import { isMap, isScalar, isSeq, type Node, Pair, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { isCommentedOut } from "../project/comments";
import { keyOf } from "../project/stack-config";
import { crossField, leaveOpen, waiting } from "./crossing";
import { urlParts } from "./hosts";
import { mergeList } from "./lists";
import { type Filled, isFilled, kept, pairLike, passageOf, type Place, type Step } from "./step";

const fieldOf = (section: Section, name: string): Field | undefined =>
  (definitions[sections[section].kind].inputs as Record<string, Field>)[name];
const kindOf = (entry: unknown): string | undefined => {
  const kind: unknown = isMap(entry) ? entry.get("kind") : undefined;
  return typeof kind === "string" ? kind : undefined;
};

/** One entry that production does not have, such as an application: each field by its rule. */
function crossEntry(step: Step, section: Section, key: string, pair: Filled): Pair {
  const name = keyOf(pair);
  const value: Node = pair.value;
  // an entry without a field is one too
  if (!isMap(value) || value.items.length === 0) {
    step.lines.push({
      path: `${section}.${name}`,
      action: "added",
      reason: "the same in both",
      to: value.toJSON() as unknown,
    });
    return pair;
  }
  const entry = value.clone() as YAMLMap<Node, Node>;
  const passage = passageOf(step, key, kindOf(entry));
  const open: string[] = [];
  entry.items = entry.items.filter((item) => {
    if (!item.value) return true;
    const field = keyOf(item);
    const crossed = crossField(fieldOf(section, field), item.value, [name, field], section, passage);
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
  copy.items = copy.items.map((pair) =>
    isFilled(pair) ? (crossEntry(step, section, key, pair) as Pair<Node, Node>) : pair,
  );
  return copy;
}

/** Adds to production's section what staging has and production neither has nor has commented out. */
export function mergeSection(step: Step, section: Section, key: string, staging: YAMLMap, production: YAMLMap): void {
  let previous: string | undefined;
  // one entry of production is the twin of one of staging's: first of the one that is named like it
  const taken = new Set((staging.items as Pair[]).map(keyOf));
  for (const pair of staging.items as Pair[]) {
    const name = keyOf(pair);
    const there = twinOf(step, section, pair, production, taken);
    if (there) taken.add(keyOf(there));
    if (there) {
      const around = production.flow ? production : undefined;
      if (isMap(pair.value) && (isMap(there.value) || (isBare(there.value) && !around)))
        mergeEntry(step, { section, key, name }, pair.value, there.value, around);
      else step.lines.push(kept(`${section}.${name}`, pair.value, there.value));
      previous = keyOf(there);
    } else if (isCommentedOut(production, name))
      step.lines.push({ path: `${section}.${name}`, action: "kept", reason: "production has it as a comment" });
    else if (isFilled(pair)) step.edit.addPair(production, crossEntry(step, section, key, pair), previous);
  }
}

/** `web:` without a value, below which fields can be written. */
const isBare = (node: unknown): node is Scalar => isScalar(node) && node.value === null && node.source === "";

/** Production's entry of that name; of a section whose names mean nothing, the one with the same URL. */
function twinOf(
  step: Step,
  section: Section,
  pair: Pair,
  production: YAMLMap,
  taken: ReadonlySet<string>,
): Pair | undefined {
  const entries = production.items as Pair[];
  const named = entries.find((item) => keyOf(item) === keyOf(pair));
  if (named || section !== "webhooks" || !isMap(pair.value)) return named;
  const url = urlParts(String(pair.value.get("url")));
  const host = url && step.hosts.find(url.authority)?.authority;
  if (!host) return undefined;
  const wanted = `https://${host}${url.rest}`;
  return entries.find((item) => !taken.has(keyOf(item)) && isMap(item.value) && item.value.get("url") === wanted);
}

/** Adds to production's entry the fields that it lacks, and the members that its sets lack. */
function mergeEntry(
  step: Step,
  { section, key, name }: { section: Section; key: string; name: string },
  staging: YAMLMap,
  production: YAMLMap | Scalar,
  around: YAMLMap | undefined,
): void {
  const fields = isMap(production) ? (production.items as Pair[]) : [];
  const passage = passageOf(step, key, kindOf(production) ?? kindOf(staging));
  let previous: string | undefined;
  for (const pair of (staging.items as Pair[]).filter(isFilled)) {
    const place = {
      label: section as string,
      path: [name, keyOf(pair)],
      field: fieldOf(section, keyOf(pair)),
      around,
      passage,
    };
    const there = fields.find((item) => keyOf(item) === keyOf(pair));
    if (there) {
      mergeField(step, place, pair.value, there.value);
      previous = keyOf(pair);
    } else addField(step, place, pair, production, previous);
  }
}

/** A field that both have: production's value wins, and a set of it grows. */
function mergeField(step: Step, place: Place, staging: Node, production: unknown): void {
  const { field, path, label, passage } = place;
  const grows = field?.crossing === "transform" || (field?.unordered && field.crossing !== "ask");
  if (grows && isSeq(staging) && isSeq(production)) {
    const { lines, items } = mergeList(place, step.edit, staging as YAMLSeq<Node>, production as YAMLSeq<Node>);
    step.lines.push(...lines);
    for (const item of items) step.edit.addItem(production as YAMLSeq<Node>, item);
    if (items.length > 0) return;
  }
  const wanted = field?.crossing === "transform" ? crossField(field, staging, path, label, passage).node : staging;
  step.lines.push(kept([label, ...path].join("."), staging, production, wanted));
}

/** A field that production lacks, or has as a comment: of people, or of golive where it waits for an answer. */
function addField(step: Step, place: Place, pair: Filled, entry: YAMLMap | Scalar, after: string | undefined): void {
  const { field, path, label, around, passage } = place;
  const crossed = crossField(field, pair.value, path, label, passage);
  const isSettled = crossed.node && crossed.lines.every(({ action }) => action !== "asked" && action !== "secret");
  const isCommented = [entry, around].some((node) => isCommentedOut(node, keyOf(pair)));
  const isOpen = isCommented && !(isSettled && step.edit.removePlaceholder(entry, `${keyOf(pair)}:`));
  if (isOpen && crossed.lines.every(({ action }) => action !== "secret" && action !== "dropped")) {
    const action = crossed.open ? "asked" : "kept";
    step.lines.push({ path: [label, ...path].join("."), action, reason: "production has it as a comment" });
    return;
  }
  step.lines.push(...crossed.lines);
  if (isOpen) return;
  if (crossed.node) step.edit.addPair(entry, pairLike(pair, crossed.node), after);
  else if (crossed.open) step.edit.addComment(entry, crossed.open);
}

import { definitions, type Field } from "@golive/provider";
import { type Section, sections } from "@golive/provider/stage";
import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import { isCommentedOut, isMentioned } from "../project/comments";
import { keyOf } from "../project/stack-config";
import { crossField, leaveOpen } from "./crossing";
import { urlParts } from "./hosts";
import { type Filled, isFilled, kept, pairLike, passageOf, type Step } from "./step";

const fieldOf = (section: Section, name: string): Field | undefined =>
  (definitions[sections[section].kind].inputs as Record<string, Field>)[name];
const kindOf = (entry: unknown): string | undefined => {
  const kind: unknown = isMap(entry) ? entry.get("kind") : undefined;
  return typeof kind === "string" ? kind : undefined;
};

/** One entry that production does not have, such as an application: each field by its rule. */
function crossEntry(step: Step, section: Section, key: string, pair: Filled): Pair {
  const name = keyOf(pair);
  if (!isMap(pair.value)) {
    step.lines.push({
      path: `${section}.${name}`,
      action: "added",
      reason: "the same in both",
      to: pair.value.toJSON(),
    });
    return pair;
  }
  const entry = pair.value.clone() as YAMLMap<Node, Node>;
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
  for (const pair of staging.items as Pair[]) {
    const name = keyOf(pair);
    const there = twinOf(step, section, pair, production);
    if (there) {
      if (isMap(pair.value) && isMap(there.value)) mergeEntry(step, section, key, name, pair.value, there.value);
      else step.lines.push(kept(`${section}.${name}`, pair.value, there.value));
      previous = keyOf(there);
    } else if (isCommentedOut(production, name))
      step.lines.push({ path: `${section}.${name}`, action: "kept", reason: "production has it as a comment" });
    else if (isFilled(pair)) step.edit.addPair(production, crossEntry(step, section, key, pair), previous);
  }
}

/** Production's entry of that name; of a section whose names mean nothing, the one with the same URL. */
function twinOf(step: Step, section: Section, pair: Pair, production: YAMLMap): Pair | undefined {
  const entries = production.items as Pair[];
  const named = entries.find((item) => keyOf(item) === keyOf(pair));
  if (named || section !== "webhooks" || !isMap(pair.value)) return named;
  const url = urlParts(String(pair.value.get("url")));
  const host = url && step.hosts.find(url.authority)?.authority;
  return entries.find((item) => isMap(item.value) && host && item.value.get("url") === `https://${host}${url.rest}`);
}

function mergeEntry(
  step: Step,
  section: Section,
  key: string,
  name: string,
  staging: YAMLMap,
  production: YAMLMap,
): void {
  let previous: string | undefined;
  for (const pair of staging.items as Pair[]) {
    if (!isFilled(pair)) continue;
    const fieldName = keyOf(pair);
    const field = fieldOf(section, fieldName);
    const path = `${section}.${name}.${fieldName}`;
    const there = production.items.find((item) => keyOf(item as Pair) === fieldName) as Pair | undefined;
    const passage = passageOf(step, key, kindOf(production) ?? kindOf(staging));
    if (there) {
      previous = fieldName;
      const grows = field?.crossing === "transform" || (field?.unordered && field.crossing !== "ask");
      const added =
        grows && isSeq(pair.value) && isSeq(there.value)
          ? mergeList(
              step,
              field,
              pair.value as YAMLSeq<Node>,
              there.value as YAMLSeq<Node>,
              [name, fieldName],
              section,
              passage,
            )
          : 0;
      const wanted =
        field?.crossing === "transform"
          ? crossField(field, pair.value, [name, fieldName], section, passage).node
          : pair.value;
      if (added === 0) step.lines.push(kept(path, pair.value, there.value, wanted));
      continue;
    }
    const crossed = crossField(field, pair.value, [name, fieldName], section, passage);
    const open = isCommentedOut(production, fieldName);
    if (open && crossed.lines.every(({ action }) => action !== "secret" && action !== "dropped")) {
      step.lines.push({ path, action: crossed.open ? "asked" : "kept", reason: "production has it as a comment" });
      continue;
    }
    step.lines.push(...crossed.lines);
    if (open) continue;
    if (crossed.node) step.edit.addPair(production, pairLike(pair, crossed.node), previous);
    else if (crossed.open) step.edit.addComment(production, crossed.open);
  }
}

/** Members of a set that production lacks. A URL counts as there when one with its path is, whatever its host. */
function mergeList(
  step: Step,
  field: Field | undefined,
  staging: YAMLSeq<Node>,
  production: YAMLSeq<Node>,
  path: readonly string[],
  label: string,
  passage: ReturnType<typeof passageOf>,
): number {
  const there = production.items.map(identityOf);
  let added = 0;
  staging.items.forEach((item, i) => {
    const wanted = identityOf(item);
    if (there.includes(wanted) || isMentioned(production, wanted)) return;
    const list = staging.clone() as YAMLSeq<Node>;
    list.items = [item.clone() as Node];
    const crossed = crossField(field, list, path, label, passage);
    const place = (text: string) => text.replace("[0]", `[${i}]`);
    const said = crossed.lines.map((line) =>
      line.path.endsWith(path.at(-1)!)
        ? { ...line, path: `${line.path}[${i}]`, from: item.toJSON(), to: item.toJSON() }
        : { ...line, path: place(line.path) },
    );
    const [node] = isSeq(crossed.node) ? (crossed.node.items as Node[]) : [];
    if (node && there.includes(identityOf(node))) return;
    step.lines.push(...said);
    if (!node) return;
    if (isMap(node)) node.delete("default"); // production has its default
    step.edit.addItem(production, node);
    added++;
  });
  return added;
}

/** What a member is known by: a URL by its path, since its host differs by nature. */
function identityOf(item: Node): string {
  const value: unknown = isMap(item) ? item.get("uri") : isScalar(item) ? item.value : item.toJSON();
  const url = typeof value === "string" ? urlParts(value) : undefined;
  return url && url.rest !== "" && url.rest !== "/"
    ? url.rest
    : typeof value === "string"
      ? value
      : JSON.stringify(value);
}

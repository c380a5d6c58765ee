import { isMap, isSeq, type Node, type YAMLSeq } from "yaml";
import { plainOf } from "../environment/from-config";
import { isMentioned } from "../project/comments";
import type { TextEdit } from "../project/edit";
import { crossField, memberOf, written } from "./crossing";
import { isLoopback, urlParts } from "./hosts";
import type { Line } from "./line";
import type { Place } from "./step";

/** Members of a set that production lacks or only waits for, each by its rule. */
export function mergeList(
  { field, path, label, around, passage }: Place,
  edit: TextEdit,
  staging: YAMLSeq<Node>,
  production: YAMLSeq<Node>,
): { lines: readonly Line[]; items: readonly Node[] } {
  const crossed = staging.items.map((item) => {
    const alone = staging.clone() as YAMLSeq<Node>;
    alone.items = [item.clone() as Node];
    const { lines, node } = crossField(field, alone, path, label, passage);
    return { item, lines, node: isSeq(node) ? (node.items as Node[])[0] : undefined };
  });
  const twins = twinsOf(crossed, production.items);
  const lines: Line[] = [];
  const items: Node[] = [];
  const name = [label, ...path].join(".");
  crossed.forEach(({ item, lines: own, node }, i) => {
    if (twins.has(item)) return;
    const isOpen = [production, around].some((holder) => isMentioned(holder, identityOf(item)));
    if (isOpen && !(node && edit.removePlaceholder(production, `- ${written(plainOf(item))}`))) return;
    for (const line of own)
      lines.push(
        line.path === name
          ? { ...line, path: `${name}[${i}]`, from: item.toJSON(), to: item.toJSON() }
          : { ...line, path: line.path.replace("[0]", `[${i}]`) },
      );
    if (!node || items.some((other) => memberOf(other) === memberOf(node))) return;
    if (isMap(node)) node.delete("default"); // production has its default
    items.push(node);
  });
  return { lines, items };
}

/** Members of staging's that production has: as they cross, or else with their path at a host that is no other's. */
function twinsOf(crossed: readonly { item: Node; node?: Node | undefined }[], production: readonly Node[]): Set<Node> {
  const twins = new Set<Node>();
  const free = [...production];
  /** A member of production is the twin of one of staging's; of more, where they become the same. */
  const claim = (item: Node, among: readonly Node[], matches: (there: Node) => boolean): void => {
    const there = twins.has(item) ? undefined : among.find(matches);
    if (!there) return;
    twins.add(item);
    if (free.includes(there)) free.splice(free.indexOf(there), 1);
  };
  for (const { item, node } of crossed)
    if (node) claim(item, production, (there) => memberOf(there) === memberOf(node));
  for (const { item } of crossed) claim(item, free, (there) => identityOf(there) === identityOf(item));
  return twins;
}

/** What a member is known by: a URL by its path, since its host differs by nature; on this computer it does not. */
function identityOf(item: Node): string {
  const value = memberOf(item);
  const { host = "", rest = "" } = urlParts(value) ?? {};
  return rest === "" || rest === "/" || isLoopback(host) ? value : rest;
}

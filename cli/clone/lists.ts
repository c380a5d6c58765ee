import { isMap, isScalar, isSeq, type Node, type YAMLSeq } from "yaml";
import { isMentioned } from "../project/comments";
import { crossField } from "./crossing";
import { urlParts } from "./hosts";
import type { Line } from "./line";
import type { Place } from "./step";

/** Members of a set that production lacks. A URL counts as there when one with its path is, whatever its host. */
export function mergeList(
  { field, path, label, around, passage }: Place,
  staging: YAMLSeq<Node>,
  production: YAMLSeq<Node>,
): { lines: readonly Line[]; items: readonly Node[] } {
  const there = production.items.map(identityOf);
  const lines: Line[] = [];
  const items: Node[] = [];
  const name = [label, ...path].join(".");
  staging.items.forEach((item, i) => {
    const wanted = identityOf(item);
    if (there.includes(wanted) || [production, around].some((node) => isMentioned(node, wanted))) return;
    const alone = staging.clone() as YAMLSeq<Node>;
    alone.items = [item.clone() as Node];
    const crossed = crossField(field, alone, path, label, passage);
    const [node] = isSeq(crossed.node) ? (crossed.node.items as Node[]) : [];
    if (node && there.includes(identityOf(node))) return;
    for (const line of crossed.lines)
      lines.push(
        line.path === name
          ? { ...line, path: `${name}[${i}]`, from: item.toJSON(), to: item.toJSON() }
          : { ...line, path: line.path.replace("[0]", `[${i}]`) },
      );
    if (!node) return;
    if (isMap(node)) node.delete("default"); // production has its default
    items.push(node);
  });
  return { lines, items };
}

/** What a member is known by: a URL by its path, since its host differs by nature. */
function identityOf(item: Node): string {
  const value: unknown = isMap(item) ? item.get("uri") : isScalar(item) ? item.value : item.toJSON();
  if (typeof value !== "string") return JSON.stringify(value);
  const rest = urlParts(value)?.rest ?? "";
  return rest === "" || rest === "/" ? value : rest;
}

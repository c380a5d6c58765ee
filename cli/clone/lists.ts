import { isMap, isSeq, type Node, type YAMLSeq } from "yaml";
import { isMentioned } from "../project/comments";
import type { Edit } from "../project/edit";
import { plainOf } from "../project/values";
import { crossField, memberOf, written } from "./crossing";
import { withoutCredentials } from "../credentials";
import type { Line } from "./line";
import { pathText } from "./secrets";
import type { EntryField } from "./step";
import { identityOf, twinsOf } from "./twins";

/** Members of a set that production lacks or only waits for, each by its rule. Without an edit it stands elsewhere. */
export function mergeList(
  { field, path, label, around, passage }: EntryField,
  edit: Edit | undefined,
  staging: YAMLSeq<Node>,
  production: YAMLSeq<Node>,
): { lines: readonly Line[]; items: readonly Node[] } {
  const crossed = staging.items.map((item) => {
    const alone = staging.clone() as YAMLSeq<Node>;
    alone.items = [item.clone() as Node];
    const { lines, node } = crossField(field, alone, path, label, passage);
    return { item, lines, node: isSeq(node) ? (node.items as Node[])[0] : undefined };
  });
  const twins = twinsOf(
    crossed.map(({ item, node, lines }) => ({
      from: memberOf(item),
      to: node && memberOf(node),
      isDropped: !node && lines.every(({ action }) => action === "dropped"),
    })),
    production.items.map(memberOf),
  );
  const lines: Line[] = [];
  const items: Node[] = [];
  const name = pathText([label, ...path]);
  crossed.forEach(({ item, lines: own, node }, i) => {
    if (twins.has(i)) return;
    const isOpen = [production, around].some((holder) =>
      isMentioned(holder, withoutCredentials(identityOf(memberOf(item)))),
    );
    const begins = `- ${written(plainOf(item))}`;
    if (isOpen && !(node && edit?.removePlaceholder(production, begins))) return;
    for (const line of own)
      lines.push(
        line.path === name
          ? { ...line, path: `${name}[${i}]`, from: plainOf(item), to: plainOf(item) }
          : { ...line, path: line.path.replace("[0]", `[${i}]`) },
      );
    if (!node || items.some((other) => memberOf(other) === memberOf(node))) return;
    if (isMap(node)) node.delete("default"); // production has its default
    items.push(node);
  });
  return { lines, items };
}

import { valueOfText } from "@golive/provider/stage";
import { isMap, isNode, type Pair, visit } from "yaml";
import { isSecure, keyOf, splitKey, type StackConfig, withoutAliases } from "../project/stack-config";
import { type Entry, environmentOf, noEntries, SECRET, sectionNames, type View } from "./view";

/** A node as a plain value, its secrets masked. */
export function plainOf(node: unknown): unknown {
  if (!isNode(node)) return node;
  const copy = node.clone();
  if (isSecure(copy)) return SECRET;
  visit(copy as Parameters<typeof visit>[0], {
    Pair: (_, pair) => {
      if (isSecure(pair.value)) pair.value = SECRET;
    },
  });
  return (copy as { toJSON(): unknown }).toJSON();
}

/** The config values of one namespace by name. */
export const valuesOf = (stack: Pick<StackConfig, "text">, namespace: string): Record<string, unknown> =>
  Object.fromEntries(
    ((withoutAliases(stack).config?.items ?? []) as Pair[]).flatMap((pair) => {
      const key = splitKey(keyOf(pair), namespace);
      return key.namespace === namespace ? [[key.name, plainOf(pair.value)]] : [];
    }),
  );

/** The config values of a project as its program reads them. */
export const programValues = (stack: Pick<StackConfig, "text">, project: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(valuesOf(stack, project)).map(([name, value]) => [
      name,
      typeof value === "string" ? valueOfText(name, value) : value,
    ]),
  );

/** An environment as a stack's config declares it. */
export function viewOfConfig(project: string, stack: StackConfig): View {
  const values = programValues(stack, project);
  const entries = noEntries();
  for (const section of sectionNames) {
    const found = values[section];
    if (typeof found !== "object" || found === null) continue;
    for (const [name, entry] of Object.entries(found)) entries[section][name] = (entry ?? {}) as Entry;
  }
  return {
    label: stack.stack,
    source: "config",
    environment: environmentOf(values),
    entries,
    explained: explained(project, stack),
  };
}

/** Comments `# differs: <why>` by the path of the value that they stand beside or above. */
function explained(project: string, { config }: StackConfig): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (map: unknown, path: string): void => {
    if (!isMap(map)) return;
    (map.items as Pair[]).forEach((pair, i) => {
      const name = path === "" ? splitKey(keyOf(pair), project).name : keyOf(pair);
      const at = path === "" ? name : `${path}.${name}`;
      const texts = [
        isNode(pair.key) ? pair.key.commentBefore : undefined,
        isNode(pair.value) ? pair.value.comment : undefined,
        i === 0 ? map.commentBefore : undefined,
      ];
      const why = /(?:^|\n)\s*differs:\s*([^\n]+)/.exec(texts.filter(Boolean).join("\n"))?.[1];
      if (why) found.set(at, why);
      walk(pair.value, at);
    });
  };
  walk(config, "");
  return found;
}

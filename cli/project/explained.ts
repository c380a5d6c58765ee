// What people said in comments: why a value differs, and what they left out.
import { isMap, isNode, isScalar, type Node, type Pair } from "yaml";
import { isCommentedOut } from "./comments";
import { flattened, keyOf, splitKey, type StackConfig } from "./stack-config";

/** Comments `# differs: <why>` by the path of the value that they stand beside or above. */
export function explained(project: string, stack: StackConfig): ReadonlyMap<string, string> {
  const { config } = flattened(stack);
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

/** What holds the comments of a stack's config, also where nothing else stands in it. */
export function aroundConfig({ config, document }: StackConfig): Node | undefined {
  const value: unknown = config ?? document.get("config", true);
  return isMap(value) || (isScalar(value) && value.comment) ? (value as Node) : undefined;
}

/** Whether people left a value out on purpose: it stands there as a comment, which is no placeholder of golive's. */
export type LeftOut = (path: readonly string[]) => boolean;

export function leftOut(project: string, stack: StackConfig): LeftOut {
  const { config } = stack;
  const around = aroundConfig(stack);
  const at = (node: unknown, name: string): unknown =>
    isMap(node) ? (node.items as Pair[]).find((pair) => keyOf(pair) === name)?.value : undefined;
  return ([section = "", ...rest]) => {
    const key = [`${project}:${section}`, section].find((name) => at(config, name) !== undefined);
    if (key === undefined) return [`${project}:${section}`, section].some((name) => isCommentedOut(around, name, true));
    const inside = (node: unknown, [name, ...further]: readonly string[]): boolean =>
      name !== undefined &&
      (isCommentedOut(isNode(node) ? node : undefined, name, true) ||
        (further.length > 0 && inside(at(node, name), further)));
    return inside(at(config, key), rest);
  };
}

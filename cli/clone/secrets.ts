import { isMap, isSeq, type Pair } from "yaml";
import { isSecure, keyOf, secretCommand } from "../project/stack-config";
import type { Line } from "./line";

/** Where a value stands below a config key; a number is a place in a list. */
export type Path = readonly (string | number)[];

/** A path as a person writes it: `tokens[0].name`. */
export const pathText = (path: Path): string =>
  path.map((part, i) => (typeof part === "number" ? `[${part}]` : `${i ? "." : ""}${part}`)).join("");

/** The line of a secret at `path` below a config key, which `label` names in the plan. */
export const secretLine = (key: string, path: Path, stack: string, label: string): Line => ({
  path: pathText([label, ...path]),
  action: "secret",
  reason: "a secret is never copied",
  command: secretCommand(key, path, stack),
});

/** Where staging has a secret and production, which holds what stands around it, has nothing. */
export function missingSecrets(staging: unknown, production: unknown, path: Path = []): Path[] {
  if (isSecure(staging)) return production === undefined || production === null ? [path] : [];
  if (isMap(staging) && isMap(production))
    return (staging.items as Pair[]).flatMap((pair) => {
      const there = (production.items as Pair[]).find((item) => keyOf(item) === keyOf(pair));
      return missingSecrets(pair.value, there?.value, [...path, keyOf(pair)]);
    });
  if (isSeq(staging) && isSeq(production))
    return staging.items.flatMap((item, i) => missingSecrets(item, production.items[i], [...path, i]));
  return [];
}

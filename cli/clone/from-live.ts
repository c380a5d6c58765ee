import { rowOf, sectionNames } from "@golive/provider/stage";
import { isMap, type Pair, type YAMLMap } from "yaml";
import type { Entry, View } from "../environment/view";
import { isSecure, keyOf, splitKey, type StackConfig, flattened } from "../project/stack-config";
import { nodeOf } from "../yaml/document";
import { entriesOf } from "./keys";
import type { Line } from "./line";

/** Staging's config with what exists in staging alone, and the paths of that. */
export interface Augmented {
  readonly staging: StackConfig;
  readonly paths: readonly string[];
}

/** The default application as the platform made it, which production has too. */
const isUntouched = (entry: Entry): boolean => entry["isDefault"] === true && Object.keys(entry).length === 1;

/** Adds to staging's config, in memory, the live objects that nobody declared. Keys are never copied. */
export function withLive(project: string, staging: StackConfig, live: View): Augmented {
  const { document } = flattened(staging);
  if (!isMap(document.get("config", true))) document.set("config", document.createNode({}));
  const config = document.get("config", true) as YAMLMap;
  const paths: string[] = [];
  for (const section of sectionNames.filter((name) => !rowOf(name).own)) {
    const pair = (config.items as Pair[]).find((item) => {
      const key = splitKey(keyOf(item), project);
      return key.namespace === project && key.name === section;
    });
    if (isSecure(pair?.value)) continue; // nobody can tell what it holds
    const declared = entriesOf(pair?.value);
    // also where it stands as a text of JSON
    if (pair && declared) pair.value = declared;
    const names = ((declared?.items ?? []) as Pair[]).map(keyOf);
    const urls = (declared?.items ?? []).map(({ value }) => (isMap(value) ? value.get("url") : undefined));
    const missing = Object.entries(live.entries[section]).filter(
      ([name, entry]) =>
        !isUntouched(entry) && !(rowOf(section).key === "url" ? urls.includes(entry["url"]) : names.includes(name)),
    );
    if (missing.length === 0) continue;
    const target = declared ?? (nodeOf({}) as YAMLMap);
    if (!declared && pair) pair.value = target;
    else if (!declared) config.set(nodeOf(`${project}:${section}`), target);
    for (const [name, entry] of missing) {
      target.set(nodeOf(name), nodeOf(entry));
      paths.push(`${section}.${name}`);
    }
  }
  return { staging: { ...staging, document, config }, paths };
}

/** The plan's lines, those of live objects marked. */
export const marked = (lines: readonly Line[], paths: readonly string[]): Line[] =>
  lines.map((line) =>
    paths.some((path) => line.path === path || line.path.startsWith(`${path}.`))
      ? { ...line, reason: `${line.reason} (live, not in staging's config)` }
      : line,
  );

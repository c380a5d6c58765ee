import { isDeepStrictEqual } from "node:util";
import { type Bag, type Definition, isBag, isUnknown } from "../../define";
import { defaultOf, same } from "../../lifecycle/compare";

/** How a property differs, in the words of the engine's protocol. */
export type Kind = "ADD" | "DELETE" | "UPDATE";
export interface PropertyChange {
  readonly path: string;
  readonly kind: Kind;
  readonly replaces: boolean;
}

const isNothing = (value: unknown): boolean => value === undefined || value === null;
/** `redirectUris[2].uri`, as the engine writes paths; names that are no words stand in brackets. */
const within = (path: string, key: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;

/** Members of a set that only one side has, each under its own index. */
function setChanges(path: string, old: readonly unknown[], now: readonly unknown[]): [string, Kind][] {
  const lacks = (list: readonly unknown[]) => (member: unknown) => !list.some((one) => isDeepStrictEqual(one, member));
  const added = now.flatMap((member, i) => (lacks(old)(member) ? [[`${path}[${i}]`, "ADD"] as [string, Kind]] : []));
  const gone = old.flatMap((member, i) => (lacks(now)(member) ? [[`${path}[${i}]`, "DELETE"] as [string, Kind]] : []));
  // one path says one thing: what leaves and comes at an index is changed there
  const both = new Set(gone.map(([at]) => at).filter((at) => added.some(([other]) => other === at)));
  return [
    ...added.map(([at, kind]): [string, Kind] => [at, both.has(at) ? "UPDATE" : kind]),
    ...gone.filter(([at]) => !both.has(at)),
  ];
}

/** Where two values differ, as deep as both go. */
function changesOf(path: string, old: unknown, now: unknown, isSet: boolean): [string, Kind][] {
  if (isNothing(old) && isNothing(now)) return [];
  if (isNothing(old)) return [[path, "ADD"]];
  if (isNothing(now)) return [[path, "DELETE"]];
  if (Array.isArray(old) && Array.isArray(now)) {
    if (isSet) return setChanges(path, old, now);
    const length = Math.max(old.length, now.length);
    return Array.from({ length }, (_, i) => changesOf(`${path}[${i}]`, old[i], now[i], false)).flat();
  }
  if (isBag(old) && isBag(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return keys.flatMap((key) => changesOf(within(path, key), old[key], now[key], false));
  }
  return isDeepStrictEqual(old, now) ? [] : [[path, "UPDATE"]];
}

/** Every property that changes, by its path. `changed` and `replaces` are the lifecycle's word on whether it does. */
export function detailed(
  { inputs }: Definition,
  held: Bag,
  news: Bag,
  changed: readonly string[],
  replaces: readonly string[],
): PropertyChange[] {
  return changed.flatMap((name) => {
    const field = inputs[name]!;
    const old = held[name] ?? defaultOf(field);
    const found = isUnknown(news[name])
      ? [[name, old === undefined ? "ADD" : "UPDATE"] as [string, Kind]]
      : changesOf(name, old, news[name], field.unordered === true);
    // what means another thing although it is written alike still is a change
    const list = found.length > 0 || same(field, old, news[name]) ? found : [[name, "UPDATE"] as [string, Kind]];
    return list.map(([path, kind]) => ({ path, kind, replaces: replaces.includes(name) }));
  });
}

import { isDeepStrictEqual } from "node:util";
import type { FiltersWire, GroupWire } from "./wire";

type Json = Readonly<Record<string, unknown>>;

/** What the server adds to a property when it is read. */
const added = new Set(["cohort_name", "group_key_names"]);
const without = (value: object, dropped: ReadonlySet<string>): Json =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !dropped.has(name)));
const set = (value: object): Json =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null && part !== undefined));

/** A group as it is sent back: as it was read, less what the server adds. */
export const bare = (group: GroupWire): GroupWire => ({
  ...group,
  properties: (group.properties ?? []).map((property) => without(property, added) as never),
});
/** A group by what it means: a share that is not said is everybody's, and null says nothing. */
const meaning = (group: GroupWire): Json => {
  const { properties, ...rest } = bare(group);
  return { ...set(rest), properties: properties!.map(set), rollout_percentage: group.rollout_percentage ?? 100 };
};
const variantMeaning = (value: unknown): unknown => {
  const variants = (value as FiltersWire["multivariate"])?.variants ?? [];
  return variants.map((variant) => ({ ...set(variant), name: variant.name ?? "" }));
};
const meaningOf = (name: string, value: unknown): unknown => {
  if (name === "groups" && Array.isArray(value)) return value.map((group) => meaning(group as GroupWire));
  if (name === "multivariate") return variantMeaning(value);
  if (name === "payloads") return value ?? {};
  return value ?? null;
};
/** Whether one part of filters means the same. */
export const sameFilter = (name: string, a: unknown, b: unknown): boolean =>
  isDeepStrictEqual(meaningOf(name, a), meaningOf(name, b));

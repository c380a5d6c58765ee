import type { Row, Store } from "../../store/database";
import { invalid } from "../errors";
import { isObject, type Json } from "../fields";
import { cohortProperties } from "./cohorts";
import type { Filters, Property } from "./filters";
import type { FlagData, ProjectData } from "./rows";
import { byNumber, childrenOf, numberOf } from "./store";

export const filtersOf = ({ data }: Row<FlagData>): Filters => data.filters as unknown as Filters;
export const isV2 = ({ data }: Row<FlagData>): boolean => data.filters["version"] === 2;
const propertiesOf = (flag: Row<FlagData>): Property[] =>
  isV2(flag) ? [] : filtersOf(flag).groups.flatMap(({ properties }) => properties);
export const liveFlags = (store: Store, project: string): Row<FlagData>[] =>
  childrenOf(store, "ph_flag", project).filter(({ data }) => !data.deleted);

/** The flags that a flag's conditions name. */
export const dependenciesOf = (store: Store, project: string, properties: readonly Property[]): Row<FlagData>[] =>
  properties.flatMap(({ type, key }) => {
    const flag = type === "flag" ? byNumber(store, "ph_flag", key) : undefined;
    return flag && flag.parent === project && !flag.data.deleted ? [flag] : [];
  });
/** The active flags that depend on one. */
export const dependentsOf = (store: Store, flag: Row<FlagData>): Row<FlagData>[] =>
  liveFlags(store, flag.parent).filter(
    (other) =>
      other.data.active &&
      propertiesOf(other).some(({ type, key }) => type === "flag" && key === String(numberOf(flag))),
  );

function checkDependency(
  store: Store,
  project: string,
  { key, value }: Property,
  own: Row<FlagData> | undefined,
  isActive: boolean,
): void {
  if (!/^\d+$/.test(key))
    throw invalid("filters", "Feature flag dependencies must reference flag IDs (integers), not keys.");
  const flag = byNumber(store, "ph_flag", key);
  if (!flag || flag.parent !== project || flag.data.deleted)
    throw invalid("filters", `Flag dependency references non-existent flag with ID ${key}`);
  if (typeof value !== "boolean" && typeof value !== "string")
    throw invalid("filters", "A flag dependency is compared with a boolean or with the key of a variant.");
  if (isV2(flag)) throw invalid("filters", `Flag '${flag.data.key}' cannot be depended on.`);
  if (isActive && !flag.data.active)
    throw invalid(
      "filters",
      `Cannot enable this feature flag because it depends on disabled flags: ${flag.data.key} (ID: ${key}).`,
    );
  if (!own) return;
  // from the other flag on, back to this one?
  const open = [flag];
  const seen = new Set<string>();
  for (let at = open.pop(); at; at = open.pop()) {
    if (at.id === own.id)
      throw invalid(
        "filters",
        `Circular dependency detected: ${own.data.key} → ${flag.data.key} → ${own.data.key}`,
        "circular_dependency",
      );
    if (seen.has(at.id)) continue;
    seen.add(at.id);
    open.push(...dependenciesOf(store, project, propertiesOf(at)));
  }
}

function checkCohort(store: Store, project: string, { value }: Property, seen: Set<string> = new Set()): void {
  const id = String(value);
  const cohort = typeof value === "number" || typeof value === "string" ? byNumber(store, "ph_cohort", id) : undefined;
  if (!cohort || cohort.parent !== project || cohort.data.deleted)
    throw invalid("filters", `Cohort with id ${id.slice(0, 40)} does not exist`, "cohort_does_not_exist");
  if (seen.has(cohort.id)) return;
  seen.add(cohort.id);
  for (const property of cohortProperties(cohort.data.filters)) {
    if (property.type === "behavioral")
      throw invalid(
        "filters",
        `Cohort '${cohort.data.name}' with filters on events cannot be used in feature flags.`,
        "behavioral_cohort_found",
      );
    if (property.type === "cohort") checkCohort(store, project, { ...property, type: "cohort", key: "id" }, seen);
  }
}

/** What conditions name must be in the project. */
export function checkReferences(
  store: Store,
  project: Row<ProjectData>,
  filters: Filters,
  own: Row<FlagData> | undefined,
  isActive: boolean,
): void {
  for (const property of filters.groups.flatMap(({ properties }) => properties)) {
    if (property.type === "flag") checkDependency(store, project.id, property, own, isActive);
    if (property.type === "cohort") checkCohort(store, project.id, property);
  }
}

/** Filters as they are read: with the names of cohorts. */
export function shownFilters(store: Store, filters: Json): Json {
  const { groups } = filters;
  if (!Array.isArray(groups)) return filters;
  const named = (property: Json): Json => {
    const cohort = property["type"] === "cohort" ? byNumber(store, "ph_cohort", String(property["value"])) : undefined;
    return cohort ? { ...property, cohort_name: cohort.data.name } : property;
  };
  return {
    ...filters,
    groups: groups
      .filter(isObject)
      .map((group) => ({ ...group, properties: (group["properties"] as Json[]).map(named) })),
  };
}

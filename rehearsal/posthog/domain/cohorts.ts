import type { Row, Store } from "../../store/database";
import { invalid, required } from "../errors";
import { boolean, choice, isObject, type Json, list, object, orElse, text, within } from "../fields";
import type { Property } from "./filters";
import type { CohortData } from "./rows";
import { add, byNumber, childrenOf, numberOf } from "./store";

/** A property of a cohort; a flag cannot go by what people did. */
export type CohortProperty = Omit<Property, "type"> & { type: "person" | "cohort" | "behavioral" };

/** Groups in groups, with properties at the ends. */
function checkGroup(value: unknown, attr: string): void {
  const group = object(value, attr);
  choice(group["type"], within(attr, "type"), ["AND", "OR"] as const);
  list(group["values"], within(attr, "values")).forEach((one, i) => {
    const at = within(within(attr, "values"), i);
    const entry = object(one, at);
    if (entry["values"] !== undefined) return checkGroup(entry, at);
    choice(entry["type"], within(at, "type"), ["person", "cohort", "behavioral"] as const);
    if (typeof entry["key"] !== "string" || entry["key"] === "") throw required(within(at, "key"));
    if (entry["negation"] != null) boolean(entry["negation"], within(at, "negation"));
  });
}
/** Every property in the groups of a cohort. */
export function cohortProperties(filters: Json): CohortProperty[] {
  const inside = (group: unknown): CohortProperty[] =>
    isObject(group) && Array.isArray(group["values"])
      ? group["values"].flatMap((one) =>
          isObject(one) && one["values"] !== undefined ? inside(one) : [one as CohortProperty],
        )
      : [];
  return inside(filters["properties"]);
}

export const cohortsOf = (store: Store, project: string): Row<CohortData>[] =>
  childrenOf(store, "ph_cohort", project).filter(({ data }) => !data.deleted);

/** Those that a cohort's definition names, and theirs, must exist and lead nowhere back. */
function checkReferences(
  store: Store,
  project: string,
  filters: Json,
  own: string | undefined,
  path: readonly string[] = [],
): void {
  for (const { type, value } of cohortProperties(filters)) {
    if (type !== "cohort") continue;
    const id = String(value).slice(0, 40);
    const other = byNumber(store, "ph_cohort", id);
    if (!other || other.parent !== project || other.data.deleted)
      throw invalid("filters", `Cohort with id ${id} does not exist`, "cohort_does_not_exist");
    if (other.id === own || path.includes(other.id))
      throw invalid("filters", "Cohorts cannot reference other cohorts in a loop.");
    checkReferences(store, project, other.data.filters, own, [...path, other.id]);
  }
}

function written(store: Store, project: string, before: CohortData, body: Json, own?: string): CohortData {
  const next: CohortData = {
    ...before,
    name: orElse(body["name"], before.name, (value) => text(value, "name")),
    description: orElse(body["description"], before.description, (value) =>
      text(value, "description", { max: 1_000, blank: true }),
    ),
    is_static: orElse(body["is_static"], before.is_static, (value) => boolean(value, "is_static")),
    filters: orElse(body["filters"], before.filters, (value) => {
      const filters = object(value, "filters");
      checkGroup(filters["properties"], "filters__properties");
      return { properties: filters["properties"] };
    }),
    deleted: orElse(body["deleted"], before.deleted, (value) => boolean(value, "deleted")),
  };
  if (own === undefined && body["name"] === undefined) throw required("name");
  if (!next.is_static && !next.deleted && next.filters["properties"] === undefined) throw required("filters");
  checkReferences(store, project, next.filters, own);
  return next;
}

export const createCohort = (store: Store, project: string, user: string, body: Json): Row<CohortData> => {
  const empty: CohortData = {
    name: "",
    description: "",
    filters: {},
    is_static: false,
    deleted: false,
    created_by: user,
  };
  return add(store, "ph_cohort", project, written(store, project, empty, body));
};

/** What still goes by a cohort: flags and other cohorts. */
function usersOf(store: Store, cohort: Row<CohortData>): string[] {
  const id = String(numberOf(cohort));
  const isNamed = (properties: readonly { type: string; value?: unknown }[]) =>
    properties.some(({ type, value }) => type === "cohort" && String(value) === id);
  const flags = childrenOf(store, "ph_flag", cohort.parent).filter(({ data }) => {
    const groups = Array.isArray(data.filters["groups"])
      ? (data.filters["groups"] as { properties: Property[] }[])
      : [];
    return !data.deleted && groups.some(({ properties }) => isNamed(properties));
  });
  const cohorts = cohortsOf(store, cohort.parent).filter(({ data }) => isNamed(cohortProperties(data.filters)));
  return [...flags.map(({ data }) => data.key), ...cohorts.map(({ data }) => data.name)];
}
export function updateCohort(store: Store, cohort: Row<CohortData>, body: Json): Row<CohortData> {
  const data = written(store, cohort.parent, cohort.data, body, cohort.id);
  const users = data.deleted && !cohort.data.deleted ? usersOf(store, cohort) : [];
  if (users.length > 0) throw invalid("deleted", `This cohort is used in ${users.join(", ")} and cannot be deleted.`);
  return store.update(cohort, { data });
}

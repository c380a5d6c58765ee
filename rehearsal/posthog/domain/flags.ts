import { isDeepStrictEqual } from "node:util";
import type { Row, Store } from "../../store/database";
import { Refusal } from "../../http/exchange";
import { conflict, invalid, required } from "../errors";
import { boolean, choice, integer, isObject, type Json, orElse, orNull, tags, text, texts } from "../fields";
import { checkFilters } from "./filter-rules";
import { type Filters, readFilters, stored } from "./filters";
import { checkReferences, dependentsOf, filtersOf, isV2, liveFlags, shownFilters } from "./flag-references";
import type { FlagData, ProjectData } from "./rows";
import { add, byId, childrenOf, newUuid, numberOf } from "./store";

export interface FlagWrite {
  readonly store: Store;
  readonly project: Row<ProjectData>;
  readonly user: string;
}
const mostFlags = 5_000;
const named = (flags: readonly Row<FlagData>[]): string =>
  flags.map((flag) => `${flag.data.key} (ID: ${numberOf(flag)})`).join(", ");

/** The fields that may be written, beside `filters` and `deleted`. */
function written(before: FlagData, body: Json): FlagData {
  const at = <T>(name: keyof FlagData & string, read: (value: unknown) => T): T =>
    orElse(body[name], before[name] as T, read) as T;
  const yes = (name: keyof FlagData & string) => at(name, (value) => boolean(value, name));
  return {
    ...before,
    key: at("key", (value) => {
      const key = text(value, "key");
      if (!/^[a-zA-Z0-9_-]+$/.test(key))
        throw invalid("key", "Only letters, numbers, hyphens (-) & underscores (_) are allowed.", "invalid_key");
      return key;
    }),
    name: at("name", (value) => text(value, "name", { max: 10_000, blank: true })),
    active: yes("active"),
    archived: yes("archived"),
    tags: at("tags", (value) => tags(value)),
    evaluation_contexts: at("evaluation_contexts", (value) => [
      ...new Set(texts(value, "evaluation_contexts", { items: 50 })),
    ]),
    ensure_experience_continuity: at("ensure_experience_continuity", (value) =>
      orNull(value, (one) => boolean(one, "ensure_experience_continuity")),
    ),
    is_remote_configuration: yes("is_remote_configuration"),
    has_encrypted_payloads: yes("has_encrypted_payloads"),
    evaluation_runtime: at("evaluation_runtime", (value) =>
      choice(value, "evaluation_runtime", ["server", "client", "all"] as const),
    ),
    bucketing_identifier: at("bucketing_identifier", (value) =>
      choice(value, "bucketing_identifier", ["distinct_id", "device_id"] as const),
    ),
  };
}

/** What fields of a flag must be to each other, and to the project. */
function checkFlag({ store, project }: FlagWrite, data: FlagData, own?: Row<FlagData>): void {
  const twin = store.byKey("ph_flag", project.id, data.key);
  if (twin && twin.id !== own?.id) throw invalid("key", "There is already a feature flag with this key.", "unique");
  if (data.archived && data.active)
    throw invalid("archived", "An active feature flag cannot be archived. Disable it first.");
  if (data.has_encrypted_payloads && !data.is_remote_configuration)
    throw invalid("has_encrypted_payloads", "Encrypted payloads are only supported for remote configuration flags.");
  if (data.bucketing_identifier === "device_id" && data.ensure_experience_continuity)
    throw invalid("bucketing_identifier", "Device bucketing and experience continuity exclude each other.");
  if (project.data.settings["require_evaluation_contexts"] === true && data.evaluation_contexts.length === 0)
    throw invalid("evaluation_contexts", "At least one evaluation context is required.", "required");
  if (data.filters["version"] === 2) return;
  const filters = data.filters as unknown as Filters;
  checkFilters(filters, project.data.group_types.length);
  checkReferences(store, project, filters, own, data.active);
}
/** A remote configuration is for everybody. */
const settled = (data: FlagData, filters: Filters): FlagData => {
  const groups = filters.groups.map((group) => ({ ...group, rollout_percentage: group.rollout_percentage || 100 }));
  return { ...data, filters: { ...(data.is_remote_configuration ? { ...filters, groups } : filters) } };
};

/** Where a change needs somebody's word, it becomes a request for it. */
function checkApproval({ project }: FlagWrite, flag: Row<FlagData> | undefined): void {
  if (project.data.approval !== true) return;
  throw new Refusal({
    status: 409,
    body: {
      code: "approval_required",
      status: "approval_required",
      detail: "This action requires approval.",
      message: "A change request has been created. It takes effect when it is approved.",
      resource_type: "feature_flag",
      resource_id: flag ? String(numberOf(flag)) : null,
      change_request_id: newUuid(),
    },
  });
}
/** A key that is free again takes the place of those that were deleted under it. */
function removeTombstones(store: Store, project: string, key: string, own?: string): void {
  for (const row of childrenOf(store, "ph_flag", project))
    if (row.data.deleted && row.data.key === key && row.id !== own) store.remove(row.id);
}

export function createFlag(write: FlagWrite, body: Json): Row<FlagData> {
  const { store, project, user } = write;
  if (body["key"] === undefined) throw required("key");
  const empty: FlagData = {
    key: "",
    name: "",
    filters: {},
    active: true,
    archived: false,
    deleted: false,
    tags: [],
    evaluation_contexts: [],
    ensure_experience_continuity: false,
    is_remote_configuration: false,
    has_encrypted_payloads: false,
    evaluation_runtime: "all",
    bucketing_identifier: "distinct_id",
    version: 1,
    creation_context: "feature_flags",
    created_by: user,
    last_modified_by: user,
    experiments: [],
  };
  const fields = written(empty, body);
  const filters = body["filters"] === undefined ? { groups: [] } : readFilters(body["filters"]);
  if (body["filters"] !== undefined && (filters.groups ?? []).length === 0)
    throw invalid(
      "filters",
      "Feature flags must have at least one condition set (group).",
      "contextual.groups_empty_on_create",
    );
  const data = settled(fields, stored(filters));
  checkFlag(write, data);
  if (liveFlags(store, project.id).length >= mostFlags)
    throw invalid(null, `Maximum of ${mostFlags} feature flags allowed per team.`);
  checkApproval(write, undefined);
  removeTombstones(store, project.id, data.key);
  return add(store, "ph_flag", project.id, data, { key: data.key });
}

/** Keeps a change, as the next version. What is deleted gives its key away. */
const save = ({ store, user }: FlagWrite, flag: Row<FlagData>, data: FlagData): Row<FlagData> =>
  store.update(flag, {
    data: { ...data, version: flag.data.version + 1, last_modified_by: user },
    key: data.deleted ? `${data.key}:deleted:${numberOf(flag)}` : data.key,
  });

/** The fields that the caller changes, and somebody else has since the caller read the flag. */
function conflicting(store: Store, flag: Row<FlagData>, body: Json): string[] {
  const original = body["original_flag"];
  if (!isObject(original)) return [];
  const current: Json = { ...flag.data, filters: shownFilters(store, flag.data.filters) };
  return Object.keys(body).filter(
    (name) =>
      name !== "version" &&
      Object.hasOwn(original, name) &&
      Object.hasOwn(current, name) &&
      !isDeepStrictEqual(body[name], original[name]) &&
      !isDeepStrictEqual(original[name], current[name]),
  );
}
function checkVersion(store: Store, flag: Row<FlagData>, body: Json): void {
  const version = orElse(body["version"], undefined, (value) => integer(value, "version"));
  if (version === undefined && isV2(flag)) throw required("version");
  if (version === undefined || version === flag.data.version) return;
  if (!isV2(flag) && conflicting(store, flag, body).length === 0) return;
  const by = byId(store, "ph_user", flag.data.last_modified_by)?.data.email ?? "another user";
  throw conflict(`The feature flag was updated by ${by} since you started editing it. Please refresh and try again.`);
}

/** What may not be taken from those that still need it. */
function checkStays({ store }: FlagWrite, flag: Row<FlagData>, data: FlagData): void {
  const isDeleted = data.deleted && !flag.data.deleted;
  if (!isDeleted && !(flag.data.active && !data.active)) return;
  const dependents = dependentsOf(store, flag).filter(({ id }) => id !== flag.id);
  if (dependents.length > 0)
    throw invalid(
      "filters",
      `Cannot ${isDeleted ? "delete" : "disable"} this feature flag because other active flags depend on it: ${named(dependents)}.`,
    );
  if (isDeleted && flag.data.experiments.length > 0)
    throw invalid(
      "deleted",
      `Cannot delete a feature flag that is in use with experiment(s): ${flag.data.experiments.join(", ")}`,
    );
}
function keptVariants(flag: Row<FlagData>, filters: Filters): void {
  if (flag.data.experiments.length === 0) return;
  const kept = new Set(filters.multivariate?.variants.map(({ key }) => key));
  const dropped = filtersOf(flag).multivariate?.variants.filter(({ key }) => !kept.has(key)) ?? [];
  if (dropped.length > 0)
    throw invalid(
      "filters",
      `Variants of a running experiment cannot be removed: ${dropped.map(({ key }) => key).join(", ")}.`,
    );
}

export function updateFlag(write: FlagWrite, flag: Row<FlagData>, body: Json): Row<FlagData> {
  const { store } = write;
  const deleted = orElse(body["deleted"], flag.data.deleted, (value) => boolean(value, "deleted"));
  if (flag.data.deleted && deleted) throw gone();
  checkVersion(store, flag, body);
  let data: FlagData = { ...written(flag.data, body), deleted };
  if (isV2(flag)) {
    if (body["filters"] !== undefined)
      throw invalid(
        "filters",
        "This flag's configuration version cannot be edited here.",
        "unsupported_config_version",
      );
  } else {
    const change = body["filters"] === undefined ? {} : readFilters(body["filters"]);
    const filters = stored({ ...filtersOf(flag), ...change });
    keptVariants(flag, filters);
    data = settled(data, filters);
  }
  if (!data.deleted) checkFlag(write, data, flag);
  checkStays(write, flag, data);
  checkApproval(write, flag);
  if (!data.deleted) removeTombstones(store, write.project.id, data.key, flag.id);
  return save(write, flag, data);
}

export const gone = () =>
  new Refusal({
    status: 400,
    body: { success: false, error: "This feature flag has been deleted. Restore it first." },
  });
/** A switch that has nothing to say but on or off: already there, nothing is written. */
export function switchFlag(
  write: FlagWrite,
  flag: Row<FlagData>,
  change: Partial<Pick<FlagData, "active" | "archived">>,
): Row<FlagData> {
  if (flag.data.deleted) throw gone();
  const data = { ...flag.data, ...change };
  if (isDeepStrictEqual(data, flag.data)) return flag;
  checkFlag(write, data, flag);
  checkStays(write, flag, data);
  checkApproval(write, flag);
  return save(write, flag, data);
}
/** A change of the targeting alone, of exactly the version that the caller saw. */
export function retarget(
  write: FlagWrite,
  flag: Row<FlagData>,
  version: number,
  change: (filters: Filters) => Filters,
): Row<FlagData> {
  if (flag.data.deleted) throw gone();
  if (isV2(flag))
    throw invalid(null, "This flag's configuration version cannot be edited here.", "unsupported_config_version");
  if (version !== flag.data.version)
    throw conflict(
      `The feature flag changed since version ${version}. Read it again; it is at version ${flag.data.version}.`,
    );
  const filters = change(filtersOf(flag));
  const data = { ...flag.data, filters: { ...filters } };
  if (isDeepStrictEqual(data.filters, flag.data.filters)) return flag;
  checkFlag(write, data, flag);
  checkApproval(write, flag);
  return save(write, flag, data);
}

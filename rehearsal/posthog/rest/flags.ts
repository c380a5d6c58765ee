import type { Row } from "../../store/database";
import { filtersOf, liveFlags, shownFilters } from "../domain/flag-references";
import { createFlag, retarget, switchFlag, updateFlag } from "../domain/flags";
import type { Condition, Filters } from "../domain/filters";
import type { FlagData } from "../domain/rows";
import { byNumber, numberOf } from "../domain/store";
import { invalid, notFound } from "../errors";
import { integer, type Json, number, orElse, text } from "../fields";
import { type Call, ok, page, type Route, type Routes } from "../router";
import { times, userView } from "./views";

const hidden = '"********* (encrypted)"';
/** A person at a screen does not see encrypted payloads; a personal key does. */
function payloadsFor({ caller }: Call, { data }: Row<FlagData>): Json {
  const { payloads } = data.filters;
  if (!data.has_encrypted_payloads || caller.kind !== "session" || payloads === undefined) return {};
  return { payloads: Object.fromEntries(Object.keys(payloads as Json).map((key) => [key, hidden])) };
}
const statusOf = ({ deleted, archived, active }: FlagData): string =>
  deleted ? "DELETED" : archived ? "ARCHIVED" : active ? "ACTIVE" : "INACTIVE";

export function flagView(call: Call, flag: Row<FlagData>) {
  const { store } = call;
  const { created_by, last_modified_by, experiments, filters, ...rest } = flag.data;
  return {
    id: numberOf(flag),
    ...rest,
    filters: shownFilters(store, { ...filters, ...payloadsFor(call, flag) }),
    ...times(flag),
    created_by: userView(store, created_by),
    last_modified_by: userView(store, last_modified_by),
    is_simple_flag: false,
    rollout_percentage: null,
    status: statusOf(flag.data),
    experiment_set: experiments,
    experiment_set_metadata: experiments.map((id) => ({ id, name: `Experiment ${id}` })),
    surveys: [],
    features: [],
    can_edit: true,
    user_access_level: "manager",
    usage_dashboard: null,
    analytics_dashboards: [],
    has_enriched_analytics: false,
    last_called_at: null,
    is_used_in_replay_settings: false,
    is_eligible_for_experiment: false,
    rollback_conditions: null,
    performed_rollback: false,
  };
}
const flagOf = ({ store, project, params }: Call): Row<FlagData> => {
  const flag = byNumber(store, "ph_flag", params["flag"]!);
  if (!flag || flag.parent !== project.id) throw notFound();
  return flag;
};

/** The list, without what was deleted, and without what is archived unless that is asked for. */
function listed(call: Call) {
  const { query } = call.exchange;
  const [key, search, active] = [query.get("key"), query.get("search"), query.get("active")].map((one) =>
    one?.toLowerCase(),
  );
  const archived = query.get("archived") === "true";
  const rows = liveFlags(call.store, call.project.id).filter(
    ({ data }) =>
      data.archived === archived &&
      (key === undefined || data.key.toLowerCase() === key) &&
      (search === undefined || `${data.key}\n${data.name}`.toLowerCase().includes(search)) &&
      (active === undefined || active === "stale" || String(data.active) === active),
  );
  return page(call, rows.toReversed(), (flag) => flagView(call, flag));
}

const write = (run: (call: Call, flag: Row<FlagData>) => Row<FlagData>): Route => ({
  scope: "feature_flag:write",
  run: (call) => ok(flagView(call, run(call, flagOf(call)))),
});
/** What switches need no body for, and ignore if there is one. */
const act = (change: Parameters<typeof switchFlag>[2]): Route => write((call, flag) => switchFlag(call, flag, change));
const versionOf = ({ body }: Call): number => integer(body["version"], "version", 0);

const setRollout = write((call, flag) => {
  const at = integer(call.body["condition_index"], "condition_index", 0);
  const rollout_percentage = number(call.body["rollout_percentage"], "rollout_percentage", 0, 100);
  return retarget(call, flag, versionOf(call), (filters) => {
    if (filters.groups.length === 0) throw invalid("condition_index", "This feature flag has no release conditions.");
    if (at >= filters.groups.length)
      throw invalid(
        "condition_index",
        `This feature flag has no release condition ${at}. It has ${filters.groups.length}.`,
      );
    return {
      ...filters,
      groups: filters.groups.map((group, i) => (i === at ? { ...group, rollout_percentage } : group)),
    };
  });
});
const isForAll = (group: Condition | undefined): boolean =>
  group !== undefined && group.properties.length === 0 && group.rollout_percentage === 100 && !group.variant;
const everyone = write((call, flag) => {
  const variant = orElse(call.body["variant_key"], undefined, (value) => text(value, "variant_key"));
  const version = versionOf(call);
  return retarget(call, flag, version, (filters: Filters) => {
    const variants = filters.multivariate?.variants ?? [];
    const keys = variants.map(({ key }) => key);
    if (filters.feature_enrollment) throw invalid(null, "This feature flag is gated on early access enrollment.");
    if (variant === undefined && variants.length > 0)
      throw invalid("variant_key", `Say which variant everyone gets: ${keys.join(", ")}.`);
    if (variant !== undefined && variants.length === 0)
      throw invalid("variant_key", "This feature flag has no variants.");
    if (variant !== undefined && !keys.includes(variant))
      throw invalid("variant_key", `This feature flag has no variant '${variant}'.`);
    const all: Condition = {
      aggregation_group_type_index: filters.aggregation_group_type_index ?? null,
      properties: [],
      rollout_percentage: 100,
    };
    return {
      ...filters,
      groups: isForAll(filters.groups[0]) ? filters.groups : [all, ...filters.groups],
      ...(variants.length > 0 && {
        multivariate: {
          variants: variants.map((one) => ({ ...one, rollout_percentage: one.key === variant ? 100 : 0 })),
        },
      }),
    };
  });
});

/** The payload of a remote configuration, in plain text, for an application. */
function remoteConfig(call: Call) {
  const wanted = call.params["flag"]!;
  const flag = liveFlags(call.store, call.project.id).find(
    (one) => one.data.is_remote_configuration && (one.data.key === wanted || String(numberOf(one)) === wanted),
  );
  if (!flag) throw notFound();
  return ok(filtersOf(flag).payloads?.["true"] ?? null);
}

const path = "/api/projects/:project/feature_flags";
const config: Route = { scope: "feature_flag:read", secret: "feature_flag:read", run: remoteConfig };
export const flagRoutes: Routes = {
  [`GET ${path}/`]: { scope: "feature_flag:read", run: listed },
  [`POST ${path}/`]: {
    scope: "feature_flag:write",
    run: (call) => ok(flagView(call, createFlag(call, call.body)), 201),
  },
  [`GET ${path}/:flag/`]: { scope: "feature_flag:read", run: (call) => ok(flagView(call, flagOf(call))) },
  [`PATCH ${path}/:flag/`]: write((call, flag) => updateFlag(call, flag, call.body)),
  [`POST ${path}/:flag/enable/`]: act({ active: true }),
  [`POST ${path}/:flag/disable/`]: act({ active: false }),
  [`POST ${path}/:flag/archive/`]: act({ archived: true }),
  [`POST ${path}/:flag/unarchive/`]: act({ archived: false }),
  [`POST ${path}/:flag/set_release_condition_rollout/`]: setRollout,
  [`POST ${path}/:flag/roll_out_to_everyone/`]: everyone,
  [`GET ${path}/:flag/remote_config`]: config,
  [`GET ${path}/:flag/remote_config/`]: config,
};

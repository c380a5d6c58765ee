import type { Row } from "../../store/database";
import { actionsOf, createAction, updateAction } from "../domain/actions";
import { levels } from "../domain/accounts";
import { cohortsOf, createCohort, updateCohort } from "../domain/cohorts";
import type { ActionData, CohortData, SecretKeyData } from "../domain/rows";
import { createSecretKey, rollSecretKey, secretKeyIn, secretKeysOf, updateSecretKey } from "../domain/secret-keys";
import { byNumber, numberOf } from "../domain/store";
import { notFound } from "../errors";
import { type Call, ok, page, type Routes } from "../router";
import { userView } from "./views";

/** One of the project's objects by its number; a deleted one can still be read, as far as the API lets it. */
const inProject = (kind: "ph_cohort" | "ph_action") => (call: Call) => {
  const row = byNumber(call.store, kind, call.params["id"]!);
  if (!row || row.parent !== call.project.id || (row.data.deleted && call.exchange.method === "GET")) throw notFound();
  return row;
};
const cohortOf = inProject("ph_cohort") as (call: Call) => Row<CohortData>;
const actionOf = inProject("ph_action") as (call: Call) => Row<ActionData>;

const cohortView =
  ({ store }: Call) =>
  (cohort: Row<CohortData>) => {
    const { created_by, ...data } = cohort.data;
    return {
      id: numberOf(cohort),
      ...data,
      groups: [],
      query: null,
      cohort_type: null,
      version: 1,
      pending_version: null,
      is_calculating: false,
      created_by: userView(store, created_by),
      created_at: cohort.createdAt,
      last_calculation: cohort.updatedAt,
      last_error_message: null,
      errors_calculating: 0,
      count: 0,
      experiment_set: [],
    };
  };
const actionView =
  ({ store, project }: Call) =>
  (action: Row<ActionData>) => {
    const { created_by, ...data } = action.data;
    return {
      id: numberOf(action),
      ...data,
      team_id: numberOf(project),
      created_by: userView(store, created_by),
      created_at: action.createdAt,
      is_calculating: false,
      last_calculated_at: action.createdAt,
      is_action: true,
      bytecode_error: null,
      pinned_at: null,
      creation_context: null,
      user_access_level: "manager",
    };
  };
const secretView = ({ store }: Call, key: Row<SecretKeyData>, isNew = false) => {
  const { value, created_by, ...data } = key.data;
  return {
    id: key.id.replace(/^ph_secret_/, ""),
    ...data,
    value: isNew ? value : null,
    created_at: key.createdAt,
    created_by: userView(store, created_by),
    last_used_at: null,
  };
};
const secretOf = ({ store, project, params }: Call): Row<SecretKeyData> => {
  const key = secretKeyIn(store, project.id, params["id"]!);
  if (!key) throw notFound();
  return key;
};
const matching = ({ exchange }: Call, name: string): boolean => {
  const search = exchange.query.get("search")?.toLowerCase();
  return search === undefined || name.toLowerCase().includes(search);
};

const under = (name: string) => `/api/projects/:project/${name}/`;
export const projectObjectRoutes: Routes = {
  [`GET ${under("cohorts")}`]: {
    scope: "cohort:read",
    run: (call) =>
      page(
        call,
        cohortsOf(call.store, call.project.id).filter(({ data }) => matching(call, data.name)),
        cohortView(call),
      ),
  },
  [`POST ${under("cohorts")}`]: {
    scope: "cohort:write",
    run: (call) => ok(cohortView(call)(createCohort(call.store, call.project.id, call.user, call.body)), 201),
  },
  [`GET ${under("cohorts")}:id/`]: { scope: "cohort:read", run: (call) => ok(cohortView(call)(cohortOf(call))) },
  [`PATCH ${under("cohorts")}:id/`]: {
    scope: "cohort:write",
    run: (call) => ok(cohortView(call)(updateCohort(call.store, cohortOf(call), call.body))),
  },
  [`GET ${under("actions")}`]: {
    scope: "action:read",
    run: (call) =>
      page(
        call,
        actionsOf(call.store, call.project.id).filter(({ data }) => matching(call, data.name)),
        actionView(call),
      ),
  },
  [`POST ${under("actions")}`]: {
    scope: "action:write",
    run: (call) => ok(actionView(call)(createAction(call.store, call.project.id, call.user, call.body)), 201),
  },
  [`GET ${under("actions")}:id/`]: { scope: "action:read", run: (call) => ok(actionView(call)(actionOf(call))) },
  [`PATCH ${under("actions")}:id/`]: {
    scope: "action:write",
    run: (call) => ok(actionView(call)(updateAction(call.store, actionOf(call), call.body))),
  },
  [`GET ${under("project_secret_api_keys")}`]: {
    scope: "project:read",
    level: levels.admin,
    run: (call) => page(call, secretKeysOf(call.store, call.project.id), (key) => secretView(call, key)),
  },
  [`POST ${under("project_secret_api_keys")}`]: {
    scope: "project:write",
    level: levels.admin,
    run: (call) => ok(secretView(call, createSecretKey(call.store, call.project.id, call.user, call.body), true), 201),
  },
  [`GET ${under("project_secret_api_keys")}:id/`]: {
    scope: "project:read",
    level: levels.admin,
    run: (call) => ok(secretView(call, secretOf(call))),
  },
  [`PATCH ${under("project_secret_api_keys")}:id/`]: {
    scope: "project:write",
    level: levels.admin,
    run: (call) => ok(secretView(call, updateSecretKey(call.store, secretOf(call), call.body))),
  },
  [`DELETE ${under("project_secret_api_keys")}:id/`]: {
    scope: "project:write",
    level: levels.admin,
    run(call) {
      call.store.remove(secretOf(call).id);
      return { status: 204 };
    },
  },
  [`POST ${under("project_secret_api_keys")}:id/roll/`]: {
    scope: "project:write",
    level: levels.admin,
    run: (call) => ok(secretView(call, rollSecretKey(call.store, secretOf(call)), true)),
  },
};

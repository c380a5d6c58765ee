import { createHash } from "node:crypto";
import { bearerOf, type Exchange, type Head, type Reply } from "../../http/exchange";
import type { Row, Store } from "../../store/database";
import { hasScope, personalKeyOf, secretKeyOf } from "../access";
import { levelIn } from "../domain/accounts";
import { cohortProperties } from "../domain/cohorts";
import { dependenciesOf, filtersOf, liveFlags } from "../domain/flag-references";
import type { Filters, Property } from "../domain/filters";
import { projectOfToken } from "../domain/projects";
import type { FlagData, ProjectData } from "../domain/rows";
import { byId, byNumber, numberOf } from "../domain/store";
import { forbidden, notAuthenticated, wrongKey } from "../errors";
import type { Json } from "../fields";

/** Who may have the definitions: a secret key of the project for flags, or a personal key that reads flags. */
export function projectFor(store: Store, head: Head): Row<ProjectData> {
  const value = bearerOf(head);
  if (value === "") throw notAuthenticated();
  const token = head.query.get("token");
  const project = token === null ? undefined : projectOfToken(store, token);
  if (token !== null && !project) throw wrongKey();
  const secret = secretKeyOf(store, value);
  if (secret) {
    if (!secret.data.scopes.includes("feature_flag:read"))
      throw forbidden("API key missing required scope 'feature_flag:read'");
    if (project && project.id !== secret.parent)
      throw forbidden("The secret key belongs to another project than the token.");
    return byId(store, "ph_project", secret.parent)!;
  }
  const key = personalKeyOf(store, value);
  if (!key) throw wrongKey();
  if (!hasScope(key.data.scopes, "feature_flag:read"))
    throw forbidden("API key missing required scope 'feature_flag:read'");
  if (!project) throw forbidden("A personal API key is used together with a project's token here.");
  const { scoped_teams: teams, scoped_organizations: only } = key.data;
  const isWithin =
    (teams.length === 0 || teams.includes(numberOf(project))) && (only.length === 0 || only.includes(project.parent));
  if (!isWithin || levelIn(store, project.parent, key.parent) === undefined)
    throw forbidden(`API key does not have access to the requested project: ID ${numberOf(project)}.`);
  return project;
}

/** The flags that one goes by, the furthest first, itself at the end. */
function chainOf(store: Store, flag: Row<FlagData>, seen: Set<string> = new Set()): string[] {
  if (seen.has(flag.id)) return [];
  seen.add(flag.id);
  const inner = dependenciesOf(
    store,
    flag.parent,
    filtersOf(flag).groups.flatMap(({ properties }) => properties),
  );
  return [...inner.flatMap((other) => chainOf(store, other, seen)), flag.data.key];
}
/** A flag is named by its key here, where the API names it by its number. */
const named =
  (store: Store) =>
  (property: Property): Property => {
    const other = property.type === "flag" ? byNumber(store, "ph_flag", property.key) : undefined;
    return other ? { ...property, key: other.data.key, dependency_chain: chainOf(store, other) } : property;
  };
const definition = (store: Store, flag: Row<FlagData>) => {
  const {
    key,
    name,
    active,
    deleted,
    ensure_experience_continuity,
    version,
    evaluation_runtime,
    evaluation_contexts,
    bucketing_identifier,
  } = flag.data;
  const filters: Filters = filtersOf(flag);
  return {
    id: numberOf(flag),
    team_id: Number(flag.parent.slice(-12)),
    key,
    name,
    filters: {
      ...filters,
      groups: filters.groups.map((group) => ({ ...group, properties: group.properties.map(named(store)) })),
    },
    active,
    deleted,
    ensure_experience_continuity,
    version,
    evaluation_runtime,
    evaluation_contexts,
    bucketing_identifier,
    has_encrypted_payloads: false,
  };
};

/** The cohorts that flags go by, and those that these go by; a static one is known to the server alone. */
function cohortsFor(store: Store, flags: readonly Row<FlagData>[]): Json {
  const found: Json = {};
  const open = flags.flatMap((flag) =>
    filtersOf(flag).groups.flatMap(({ properties }) =>
      properties.filter(({ type }) => type === "cohort").map(({ value }) => String(value)),
    ),
  );
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const cohort = byNumber(store, "ph_cohort", id);
    if (!cohort || Object.hasOwn(found, id) || cohort.data.is_static || cohort.data.deleted) continue;
    found[id] = cohort.data.filters["properties"];
    open.push(
      ...cohortProperties(cohort.data.filters)
        .filter(({ type }) => type === "cohort")
        .map(({ value }) => String(value)),
    );
  }
  return found;
}

/** `/flags/definitions`: everything that an application needs to evaluate flags by itself. */
export function definitions(store: Store, exchange: Exchange): Reply {
  const project = projectFor(store, exchange);
  // those that are off too: an application must know that they are
  const flags = liveFlags(store, project.id).filter(
    ({ data }) => !data.is_remote_configuration && data.filters["version"] !== 2,
  );
  const body = {
    flags: flags.map((flag) => definition(store, flag)),
    group_type_mapping: Object.fromEntries(project.data.group_types.map((type, i) => [String(i), type])),
    cohorts: exchange.query.has("send_cohorts") ? cohortsFor(store, flags) : {},
  };
  const etag = `"${createHash("sha1").update(JSON.stringify(body)).digest("hex")}"`;
  if (exchange.headers["if-none-match"] === etag) return { status: 304, headers: { etag } };
  return { status: 200, body, headers: { etag } };
}

import type { Exchange, Reply } from "../http/exchange";
import type { Row, Store } from "../store/database";
import { type Caller, checkMember, checkReach, checkScope } from "./access";
import { bodyOf } from "./body";
import type { OrganizationData, ProjectData } from "./domain/rows";
import { byId } from "./domain/store";
import { projectOf } from "./domain/projects";
import { levels } from "./domain/accounts";
import { forbidden, notAllowed, notFound } from "./errors";
import type { Json } from "./fields";

/** What the whole rehearsal of PostHog goes by. */
export interface Site {
  readonly store: Store;
  /** The settings of a project that an older server does not know. */
  readonly without: ReadonlySet<string>;
}
/** One request of the management API, after everything was asked that comes before its own rules. */
export interface Call extends Site {
  readonly caller: Caller;
  readonly exchange: Exchange;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Json;
  /** The user that asks, or whose key does. */
  readonly user: string;
  /** Those of the path. */
  readonly organization: Row<OrganizationData>;
  readonly project: Row<ProjectData>;
}
export interface Route {
  /** The scope that a key needs; null where no key is let in at all. */
  readonly scope: string | null;
  /** The level in the organization that a person needs. @default member */
  readonly level?: number;
  /** Whether a project's secret key may call it too; its own scope for that. */
  readonly secret?: string;
  /** Whether a key's projects and organizations do not matter: it is about the caller alone. */
  readonly own?: boolean;
  readonly run: (call: Call) => Reply;
}
/** `"GET /api/projects/:project/actions/"` → what answers. */
export type Routes = Readonly<Record<string, Route>>;

interface Compiled {
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly route: Route;
}
const compiled = (routes: Routes): Compiled[] =>
  Object.entries(routes).map(([title, route]) => {
    const [method, path] = title.split(" ") as [string, string];
    const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
    return { method, names, route, pattern: new RegExp(`^${path.replaceAll(/:\w+/g, "([^/]+)")}$`) };
  });
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    throw notFound();
  }
};

function organizationAt(store: Store, caller: Caller, id: string): Row<OrganizationData> | undefined {
  const wanted = id === "@current" && caller.kind !== "secret" ? caller.user.data.organization : id;
  return byId(store, "ph_organization", wanted);
}
function projectAt(store: Store, caller: Caller, id: string): Row<ProjectData> | undefined {
  if (id !== "@current") return projectOf(store, id);
  if (caller.kind === "secret") return byId(store, "ph_project", caller.key.parent);
  return caller.user.data.project === null ? undefined : projectOf(store, String(caller.user.data.project));
}

/** Whom the path is about, if this caller may know of it. */
function scene(site: Site, caller: Caller, params: Readonly<Record<string, string>>, route: Route) {
  const { store } = site;
  const atOrganization =
    params["organization"] === undefined ? undefined : organizationAt(store, caller, params["organization"]);
  const project = params["project"] === undefined ? undefined : projectAt(store, caller, params["project"]);
  if (params["project"] !== undefined && !project) throw notFound("Project not found.");
  if (params["organization"] !== undefined && !atOrganization) throw notFound("Organization not found.");
  const organization = atOrganization ?? (project && byId(store, "ph_organization", project.parent));
  if (project && organization?.id !== project.parent) throw notFound("Project not found.");
  // to a stranger it is not there; only then is said what a key lacks
  if (organization) checkMember(store, caller, organization, 0);
  // a project below its organization is a path of the organization
  if (route.own !== true) checkReach(caller, organization, params["organization"] === undefined ? project : undefined);
  if (organization) checkMember(store, caller, organization, route.level ?? levels.member);
  if (caller.kind === "secret" && project && caller.key.parent !== project.id)
    throw forbidden("Project secret API key does not have access to the requested project.");
  return { organization: organization!, project: project! };
}

/** Answers what a table of routes says, in the order in which the real server asks. */
export function router(routes: Routes) {
  const table = compiled(routes);
  return (site: Site, caller: Caller, exchange: Exchange): Reply => {
    // the real server still has the names of a split of projects that it took back
    const path = exchange.path.replace(/^\/api\/environments\/(?=[^/]+\/)/, "/api/projects/");
    const here = table.filter(({ pattern }) => pattern.test(path));
    if (here.length === 0) throw notFound("Endpoint not found.");
    const found = here.find(({ method }) => method === exchange.method);
    if (!found) {
      // what is only ever marked as deleted answers without a body
      if (exchange.method === "DELETE" && here.some(({ method }) => method === "PATCH")) return { status: 405 };
      throw notAllowed(exchange.method.slice(0, 20));
    }
    const { route, names, pattern } = found;
    if (caller.kind === "secret" && route.secret !== undefined) {
      if (!caller.key.data.scopes.includes(route.secret))
        throw forbidden(`API key missing required scope '${route.secret}'`);
    } else checkScope(caller, route.scope);
    const match = pattern.exec(path)!;
    const params = Object.fromEntries(names.map((name, i) => [name, decoded(match[i + 1]!)]));
    const isWrite = exchange.method !== "GET";
    const user = caller.kind === "secret" ? caller.key.data.created_by : caller.user.id;
    const work = (): Reply => {
      const at = scene(site, caller, params, route);
      const body = isWrite ? bodyOf(exchange) : {};
      return route.run({ ...site, caller, exchange, params, body, user, ...at });
    };
    return isWrite ? site.store.transaction(work) : work();
  };
}

/** The site and its host, as an absolute address begins. */
const originOf = ({ headers }: Exchange): string => `http://${headers.host ?? "127.0.0.1"}`;
const whole = (text: string | null, otherwise: number): number =>
  text !== null && /^\d{1,9}$/.test(text) ? Number(text) : otherwise;

/** A part of a list: `limit` and `offset`, and the whole addresses of what comes before and after. */
export function page<R>({ exchange }: Pick<Call, "exchange">, rows: readonly R[], view: (row: R) => unknown): Reply {
  const { query, path } = exchange;
  const limit = whole(query.get("limit"), 100) || 100;
  const offset = whole(query.get("offset"), 0);
  const link = (from: number): string => {
    const next = new URLSearchParams(query);
    next.set("limit", String(limit));
    if (from === 0) next.delete("offset");
    else next.set("offset", String(from));
    return `${originOf(exchange)}${path}?${next}`;
  };
  return {
    status: 200,
    body: {
      count: rows.length,
      next: offset + limit < rows.length ? link(offset + limit) : null,
      previous: offset > 0 ? link(Math.max(0, offset - limit)) : null,
      results: rows.slice(offset, offset + limit).map(view),
    },
  };
}
export const ok = (body: unknown, status = 200): Reply => ({ status, body });

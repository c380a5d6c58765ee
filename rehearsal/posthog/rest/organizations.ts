import { levels, organizationsOf, use } from "../domain/accounts";
import {
  changeProject,
  checkRoom,
  deleteProject,
  moveProject,
  newProject,
  projectsOf,
  resetToken,
} from "../domain/projects";
import { levelIn } from "../domain/accounts";
import { byId } from "../domain/store";
import { forbidden, invalid, notFound } from "../errors";
import { text } from "../fields";
import { type Call, ok, page, type Route, type Routes } from "../router";
import { basicOrganization, basicProject, fullOrganization, fullProject, wholeUser } from "./views";

const full = ({ store, user, without }: Call, project: Call["project"]) =>
  ok(fullProject(store, user, without, project));
const read: Route = { scope: "project:read", run: (call) => full(call, call.project) };
const change: Route = {
  scope: "project:write",
  run: (call) => full(call, changeProject(call.store, call.project, call.body, call.without)),
};
const remove: Route = {
  scope: "project:write",
  level: levels.admin,
  run({ store, organization, project }) {
    deleteProject(store, organization, project);
    return { status: 204 };
  },
};
/** PUT asks the plan's limit again, as if it made a project. */
const put: Route = {
  ...change,
  run(call) {
    checkRoom(call.store, call.organization);
    return change.run(call);
  },
};
/** What a person does who is signed in: no key may. */
const reset: Route = {
  scope: null,
  level: levels.admin,
  run: (call) => full(call, resetToken(call.store, call.project)),
};
const move: Route = {
  scope: null,
  run(call) {
    const { store, organization, project, user, body } = call;
    const target = byId(store, "ph_organization", text(body["organization_id"], "organization_id"));
    const level = target && levelIn(store, target.id, user);
    if (!target || level === undefined)
      throw invalid(null, "You must be a member of the target organization to move a project.");
    if (Math.min(level, levelIn(store, organization.id, user) ?? 0) < levels.admin)
      throw invalid(null, "You must be an admin of both the source and target organizations to move a project.");
    return full(call, moveProject(store, project, target.id));
  },
};

const list: Route = {
  scope: "project:read",
  run(call) {
    const search = call.exchange.query.get("search")?.toLowerCase();
    const all = projectsOf(call.store, call.organization.id);
    return page(call, search ? all.filter(({ data }) => data.name.toLowerCase().includes(search)) : all, basicProject);
  },
};
const create: Route = {
  scope: "project:write",
  level: levels.admin,
  run(call) {
    const { store, organization, body, without, caller } = call;
    checkRoom(store, organization);
    const project = newProject(store, organization.id, body, without);
    // what `@current` means moves along
    if (caller.kind !== "secret") use(store, caller.user, organization.id, project.id);
    return { ...full(call, project), status: 201 };
  },
};
const current = ({ caller }: Call) => {
  if (caller.kind !== "personal") throw forbidden("This action is only for a personal API key.");
  return caller;
};

const below = "/api/organizations/:organization/projects";
export const organizationRoutes: Routes = {
  "GET /api/organizations/": {
    scope: "organization:read",
    own: true,
    run(call) {
      const { caller, store, user } = call;
      const only = caller.kind === "personal" ? caller.key.data.scoped_organizations : [];
      if (caller.kind === "personal" && caller.key.data.scoped_teams.length > 0)
        throw forbidden("API keys with scoped projects are only supported on project-based endpoints.");
      const all = organizationsOf(store, user).filter(({ id }) => only.length === 0 || only.includes(id));
      return page(call, all, (one) => basicOrganization(store, user, one));
    },
  },
  "GET /api/organizations/:organization/": {
    scope: "organization:read",
    run: ({ store, user, organization }) => ok(fullOrganization(store, user, organization)),
  },
  [`GET ${below}/`]: list,
  [`POST ${below}/`]: create,
  [`GET ${below}/:project/`]: read,
  [`PATCH ${below}/:project/`]: change,
  [`PUT ${below}/:project/`]: put,
  [`DELETE ${below}/:project/`]: remove,
  [`PATCH ${below}/:project/reset_token/`]: reset,
  [`POST ${below}/:project/change_organization/`]: move,
  "GET /api/projects/:project/": read,
  "PATCH /api/projects/:project/": change,
  "PUT /api/projects/:project/": put,
  "DELETE /api/projects/:project/": remove,
  "PATCH /api/projects/:project/reset_token/": reset,
  "POST /api/projects/:project/change_organization/": move,
  "GET /api/projects/:project/environments/": {
    scope: "project:read",
    run() {
      throw forbidden("Environments are not available.");
    },
  },
  "GET /api/projects/:project/groups_types/": {
    scope: "group:read",
    run: ({ project }) =>
      ok(
        project.data.group_types.map((group_type, group_type_index) => ({
          group_type,
          group_type_index,
          name_singular: null,
          name_plural: null,
        })),
      ),
  },
  "GET /api/users/@me/": {
    scope: "user:read",
    own: true,
    run({ caller, store }) {
      if (caller.kind === "secret") throw notFound();
      return ok(wholeUser(store, caller.user));
    },
  },
  "GET /api/personal_api_keys/@current/": {
    // a key may read itself whatever its scopes
    scope: "",
    own: true,
    run(call) {
      const { id, data, createdAt } = current(call).key;
      return ok({
        id: id.replace(/^ph_key_/, ""),
        ...data,
        scoped_teams: data.scoped_teams.length > 0 ? data.scoped_teams : null,
        scoped_organizations: data.scoped_organizations.length > 0 ? data.scoped_organizations : null,
        value: null,
        created_at: createdAt,
        last_used_at: new Date().toISOString().slice(0, 10),
        last_rolled_at: null,
      });
    },
  },
};

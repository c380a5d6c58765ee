// Who is let in where: keys and their scopes, projects and organizations, people and their levels.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routes } from "../../../rehearsal/dist/posthog/api.js";
import { names, posthogWorld, refusal, request, type World } from "./rig";

let world: World;
let other: ReturnType<World["rehearsal"]["posthog"]["addOrganization"]>;
let otherProject: number;
beforeAll(async () => {
  world = await posthogWorld();
  other = world.rehearsal.posthog.addOrganization({ name: "Strangers", founder: "none", projects: 5 });
  otherProject = world.rehearsal.posthog.projects.find(
    ({ organization }) => organization === other.organization.id,
  )!.id;
});
afterAll(() => world.rehearsal.close());

/** A user has ten keys at most: each test that needs one has a user of its own for it. */
const keyOf = (scopes: string[], rest: { scopedTeams?: number[]; scopedOrganizations?: string[] } = {}): string => {
  const { session } = world.rehearsal.posthog.addOrganization({ name: `Of keys ${Math.random()}`, founder: "none" });
  return world.rehearsal.posthog.addKey({ label: "test", scopes, ...rest }, session);
};
const at = (title: string): [method: string, path: string] => {
  const [method, path] = title.split(" ") as [string, string];
  return [
    method,
    path
      .replace(":organization", world.organization)
      .replace(":project", String(world.project))
      .replaceAll(/:\w+/g, "1"),
  ];
};

describe("every route", () => {
  it.each(Object.entries(routes))("%s", async (title, route) => {
    const [method, path] = at(title);
    const body = method === "GET" || method === "DELETE" ? undefined : {};
    expect(refusal(await world.ask(method, path, body, ""))).toEqual([401, "not_authenticated", null]);
    expect(refusal(await world.ask(method, path, body, "phx_wrong"))).toEqual([401, "authentication_failed", null]);
    const bare = await world.ask(method, path, body, keyOf(["nothing:read"]));
    if (route.scope === "") return expect(bare.status).toBe(200);
    expect(bare.body).toMatchObject({ type: "authentication_error", code: "permission_denied", attr: null });
    expect([bare.status, bare.body["detail"]]).toEqual([
      403,
      route.scope === null
        ? "This action does not support Personal API Key access"
        : `API key missing required scope '${route.scope}'`,
    ]);
    // reading is not writing; writing is reading too
    if (!route.scope?.endsWith(":write")) return;
    const reading = await world.ask(method, path, body, keyOf([route.scope.replace(":write", ":read")]));
    expect([reading.status, reading.body["detail"]]).toEqual([403, `API key missing required scope '${route.scope}'`]);
  });

  it("write implies read, and no scope at all is every scope", async () => {
    const { session } = other;
    const writing = world.rehearsal.posthog.addKey({ label: "w", scopes: ["feature_flag:write"] }, session);
    expect((await world.ask("GET", `/api/projects/${otherProject}/feature_flags/`, undefined, writing)).status).toBe(
      200,
    );
    const all = world.rehearsal.posthog.addKey({ label: "all", scopes: [] }, session);
    expect((await world.ask("GET", "/api/personal_api_keys/@current/", undefined, all)).body).toMatchObject({
      scopes: ["*"],
    });
  });
});

describe("what belongs to others is not there", () => {
  it.each<[string, (id: { project: number; organization: string }) => string]>([
    ["their organization", ({ organization }) => `/api/organizations/${organization}/`],
    ["its projects", ({ organization }) => `/api/organizations/${organization}/projects/`],
    ["their project", ({ project }) => `/api/projects/${project}/`],
    ["their flags", ({ project }) => `/api/projects/${project}/feature_flags/`],
    [
      "their project below the own organization",
      ({ project }) => `/api/organizations/${world.organization}/projects/${project}/`,
    ],
    ["no project at all", () => "/api/projects/99999999/"],
    ["a project that is no number", () => "/api/projects/abc/"],
    ["an organization by its slug", () => "/api/organizations/rehearsal/"],
  ])("%s", async (_case, path) => {
    const theirs = { project: otherProject, organization: other.organization.id };
    expect(refusal(await world.ask("GET", path(theirs)))).toEqual([404, "not_found", null]);
  });

  it("a flag of one project is not in another", async () => {
    const { body } = await world.ask(
      "POST",
      `/api/projects/${otherProject}/feature_flags/`,
      { key: "theirs" },
      other.key,
    );
    expect(refusal(await world.inside("GET", `feature_flags/${body["id"]}/`))).toEqual([404, "not_found", null]);
    expect(refusal(await world.inside("PATCH", `feature_flags/${body["id"]}/`, { deleted: true }))).toEqual([
      404,
      "not_found",
      null,
    ]);
    expect(
      (await world.ask("GET", `/api/projects/${otherProject}/feature_flags/${body["id"]}/`, undefined, other.key)).body[
        "deleted"
      ],
    ).toBe(false);
  });

  it("a list holds the own organizations only", async () => {
    expect(names(await world.ask("GET", "/api/organizations/"))).toEqual(["Rehearsal"]);
  });
});

describe("keys for some projects or organizations", () => {
  it.each<[string, (own: number) => string, number, string?]>([
    ["its project", (own) => `/api/projects/${own}/`, 200],
    ["flags of its project", (own) => `/api/projects/${own}/feature_flags/`, 200],
    ["itself", () => "/api/personal_api_keys/@current/", 200],
    ["its user", () => "/api/users/@me/", 200],
    [
      "another project of its user",
      () => `/api/projects/${world.project}/`,
      403,
      "API key does not have access to the requested project: ID",
    ],
    [
      "its project below the organization",
      (own) => `/api/organizations/${world.organization}/projects/${own}/`,
      403,
      "API keys with scoped projects are only supported on project-based endpoints.",
    ],
    [
      "the list of projects",
      () => `/api/organizations/${world.organization}/projects/`,
      403,
      "API keys with scoped projects are only supported",
    ],
    [
      "the organization",
      () => `/api/organizations/${world.organization}/`,
      403,
      "API keys with scoped projects are only supported",
    ],
  ])(
    "for a project: %s",
    async (_case, path, status, detail = "") => {
      const { body } = await world.ask("POST", `/api/organizations/${world.organization}/projects/`, {
        name: `Own ${Math.random()}`,
      });
      const own = body["id"] as number;
      const key = world.rehearsal.posthog.addKey({ label: "project", scopes: ["*"], scopedTeams: [own] });
      const answer = await world.ask("GET", path(own), undefined, key);
      expect([answer.status, String(answer.body["detail"] ?? "").startsWith(detail)]).toEqual([status, true]);
      await world.ask("DELETE", `/api/projects/${own}/`);
      world.rehearsal.posthog.purge();
    },
    20_000,
  );

  it("for an organization: its own, and no other of its user", async () => {
    const third = world.rehearsal.posthog.addOrganization({ name: "Third" });
    const key = world.rehearsal.posthog.addKey({
      label: "organization",
      scopes: ["*"],
      scopedOrganizations: [third.organization.id],
    });
    expect(names(await world.ask("GET", "/api/organizations/", undefined, key))).toEqual(["Third"]);
    expect((await world.ask("GET", `/api/organizations/${third.organization.id}/`, undefined, key)).status).toBe(200);
    const refused = await world.ask("GET", `/api/projects/${world.project}/`, undefined, key);
    expect([refused.status, refused.body["detail"]]).toEqual([
      403,
      `API key does not have access to the requested organization: ID ${world.organization}.`,
    ]);
  });

  it("a user has ten keys at most", () => {
    const { session } = world.rehearsal.posthog.addOrganization({ name: "Keys", founder: "none" });
    const add = () => world.rehearsal.posthog.addKey({ label: "one more", scopes: ["*"] }, session);
    for (let i = 0; i < 9; i++) add();
    expect(add).toThrow("You can only have 10 personal API keys");
  });
});

describe("people", () => {
  it("a member reads and changes a project, and makes and deletes none", async () => {
    const here = world.rehearsal.posthog.addOrganization({ name: "Of others", founder: "member", projects: 9 });
    const project = world.rehearsal.posthog.projects.find(({ organization }) => organization === here.organization.id)!;
    const statuses = [];
    for (const [method, path, body] of [
      ["GET", `/api/projects/${project.id}/`],
      ["PATCH", `/api/projects/${project.id}/`, { timezone: "Europe/Berlin" }],
      ["POST", `/api/organizations/${here.organization.id}/projects/`, { name: "New" }],
      ["DELETE", `/api/projects/${project.id}/`],
      ["POST", `/api/projects/${project.id}/project_secret_api_keys/`, { label: "x", scopes: ["feature_flag:read"] }],
    ] as const)
      statuses.push((await world.ask(method, path, body)).status);
    expect(statuses).toEqual([200, 200, 403, 403, 403]);
    world.rehearsal.posthog.setKeyPolicy(false, here.organization.id);
    const refused = await world.ask("GET", `/api/projects/${project.id}/`);
    expect([refused.status, refused.body["detail"]]).toEqual([
      403,
      expect.stringContaining("'Of others' does not allow using personal API keys"),
    ]);
  });

  it("who is signed in resets tokens and moves projects; no key does", async () => {
    const { posthog, url } = world.rehearsal;
    const target = posthog.addOrganization({ name: "Target" }).organization.id;
    const { body: made } = await world.ask("POST", `/api/organizations/${world.organization}/projects/`, {
      name: "Moves",
    });
    const path = `/api/projects/${made["id"]}/`;
    expect((await world.ask("PATCH", `${path}reset_token/`, {})).status).toBe(403);
    expect((await world.ask("POST", `${path}change_organization/`, { organization_id: target })).status).toBe(403);
    const reset = await request(url, posthog.session, "PATCH", `${path}reset_token/`, {});
    expect(reset.status).toBe(200);
    expect(reset.body["api_token"]).not.toBe(made["api_token"]);
    const moved = await request(url, posthog.session, "POST", `${path}change_organization/`, {
      organization_id: target,
    });
    expect(moved.body).toMatchObject({ id: made["id"], organization: target, api_token: reset.body["api_token"] });
    expect((await world.ask("GET", path)).body["organization"]).toBe(target);
    expect((await world.ask("GET", `/api/organizations/${world.organization}/projects/${made["id"]}/`)).status).toBe(
      404,
    );
    const again = await request(url, posthog.session, "POST", `${path}change_organization/`, {
      organization_id: target,
    });
    expect([again.status, again.body["detail"]]).toEqual([400, "Project is already in the target organization."]);
  });

  it.each<[string, "owner" | "admin" | "member" | "none", string]>([
    ["a member there", "member", "You must be an admin of both the source and target organizations to move a project."],
    ["a stranger there", "none", "You must be a member of the target organization to move a project."],
  ])("no move for %s, and none of the last project", async (_case, founder, detail) => {
    const { posthog, url } = world.rehearsal;
    const target = posthog.addOrganization({ name: "There", founder }).organization.id;
    const move = (project: number, organization_id: string) =>
      request(url, posthog.session, "POST", `/api/projects/${project}/change_organization/`, { organization_id });
    const refused = await move(world.project, target);
    expect([refused.status, refused.body["detail"]]).toEqual([400, detail]);
    const single = posthog.addOrganization({ name: "Single" }).organization.id;
    const last = await move(
      posthog.projects.find(({ organization }) => organization === single)!.id,
      world.organization,
    );
    expect([last.status, last.body["detail"]]).toEqual([
      400,
      "The source organization must keep at least one project.",
    ]);
  });
});

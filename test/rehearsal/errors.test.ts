// What the server says when it refuses, when there is nothing, and when it fails itself.
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import type Libsql from "libsql";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ask, dashboard, unlockedWorld, type World } from "./rig";

const Database = createRequire(new URL("../../rehearsal/package.json", import.meta.url))("libsql") as typeof Libsql;
const folder = mkdtempSync(path.join(os.tmpdir(), "golive-errors-"));
const file = path.join(folder, "rehearsal.db");
let world: World;
beforeAll(async () => {
  world = await unlockedWorld(file);
});
afterAll(async () => {
  await world.rehearsal.close();
  rmSync(folder, { recursive: true, force: true });
});
const graphql = (query: string, token = world.rehearsal.token, at: Rehearsal = world.rehearsal) =>
  ask(at, token, "POST", "/graphql", { query });
const errors = (code: string) => [expect.objectContaining({ extensions: { code } })];

describe("dashboard API", () => {
  it.each([
    ["no token", ""],
    ["an unknown one", "dash_unknown"],
  ])("%s: 401 UNAUTHENTICATED", async (_title, token) => {
    const { status, body, headers } = await graphql("{ me { id } }", token);
    expect([status, body["errors"]]).toEqual([401, errors("UNAUTHENTICATED")]);
    expect(headers.get("x-request-id")).toMatch(/^req_/);
  });

  it.each([
    ["createProjectWithNewEnvironments", 'name: " "'],
    ["createEnvironment", 'name: "", isSandbox: true'],
    ["renameEnvironment", `environmentId: "environment_1", name: "${"x".repeat(201)}"`],
  ])("%s without a usable name", async (name, input) => {
    const { status, body } = await graphql(`mutation { ${name}(input: { ${input} }) { __typename } }`);
    expect([status, body["errors"]]).toEqual([200, errors("BAD_USER_INPUT")]);
  });
});

describe("an account whose last project was deleted", () => {
  let bare: Rehearsal;
  beforeAll(async () => {
    bare = await createRehearsal();
    const [project] = bare.projects;
    const deleted = await dashboard(bare)(
      `mutation { deleteProject(input: { projectId: "${project!.id}" }) { __typename } }`,
    );
    expect(deleted).toEqual({ __typename: "ProjectDeleted" });
  });
  afterAll(() => bare.close());

  it("has no environment to fall back to", async () => {
    const { body } = await graphql("{ currentEnvironment { id } }", bare.token, bare);
    expect(body).toEqual({ data: { currentEnvironment: null } });
  });

  it("takes no environment, on either API, until there is a project again", async () => {
    const query = 'mutation { createEnvironment(input: { name: "QA", isSandbox: true }) { __typename } }';
    expect((await graphql(query, bare.token, bare)).body["errors"]).toEqual(errors("BAD_USER_INPUT"));
    const login = await fetch(`${bare.url}/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: bare.clientId,
        client_secret: bare.clientSecret,
      }),
    });
    const { access_token: token } = (await login.json()) as { access_token: string };
    const environments = `/platform/teams/${bare.account.id}/environments`;
    expect(await ask(bare, token, "POST", environments, { name: "QA" })).toMatchObject({
      status: 404,
      body: { code: "project_not_found" },
    });
    const project = 'mutation { createProjectWithNewEnvironments(input: { name: "New" }) { __typename } }';
    expect((await graphql(project, bare.token, bare)).status).toBe(200);
    expect((await ask(bare, token, "POST", environments, { name: "QA" })).status).toBe(201);
  });
});

it("a fault of the server's own is a 500 on every API, with no trace of the code, and nothing of it is kept", async () => {
  const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const broken = new Database(file);
  const spoil = (data: string) =>
    broken.prepare("UPDATE objects SET data = ? WHERE type = 'application' AND parent = ?").run(data, world.staging.id);
  const [{ data: before }] = broken
    .prepare("SELECT data FROM objects WHERE type = 'application' AND parent = ?")
    .all(world.staging.id) as [{ data: string }];
  try {
    spoil("{");
    const made = `first: createFlag(input: { projectId: "${world.project}", slug: "half", name: "Half", userId: "user_1" }) { __typename }`;
    const fails = `setLogoutUris(input: { environmentId: "${world.staging.id}", logoutUris: [] }) { __typename }`;
    for (const answer of [
      await ask(world.rehearsal, world.staging.key, "GET", "/user_management/redirect_uris"),
      await graphql(`{ defaultUserlandApplication(environmentId: "${world.staging.id}") { id } }`),
      await graphql(`mutation { ${made} ${fails} }`),
    ]) {
      expect(answer).toMatchObject({ status: 500, body: { message: "Internal Server Error" } });
      expect(Object.keys(answer.body)).toEqual(["message"]);
      expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
    }
    const flag = await graphql(`{ flagBySlug(projectId: "${world.project}", slug: "half") { id } }`);
    expect(flag.body).toEqual({ data: { flagBySlug: null } });
    expect(said).toHaveBeenCalledTimes(3);
  } finally {
    spoil(before);
    broken.close();
    said.mockRestore();
  }
});

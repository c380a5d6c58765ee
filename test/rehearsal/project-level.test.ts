// What the environments of a project share, and what that means for one that moves to another project.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, type Dashboard, type Data, dashboard, mutate, unlockedWorld, type World } from "./rig";

let world: World;
let dash: Dashboard;
beforeAll(async () => {
  world = await unlockedWorld();
  ({ dash } = world);
});
afterAll(() => world.rehearsal.close());
const rest = (key: string, method: string, path: string, body?: unknown) =>
  ask(world.rehearsal, key, method, path, body);
const places = () => [world.staging, world.production] as const;

const environments = "environments { id name sandbox builtIn }";
type Environment = { id: string; name: string; sandbox: boolean; builtIn: boolean };
async function project(name: string, includeProductionEnvironment?: boolean) {
  const made = await mutate(
    dash,
    "createProjectWithNewEnvironments",
    { name, ...(includeProductionEnvironment !== undefined && { includeProductionEnvironment }) },
    `... on ProjectCreated { project { id ${environments} } }`,
  );
  return made["project"] as { id: string; environments: Environment[] };
}
const guest = async (name: string, isSandbox = true) => {
  const made = await mutate(dash, "createEnvironment", { name, isSandbox }, "environment { id }");
  return (made["environment"] as { id: string }).id;
};

describe("moves", () => {
  const move = (environmentId: string, projectId: string, dryRun = false) =>
    mutate(
      dash,
      "moveEnvironment",
      { environmentId, projectId, dryRun },
      "... on EnvironmentMoveBlocked { missing { kind name } } ... on EnvironmentMoved { environment { projectV2 { id } sandbox } }",
    );
  const flag = (projectId: string, slug: string, tags: string[]) =>
    mutate(
      dash,
      "createFlag",
      { projectId, slug, name: slug, tags, userId: "user_1" },
      "... on FlagCreated { flag { id flagEnvironments { id environmentId } } }",
    );

  it("name everything that the destination lacks, and go through once it is there", async () => {
    const environmentId = await guest("Mover", false);
    const made = (await flag(world.project, "moving", ["tagged"]))["flag"] as {
      flagEnvironments: { id: string; environmentId: string }[];
    };
    const rule = made.flagEnvironments.find((one) => one.environmentId === environmentId)!;
    const on = { flagEnabled: true, defaultEnabled: false, accessType: "SOME", organizationIds: ["org_1"] };
    await mutate(dash, "updateFlagEnvironment", { flagEnvironmentId: rule.id, ...on });
    const key = (await mutate(dash, "mintKey", { environmentId, name: "x" }, "... on ApiKeyMinted { value }"))["value"];
    const schema = { targets: [{ type: "user" }] };
    expect(await rest(String(key), "POST", "/audit_logs/actions/user.moved/schemas", schema)).toMatchObject({
      status: 201,
    });
    await mutate(dash, "setCustomDomain", { environmentId, domain: "mail.example.com", use: "EMAIL" });

    const { id: bare } = await project("Bare");
    expect(await move(environmentId, bare)).toEqual({
      __typename: "EnvironmentMoveBlocked",
      missing: [
        { kind: "feature flag", name: "moving" },
        { kind: "tag", name: "tagged" },
        { kind: "audit log schema", name: "user.moved" },
        { kind: "email domain", name: "mail.example.com" },
      ],
    });
    const ready = await project("Ready");
    const production = ready.environments[1]!.id;
    await flag(ready.id, "moving", ["tagged"]);
    await mutate(dash, "setCustomDomain", { environmentId: production, domain: "mail.example.com", use: "EMAIL" });
    const minted = await mutate(
      dash,
      "mintKey",
      { environmentId: production, name: "y" },
      "... on ApiKeyMinted { value }",
    );
    await rest(String(minted["value"]), "POST", "/audit_logs/actions/user.moved/schemas", schema);
    const where = async () =>
      (await dash(`{ currentTeam { projectsV2 { id ${environments} } } }`))["projectsV2"] as {
        id: string;
        environments: Environment[];
      }[];
    expect((await move(environmentId, ready.id, true)).__typename).toBe("EnvironmentMoved");
    expect((await where()).find(({ id }) => id === world.project)!.environments.map(({ id }) => id)).toContain(
      environmentId,
    );
    expect(await move(environmentId, ready.id)).toMatchObject({
      environment: { projectV2: { id: ready.id }, sandbox: false },
    });
    // the rule went along, on the flag of the same slug
    const moved = await dash<{ flagEnvironments: Data[] }>(
      `{ flagBySlug(projectId: "${ready.id}", slug: "moving") { flagEnvironments { environmentId flagEnabled accessType organizations { id } } } }`,
    );
    expect(moved.flagEnvironments).toContainEqual({
      environmentId,
      flagEnabled: true,
      accessType: "SOME",
      organizations: [{ id: "org_1" }],
    });
  });

  it("not into a project with an environment of that name, nor to another account", async () => {
    const target = await project("Twins");
    expect((await move(world.staging.id, target.id)).__typename).toBe("EnvironmentNameAlreadyUsed");
    const other = world.rehearsal.addAccount("Move target");
    const theirs = await dashboard({ url: world.rehearsal.url, token: other.token })<{ projectsV2: { id: string }[] }>(
      "{ currentTeam { projectsV2 { id } } }",
    );
    expect((await move(world.staging.id, theirs.projectsV2[0]!.id)).__typename).toBe("ProjectNotFound");
  });
});

describe("what a project shares", () => {
  const schema = { targets: [{ type: "user" }] };
  const actions = async (key: string) =>
    ((await rest(key, "GET", "/audit_logs/actions")).body["data"] as { name: string }[]).map(({ name }) => name);

  it("its environments have the same audit log schemas, and count one version after the other", async () => {
    const [{ key: staging }, { key: production }] = places();
    const path = "/audit_logs/actions/user.shared/schemas";
    expect((await rest(staging, "POST", path, schema)).body).toMatchObject({ version: 1 });
    expect((await rest(production, "POST", path, schema)).body).toMatchObject({ version: 2 });
    for (const key of [staging, production]) {
      expect(await actions(key)).toContain("user.shared");
      expect((await rest(key, "GET", path)).body["data"]).toHaveLength(2);
    }
  });

  it("another project has none of it, and an environment that wrote none relies on none", async () => {
    const { id } = await project("Elsewhere");
    const environmentId = await guest("Light luggage");
    const value = async () =>
      String((await mutate(dash, "mintKey", { environmentId, name: "x" }, "... on ApiKeyMinted { value }"))["value"]);
    const key = await value();
    expect(await actions(key)).toContain("user.shared");
    expect((await mutate(dash, "moveEnvironment", { environmentId, projectId: id })).__typename).toBe(
      "EnvironmentMoved",
    );
    expect(await actions(key)).toEqual([]);
  });

  it("nothing is left of what was deleted", async () => {
    const objects = async () =>
      (await rest(world.rehearsal.token, "GET", "/_rehearsal/account")).body["objects"] as number;
    const before = await objects();
    const { id, environments: made } = await project("Short-lived");
    const environmentId = made[0]!.id;
    const minted = await mutate(dash, "mintKey", { environmentId, name: "x" }, "... on ApiKeyMinted { value }");
    const key = String(minted["value"]);
    await mutate(dash, "createFlag", { projectId: id, slug: "short", name: "Short", userId: "user_1" });
    await rest(key, "POST", "/audit_logs/actions/user.gone/schemas", schema);
    await rest(key, "POST", "/webhook_endpoints", { endpoint_url: "https://gone.example.com", events: [] });
    await rest(key, "PUT", "/user_management/jwt_template", { content: "{}" });
    await rest(key, "POST", "/authorization/roles", { slug: "gone", name: "Gone" });
    const { body: app } = await rest(key, "POST", "/connect/applications", {
      name: "Gone",
      application_type: "oauth",
      is_first_party: true,
    });
    await rest(key, "POST", `/connect/applications/${String(app["id"])}/client_secrets`, {});
    expect(await objects()).toBeGreaterThan(before + 15);
    expect((await mutate(dash, "deleteProject", { projectId: id })).__typename).toBe("ProjectDeleted");
    expect(await objects()).toBe(before);
    expect((await rest(key, "GET", "/organizations")).status).toBe(401);
  });
});

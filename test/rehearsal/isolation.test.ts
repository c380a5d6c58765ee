// Several accounts side by side: what belongs to one is not there for another. Not forbidden: not there.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, type Dashboard, type Data, dashboard, mutate, unlockedWorld, type World } from "./rig";

let world: World;
let stranger: Dashboard;
let strangerKey: string;
let platformToken: string;
/** Ids of the first account, which the stranger has got to know. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  world = await unlockedWorld();
  const { rehearsal, dash, project, staging } = world;
  const make = async (name: string, input: Data, selection: string) =>
    Object.values(await mutate(dash, name, input, selection)).find((v) => typeof v === "object") as { id: string };
  ids["project"] = project;
  ids["environment"] = staging.id;
  const app = { environmentId: staging.id, name: "Shop" };
  ids["application"] = (
    await make("createUserlandApplication", app, "... on UserlandApplicationCreated { userlandApplication { id } }")
  ).id;
  ids["key"] = (
    await make("mintKey", { environmentId: staging.id, name: "CI" }, "... on ApiKeyMinted { key { id } }")
  ).id;
  const flag = { projectId: project, slug: "beta", name: "Beta", userId: "user_1" };
  ids["flag"] = (await make("createFlag", flag, "... on FlagCreated { flag { id } }")).id;
  const rules = await dash<{ flagEnvironments: { id: string }[] }>(
    `{ flag(id: "${ids["flag"]}") { flagEnvironments { id } } }`,
  );
  ids["rule"] = rules.flagEnvironments[0]!.id;
  const rest = async (path: string, body: Data) =>
    String((await ask(rehearsal, staging.key, "POST", path, body)).body["id"]);
  ids["webhook"] = await rest("/webhook_endpoints", { endpoint_url: "https://hooks.example.com/a", events: [] });
  ids["organization"] = await rest("/organizations", { name: "Acme", external_id: "acme" });
  ids["connect"] = await rest("/connect/applications", {
    name: "CLI",
    application_type: "oauth",
    is_first_party: true,
  });
  ids["secret"] = await rest(`/connect/applications/${ids["connect"]}/client_secrets`, {});
  ids["uri"] = await rest("/user_management/redirect_uris", { uri: "http://localhost:1/cb" });

  const other = rehearsal.addAccount("Stranger");
  stranger = dashboard({ url: rehearsal.url, token: other.token });
  const theirs = await stranger<{ projectsV2: { environments: { id: string }[] }[] }>(
    "{ currentTeam { projectsV2 { environments { id } } } }",
  );
  const environmentId = theirs.projectsV2[0]!.environments[0]!.id;
  const minted = await mutate(stranger, "mintKey", { environmentId, name: "x" }, "... on ApiKeyMinted { value }");
  strangerKey = String(minted["value"]);
  const login = await fetch(`${rehearsal.url}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: other.clientId,
      client_secret: other.clientSecret,
    }),
  });
  platformToken = ((await login.json()) as { access_token: string }).access_token;
});
afterAll(() => world.rehearsal.close());

describe("dashboard API", () => {
  it.each([
    ["flag", "flag", "{ flag(id: $id) { id } }"],
    ["webhook", "webhookEndpoint", "{ webhookEndpoint(id: $id) { id } }"],
    ["application", "userlandApplication", "{ userlandApplication(id: $id) { id } }"],
    ["environment", "defaultUserlandApplication", "{ defaultUserlandApplication(environmentId: $id) { id } }"],
    ["environment", "environment", "{ environment(id: $id) { id webOrigins { origins } } }"],
    ["environment", "redirectUris", "{ redirectUris(environmentId: $id) { data { id } } }"],
    ["environment", "webhookEndpoints", "{ webhookEndpoints(environmentId: $id) { data { id } } }"],
    ["environment", "userlandApplications", "{ userlandApplications(environmentId: $id) { data { id } } }"],
    ["environment", "keys", "{ keys(environmentId: $id) { data { id } } }"],
    ["environment", "organizations", "{ organizations(environmentId: $id) { data { id } } }"],
    ["project", "flagsForProject", "{ flagsForProject(projectId: $id) { data { id } } }"],
    ["project", "tags", "{ tags(projectId: $id) { data { id } } }"],
    ["project", "flagBySlug", '{ flagBySlug(projectId: $id, slug: "beta") { id } }'],
  ])("the %s of another account: %s is empty", async (kind, _field, query) => {
    const isId = /(flag|userlandApplication)\(id/.test(query);
    const text = `query ($id: ${isId ? "ID" : "String"}!) ${query}`;
    const mine = JSON.stringify(await world.dash(text, { id: ids[kind] }));
    const theirs = JSON.stringify(await stranger(text, { id: ids[kind] }));
    expect(theirs).not.toMatch(/_01/);
    expect(theirs).toMatch(/^(null|\[\]|\{"(data|origins)":\[\]\})$/);
    expect(mine.length).toBeGreaterThan(1);
  });

  it.each([
    ["renameProject", "project", { projectId: "$", name: "Mine" }, "ProjectNotFound"],
    ["deleteProject", "project", { projectId: "$" }, "ProjectNotFound"],
    ["renameEnvironment", "environment", { environmentId: "$", name: "Mine" }, "Refused"],
    ["moveEnvironment", "environment", { environmentId: "$", projectId: "project_1" }, "EnvironmentNotFound"],
    ["deleteEnvironment", "environment", { environmentId: "$" }, "EnvironmentNotFound"],
    ["setCustomDomain", "environment", { environmentId: "$", domain: "a.example.com" }, "EnvironmentNotFound"],
    ["setTestIdentityProvider", "environment", { environmentId: "$", enabled: true }, "EnvironmentNotFound"],
    ["createUserlandApplication", "environment", { environmentId: "$", name: "Mine" }, "EnvironmentNotFound"],
    ["updateUserlandApplication", "application", { applicationId: "$", name: "Mine" }, "UserlandApplicationNotFound"],
    ["deleteUserlandApplication", "application", { applicationId: "$" }, "UserlandApplicationNotFound"],
    ["rotateUserlandApplicationSecret", "application", { applicationId: "$" }, "UserlandApplicationNotFound"],
    [
      "setUserlandApplicationRedirectUris",
      "application",
      { applicationId: "$", redirectUris: [] },
      "UserlandApplicationNotFound",
    ],
    [
      "setUserlandApplicationLogoutUris",
      "application",
      { applicationId: "$", logoutUris: [] },
      "UserlandApplicationNotFound",
    ],
    [
      "setUserlandApplicationWebOrigins",
      "application",
      { applicationId: "$", origins: [] },
      "UserlandApplicationNotFound",
    ],
    ["setRedirectUris", "environment", { environmentId: "$", redirectUris: [] }, "Refused"],
    ["setLogoutUris", "environment", { environmentId: "$", logoutUris: [] }, "Refused"],
    ["setWebOrigins", "environment", { environmentId: "$", origins: [] }, "Refused"],
    ["mintKey", "environment", { environmentId: "$", name: "Mine" }, "EnvironmentNotFound"],
    ["expireKey", "key", { keyId: "$" }, "ApiKeyNotFound"],
    ["renameKey", "key", { keyId: "$", name: "Mine" }, "ApiKeyNotFound"],
    ["createFlag", "project", { projectId: "$", slug: "mine", name: "Mine", userId: "user_1" }, "ProjectNotFound"],
    ["updateFlag", "flag", { flagId: "$", name: "Mine" }, "FlagNotFound"],
    ["deleteFlag", "project", { projectId: "$", flagId: "flag_1" }, "ProjectNotFound"],
    [
      "updateFlagEnvironment",
      "rule",
      { flagEnvironmentId: "$", flagEnabled: true, defaultEnabled: true, accessType: "ALL" },
      "FlagEnvironmentNotFound",
    ],
    [
      "createWebhookEndpoint",
      "environment",
      { environmentId: "$", endpointUrl: "https://x.example.com", events: [] },
      "Refused",
    ],
    ["updateWebhookEndpoint", "webhook", { webhookEndpointId: "$", state: "InActive" }, "Refused"],
    ["deleteWebhookEndpoint", "webhook", { id: "$" }, "Refused"],
    ["rotateWebhookSecret", "webhook", { webhookEndpointId: "$" }, "WebhookEndpointNotFound"],
  ])("%s of another account's %s", async (name, kind, input: Data, expected) => {
    const filled = Object.fromEntries(Object.entries(input).map(([k, v]) => [k, v === "$" ? ids[kind] : v]));
    expect((await mutate(stranger, name, filled)).__typename).toBe(expected);
  });

  it("the header of another account's environment falls back to the own production environment", async () => {
    const other = world.rehearsal.addAccount("Third");
    const session = dashboard({ url: world.rehearsal.url, token: other.token }, world.staging.id);
    expect(await session("{ currentEnvironment { sandbox name } }")).toEqual({ sandbox: false, name: "Production" });
  });
});

describe("environment API and Platform API", () => {
  it.each([
    ["PATCH", "/webhook_endpoints/$webhook"],
    ["DELETE", "/webhook_endpoints/$webhook"],
    ["GET", "/organizations/$organization"],
    ["GET", "/organizations/external_id/acme"],
    ["PUT", "/organizations/$organization"],
    ["DELETE", "/organizations/$organization"],
    ["GET", "/connect/applications/$connect"],
    ["PUT", "/connect/applications/$connect"],
    ["DELETE", "/connect/applications/$connect"],
    ["POST", "/connect/applications/$connect/client_secrets"],
    ["DELETE", "/connect/client_secrets/$secret"],
    ["DELETE", "/user_management/redirect_uris/$uri"],
    ["GET", "/feature-flags/beta"],
    ["PUT", "/feature-flags/beta/enable"],
  ])("%s %s: 404 for another account and for the other environment", async (method, path) => {
    const real = path.replace(/\$(\w+)/, (_, kind: string) => ids[kind]!);
    const isFlag = path.startsWith("/feature-flags"); // a flag is the project's: its other environment has it too
    for (const key of [strangerKey, ...(isFlag ? [] : [world.production.key])]) {
      const { status, body } = await ask(world.rehearsal, key, method, real, method === "GET" ? undefined : {});
      expect([status, body["code"]]).toEqual([404, "entity_not_found"]);
    }
  });

  it.each([
    ["GET", ""],
    ["POST", "/environments"],
    ["GET", "/environments/$environment"],
    ["DELETE", "/environments/$environment"],
    ["POST", "/environments/$environment/api_keys"],
    ["POST", "/environments/$environment/api_keys/$key/expire"],
  ])("%s %s of another team: 404", async (method, path) => {
    const real = `/platform/teams/${world.rehearsal.account.id}${path.replaceAll(/\$(\w+)/g, (_, kind: string) => ids[kind]!)}`;
    const { status, body } = await ask(world.rehearsal, platformToken, method, real, method === "GET" ? undefined : {});
    expect([status, body["code"]]).toEqual([404, "team_not_found"]);
  });

  it("and after all that the first account has everything it had", async () => {
    for (const path of [
      `/organizations/${ids["organization"]}`,
      `/connect/applications/${ids["connect"]}`,
      "/feature-flags/beta",
    ])
      expect((await ask(world.rehearsal, world.staging.key, "GET", path)).status).toBe(200);
    expect(await world.dash(`{ webhookEndpoint(id: "${ids["webhook"]}") { state } }`)).toEqual({ state: "Active" });
  });
});

// Every rule of the platform, enforced by the server whoever calls.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { ask, type Dashboard, dashboard, mutate, unlockedWorld, type World } from "./rig";

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

describe("projects and environments", () => {
  it.each([
    ["unless told otherwise", undefined, ["Staging", "Production"]],
    ["when told so", true, ["Staging", "Production"]],
    ["not when told not", false, ["Staging"]],
  ])("a project comes with production %s", async (title, include, names) => {
    const { environments: made } = await project(`With production ${title}`, include);
    expect(made).toMatchObject(names.map((name) => ({ name, sandbox: name === "Staging", builtIn: true })));
  });

  it("every environment has one default application, and that cannot be deleted", async () => {
    for (const { id } of (await project("Defaults")).environments) {
      const app = await dash(`{ defaultUserlandApplication(environmentId: "${id}") { id isDefault clientId } }`);
      expect(app).toMatchObject({ isDefault: true });
      expect(await mutate(dash, "deleteUserlandApplication", { applicationId: app["id"] })).toEqual({
        __typename: "UserlandApplicationCannotDeleteDefault",
      });
      expect(await dash(`{ userlandApplication(id: "${app["id"]}") { id } }`)).toEqual({ id: app["id"] });
    }
  });

  it("an environment that came with its project cannot be deleted, a guest can", async () => {
    const [built] = (await project("Built in")).environments;
    const outcome = async (environmentId: string) =>
      (await mutate(dash, "deleteEnvironment", { environmentId })).__typename;
    expect(await outcome(built!.id)).toBe("EnvironmentCannotDeleteBuiltIn");
    const preview = await guest("Preview");
    expect(await outcome(preview)).toBe("EnvironmentDeleted");
    expect(await outcome(preview)).toBe("EnvironmentNotFound");
  });

  it("nothing converts an environment's type", async () => {
    const fields = await dash<{ inputFields: { name: string }[] }>(
      '{ __type(name: "RenameEnvironmentInput") { inputFields { name } } }',
    );
    expect(fields.inputFields.map(({ name }) => name)).toEqual(["environmentId", "name"]);
    const named = { environmentId: world.staging.id, name: "Production too" };
    const renamed = await mutate(dash, "renameEnvironment", named, "environment { sandbox type }");
    expect(renamed["environment"]).toEqual({ sandbox: true, type: "staging" });
    await mutate(dash, "renameEnvironment", { ...named, name: "Staging" });
  });

  it.each([
    [
      "project",
      () => mutate(dash, "createProjectWithNewEnvironments", { name: " DEFAULT " }),
      "ProjectNameAlreadyUsed",
    ],
    ["environment", () => mutate(dash, "createEnvironment", { name: "staging", isSandbox: true }), "Refused"],
  ])("two of one name: %s", async (_title, make, expected) => {
    expect((await make()).__typename).toBe(expected);
  });
});

describe("billing", () => {
  let locked: Rehearsal;
  beforeAll(async () => {
    locked = await createRehearsal();
  });
  afterAll(() => locked.close());

  it("production is locked until it is set up", async () => {
    const session = dashboard(locked);
    const [staging, production] = locked.projects[0]!.environments;
    const attempts = async () => [
      (await mutate(session, "createEnvironment", { name: "EU", isSandbox: false })).__typename,
      (await mutate(session, "mintKey", { environmentId: production!.id, name: "Deploy" })).__typename,
      (await mutate(session, "mintKey", { environmentId: staging!.id, name: "CI" })).__typename,
      await session("{ currentTeam { productionState } }"),
    ];
    const refused = "ProductionEnvironmentRequiresBilling";
    expect(await attempts()).toEqual(["Refused", refused, "ApiKeyMinted", { productionState: "Inactive" }]);
    await session("mutation { setUpBilling { team { id } } }");
    const allowed = ["CreateEnvironmentResponse", "ApiKeyMinted", "ApiKeyMinted", { productionState: "Active" }];
    expect(await attempts()).toEqual(allowed);
  });
});

describe("custom domains and the test identity provider", () => {
  it.each([
    ["setCustomDomain", { domain: "login.example.com" }, "CustomDomainRefused", "CustomDomainSet"],
    ["setCustomDomain", { domain: "not a domain" }, "CustomDomainRefused", "CustomDomainRefused"],
    ["setTestIdentityProvider", { enabled: true }, "TestIdentityProviderSet", "TestIdentityProviderRefused"],
  ])("%s %o: staging %s, production %s", async (name, input, inStaging, inProduction) => {
    const outcomes = [];
    for (const { id } of places())
      outcomes.push((await mutate(dash, name, { environmentId: id, ...input })).__typename);
    expect(outcomes).toEqual([inStaging, inProduction]);
  });
});

describe("webhooks", () => {
  it.each([
    ["https://hooks.example.com/rules", 201, 201],
    ["http://hooks.example.com/rules", 201, 422],
    ["http://localhost:3000/rules", 201, 422],
    ["ftp://hooks.example.com/rules", 422, 422],
    ["hooks.example.com", 422, 422],
    ["https://hooks.example.com/rules", 409, 409],
  ])("%s: staging %i, production %i, on both APIs", async (endpointUrl, inStaging, inProduction) => {
    const typed: Record<number, string> = {
      201: "WebhookEndpoint",
      409: "Refused",
      422: "Refused",
    };
    for (const [{ id, key }, status] of [
      [world.staging, inStaging],
      [world.production, inProduction],
    ] as const) {
      const answer = await rest(key, "POST", "/webhook_endpoints", {
        endpoint_url: endpointUrl,
        events: ["user.created"],
      });
      expect(answer.status).toBe(status);
      const wanted = {
        environmentId: id,
        endpointUrl: `${endpointUrl}${status === 409 ? "" : "/graphql"}`,
        events: [],
      };
      expect((await mutate(dash, "createWebhookEndpoint", wanted)).__typename).toBe(typed[status]);
    }
  });
});

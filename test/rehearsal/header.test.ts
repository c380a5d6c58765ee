// The header `x-url-environment-id`: what lies in another environment than its own is not there, for whatever is done with it.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, type Data } from "./rig";
import { input, post } from "./raw";

let rehearsal: Rehearsal;
const ids: Record<string, string> = {};

/** One operation with this header: what it answered, or nothing where it said that there is no such thing. */
async function seen(header: string | undefined, query: string, variables: Data): Promise<unknown> {
  const { body } = await post(rehearsal, header, query, variables);
  const answer: unknown = body.errors ? undefined : Object.values(body.data!)[0];
  const { __typename: name, data } = (answer ?? {}) as { __typename?: string; data?: unknown[] };
  return answer === null || answer === 0 || name?.endsWith("NotFound") || data?.length === 0 ? undefined : answer;
}
/** What must work, with the header of staging. */
async function made(query: string, variables: Data, ...path: (string | number)[]): Promise<string> {
  const answer = await seen(ids["staging"], query, variables);
  return String(path.reduce<unknown>((value, part) => (value as Data)[part], answer));
}
beforeAll(async () => {
  rehearsal = await createRehearsal({ billing: true, environmentHeader: "strict" });
  const [project] = rehearsal.projects;
  const [staging, production] = project!.environments;
  Object.assign(ids, { project: project!.id, staging: staging!.id, production: production!.id });
  const environmentId = staging!.id;
  ids["application"] = await made(
    ...input(
      "createUserlandApplication",
      { environmentId, name: "web" },
      "... on UserlandApplicationCreated { userlandApplication { id } }",
    ),
    "userlandApplication",
    "id",
  );
  ids["webhook"] = await made(
    ...input("createWebhookEndpoint", { environmentId, endpointUrl: "https://a.example.com", events: [] }, ""),
    "id",
  );
  ids["key"] = await made(
    ...input("mintKey", { environmentId, name: "ci" }, "... on ApiKeyMinted { key { id } }"),
    "key",
    "id",
  );
  const flag = "... on FlagCreated { flag { id flagEnvironments { id environmentId } } }";
  const create = input(
    "createFlag",
    { projectId: project!.id, slug: "beta", name: "Beta", userId: "user_1", tags: ["t"] },
    flag,
  );
  ids["flag"] = await made(...create, "flag", "id");
  const rules = (await seen(
    environmentId,
    `query ($id: ID!) { flag(id: $id) { flagEnvironments { id environmentId } } }`,
    {
      id: ids["flag"],
    },
  )) as { flagEnvironments: { id: string; environmentId: string }[] };
  ids["rule"] = rules.flagEnvironments.find((rule) => rule.environmentId === environmentId)!.id;
  ids["connect"] = await made(
    ...input("createApplication", { name: "CLI", type: "OAuth" }, "... on ApplicationCreated { application { id } }"),
    "application",
    "id",
  );
  const secrets = `/connect/applications/${ids["connect"]}/client_secrets`;
  ids["secret"] = String((await ask(rehearsal, staging!.apiKey!, "POST", secrets, {})).body["id"]);
  ids["organization"] = String(
    (await ask(rehearsal, staging!.apiKey!, "POST", "/organizations", { name: "Acme" })).body["id"],
  );
  const uris = [{ uri: "https://a.example.com/cb", isDefault: true }];
  await made(...input("setRedirectUris", { environmentId, redirectUris: uris }, ""), "__typename");
  await made(...input("setLogoutUris", { environmentId, logoutUris: uris }, ""), "__typename");
  // others: the second project's staging, an environment that is gone, and another account's
  const other = "... on ProjectCreated { project { id environments { id } } }";
  const [query, variables] = input("createProjectWithNewEnvironments", { name: "Second" }, other);
  const second = (await seen(undefined, query, variables)) as {
    project: { id: string; environments: { id: string }[] };
  };
  Object.assign(ids, { second: second.project.id, elsewhere: second.project.environments[0]!.id });
  ids["gone"] = await made(
    'mutation { createEnvironment(input: { name: "Gone", isSandbox: true }) { environment { id } } }',
    {},
    "environment",
    "id",
  );
  const removed = input("deleteEnvironment", { environmentId: ids["gone"]! }, "");
  expect(await seen(ids["gone"], ...removed)).toEqual({ __typename: "EnvironmentDeleted" });
  const { token } = rehearsal.addAccount("Another");
  ids["foreign"] = String(
    (
      (await post({ ...rehearsal, url: rehearsal.url, token } as Rehearsal, undefined, "{ currentEnvironment { id } }"))
        .body.data as {
        currentEnvironment: Data;
      }
    ).currentEnvironment["id"],
  );
});
afterAll(() => rehearsal.close());

/** Headers with which nothing of the first project's staging is there. The last two count as production. */
const wrong = {
  "left out": () => undefined,
  "the production of its project": () => ids["production"],
  "the staging of another project": () => ids["elsewhere"],
  "an environment that was deleted": () => ids["gone"],
  "another account's": () => ids["foreign"],
  "no id at all": () => "environment_bla",
};
/** These are of a project, and each of its environments has them. */
const ofProject = new Set(["flag", "flagBySlug", "flagsForProject", "tags", "createFlag", "updateFlag", "deleteFlag"]);

type Row = readonly [name: string, query: () => readonly [query: string, variables: Data]];
const byId = (name: string, type: string, of: string, select = "{ id }"): Row => [
  name,
  () => [`query ($id: ${type}!) { ${name}(id: $id) ${select} }`, { id: ids[of] }],
];
const listOf = (name: string, argument = "environmentId", of = "staging", select = "{ data { __typename } }"): Row => [
  name,
  () => [`query ($id: String!) { ${name}(${argument}: $id) ${select} }`, { id: ids[of] }],
];
const write = (name: string, value: () => Data, selection = ""): Row => [name, () => input(name, value(), selection)];
const application = () => ({ applicationId: ids["application"] });
const environment = () => ({ environmentId: ids["staging"] });
const rows: readonly Row[] = [
  byId("environment", "String", "staging"),
  byId("userlandApplication", "ID", "application"),
  byId("application", "String", "connect"),
  byId("webhookEndpoint", "String", "webhook"),
  byId("organization", "String", "organization"),
  byId("flag", "ID", "flag"),
  listOf("userlandApplications"),
  listOf("defaultUserlandApplication", "environmentId", "staging", "{ id }"),
  listOf("redirectUris"),
  listOf("defaultRedirectUri", "environmentId", "staging", "{ id }"),
  listOf("logoutUris"),
  listOf("webhookEndpoints"),
  listOf("keys"),
  listOf("organizations"),
  listOf("organizationCount", "environmentId", "staging", ""),
  listOf("flagsForProject", "projectId", "project"),
  listOf("tags", "projectId", "project"),
  [
    "flagBySlug",
    () => ['query ($id: String!) { flagBySlug(projectId: $id, slug: "beta") { id } }', { id: ids["project"] }],
  ],
  write("createUserlandApplication", () => ({ ...environment(), name: "Mine" })),
  write("updateUserlandApplication", () => ({ ...application(), name: "Mine" })),
  write("setUserlandApplicationRedirectUris", () => ({ ...application(), redirectUris: [] })),
  write("setUserlandApplicationLogoutUris", () => ({ ...application(), logoutUris: [] })),
  write("setUserlandApplicationWebOrigins", () => ({ ...application(), origins: [] })),
  write("rotateUserlandApplicationSecret", application),
  write("setRedirectUris", () => ({ ...environment(), redirectUris: [] })),
  write("setLogoutUris", () => ({ ...environment(), logoutUris: [] })),
  write("setWebOrigins", () => ({ ...environment(), origins: [] })),
  write("updateInitiateLoginUrl", () => ({ ...environment(), url: "https://a.example.com" })),
  write("createApplication", () => ({ name: "M", type: "M2M", organizationId: ids["organization"] })),
  write("updateApplication", () => ({ applicationId: ids["connect"], name: "Mine" })),
  write("mintKey", () => ({ ...environment(), name: "Mine" })),
  write("renameKey", () => ({ keyId: ids["key"], name: "Mine" })),
  write("createFlag", () => ({ projectId: ids["project"], slug: "mine", name: "Mine", userId: "user_1" })),
  write("updateFlag", () => ({ flagId: ids["flag"], name: "Mine" })),
  write("updateFlagEnvironment", () => ({
    flagEnvironmentId: ids["rule"],
    flagEnabled: true,
    defaultEnabled: true,
    accessType: "ALL",
  })),
  write("createWebhookEndpoint", () => ({ ...environment(), endpointUrl: "https://b.example.com", events: [] })),
  write("updateWebhookEndpoint", () => ({ webhookEndpointId: ids["webhook"], state: "InActive" })),
  write("rotateWebhookSecret", () => ({ webhookEndpointId: ids["webhook"] })),
  write("renameEnvironment", () => ({ ...environment(), name: "Mine" }), "environment { id }"),
  write("setTestIdentityProvider", () => ({ ...environment(), enabled: true })),
  write("moveEnvironment", () => ({ ...environment(), projectId: ids["second"], dryRun: true })),
  // what takes it away comes last
  write("expireKey", () => ({ keyId: ids["key"] })),
  write("deleteApplicationCredential", () => ({ applicationCredentialId: ids["secret"] })),
  write("deleteApplication", () => ({ applicationId: ids["connect"] })),
  write("deleteUserlandApplication", application),
  write("deleteWebhookEndpoint", () => ({ id: ids["webhook"] })),
  write("deleteFlag", () => ({ flagId: ids["flag"], projectId: ids["project"] })),
];

describe("strict", () => {
  it.each(rows)("%s: not there with any header but its own environment's", async (name, document) => {
    for (const [what, header] of Object.entries(wrong)) {
      // production is of the same project as staging: what is the project's is there
      if (ofProject.has(name) && what !== "the staging of another project") continue;
      expect([what, await seen(header(), ...document())]).toEqual([what, undefined]);
    }
    expect(await seen(ids["staging"], ...document())).toBeDefined();
  });

  it.each(Object.keys(wrong))("%s: where nothing else names an environment", async (what) => {
    const header = wrong[what as keyof typeof wrong]();
    const { body } = await post(rehearsal, header, "{ currentEnvironment { id } }");
    const expected = header === ids["elsewhere"] ? ids["elsewhere"] : ids["production"];
    expect(body.data).toEqual({ currentEnvironment: { id: expected } });
    const query = `mutation { createEnvironment(input: { name: "For ${what}", isSandbox: true }) { environment { projectV2 { id } } } }`;
    const { projectV2 } = ((await seen(header, query, {})) as { environment: { projectV2: Data } }).environment;
    expect(projectV2["id"]).toBe(header === ids["elsewhere"] ? ids["second"] : ids["project"]);
    const app = input(
      "createApplication",
      { name: "A", type: "OAuth" },
      "... on ApplicationCreated { application { id } }",
    );
    const { id } = ((await seen(header, ...app)) as { application: { id: string } }).application;
    expect(await seen(expected, ...byId("application", "String", "x")[1]())).toBeUndefined();
    expect(await seen(expected, "query ($id: String!) { application(id: $id) { id } }", { id })).toEqual({ id });
  });

  it("what is the team's needs none, and minds none", async () => {
    for (const header of [undefined, ids["elsewhere"], "environment_bla"]) {
      expect(await seen(header, "{ currentTeam { projectsV2 { environments { id } } } }", {})).toBeDefined();
      expect(await seen(header, "{ me { id } }", {})).toBeDefined();
      expect(await seen(header, "{ webhookEvents { id } }", {})).toBeDefined();
      const renamed = input("renameProject", { projectId: ids["project"], name: "Renamed" }, "");
      expect(await seen(header, ...renamed)).toEqual({ __typename: "ProjectRenamed" });
    }
  });
});

it("lenient: the header counts only where nothing else names an environment", async () => {
  const lenient = await createRehearsal({ environmentHeader: "lenient" });
  try {
    const [staging] = lenient.projects[0]!.environments;
    const query = `query ($id: String!) { defaultUserlandApplication(environmentId: $id) { id } currentEnvironment { sandbox } }`;
    const { body } = await post(lenient, undefined, query, { id: staging!.id });
    expect(body.data).toEqual({
      defaultUserlandApplication: { id: expect.any(String) as unknown },
      currentEnvironment: { sandbox: false },
    });
  } finally {
    await lenient.close();
  }
});

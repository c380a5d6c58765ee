// A person whose role is for staging alone: whatever falls to production is refused, whether it was meant or not.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { input, post } from "./raw";

describe.each(["strict", "lenient"] as const)("a person who may only work in staging (%s)", (environmentHeader) => {
  let sandbox: Rehearsal;
  const own: Record<string, string> = {};
  beforeAll(async () => {
    sandbox = await createRehearsal({ billing: true, role: "sandbox", environmentHeader });
    const [staging, production] = sandbox.projects[0]!.environments;
    Object.assign(own, { staging: staging!.id, production: production!.id, project: sandbox.projects[0]!.id });
  });
  afterAll(() => sandbox.close());
  const forbidden = { status: 403, body: { errors: [expect.objectContaining({ extensions: { code: "FORBIDDEN" } })] } };
  const endpoint = (environmentId: string | undefined) =>
    input("createWebhookEndpoint", { environmentId, endpointUrl: "https://a.example.com", events: [] }, "");

  it.each<[what: string, header: () => string | undefined]>([
    ["no header", () => undefined],
    ["production's", () => own["production"]],
    ["an unknown one", () => "environment_bla"],
  ])("%s: 403 for a read, a write and a deletion, and nothing is written", async (_what, header) => {
    for (const [query, variables] of [
      ["{ currentEnvironment { id } }", {}],
      [`query ($id: String!) { webhookEndpoints(environmentId: $id) { data { id } } }`, { id: own["staging"] }],
      ['{ flag(id: "flag_1") { id } }', {}],
      endpoint(own["staging"]),
      ['mutation { deleteWebhookEndpoint(id: "we_1") }', {}],
      // the first of two was carried out, and is undone
      [
        `mutation { renameProject(input: { projectId: "${own["project"]}", name: "X" }) { __typename } deleteWebhookEndpoint(id: "we_1") }`,
        {},
      ],
    ] as const)
      expect(await post(sandbox, header(), query, variables)).toMatchObject(forbidden);
    expect(sandbox.projects[0]!.name).toBe("Default");
  });
  it("staging's header: what is in staging, and the team, are there; no production is made", async () => {
    expect((await post(sandbox, own["staging"], ...endpoint(own["staging"]))).status).toBe(200);
    const { body } = await post(sandbox, undefined, "{ me { users_teams { role } } currentTeam { id } }");
    expect(body.data).toMatchObject({ me: { users_teams: [{ role: "member-sandbox" }] } });
    const make = (isSandbox: boolean) =>
      post(
        sandbox,
        own["staging"],
        `mutation { createEnvironment(input: { name: "E", isSandbox: ${isSandbox} }) { environment { id } } }`,
      );
    expect(await make(false)).toMatchObject(forbidden);
    expect((await make(true)).status).toBe(200);
  });
});

// Programs that meet what exists already, and programs with an explicit provider, on the real engine.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Backend, createStack, type Stack } from "./harness";
import { dashboard, rehearsalEnv } from "./rehearsal";

const head = `const golive = require("@golive/pulumi"); const ids = require("./ids.json");\n`;

describe("what exists already", () => {
  let rehearsal: Rehearsal;
  let backend: Backend;
  let ids: { project: string; staging: string; webhook: string };

  const stackOf = (name: string, body: string, env = rehearsalEnv(rehearsal)): Promise<Stack> =>
    createStack({ backend, name, program: { "index.js": head + body, "ids.json": JSON.stringify(ids) }, env });

  beforeAll(async () => {
    rehearsal = await createRehearsal();
    backend = new Backend();
    const [project] = rehearsal.projects;
    const staging = project!.environments.find(({ type }) => type === "staging")!.id;
    const { createWebhookEndpoint } = await dashboard(rehearsal).query(
      'mutation M($e: String!, $u: String!) { createWebhookEndpoint(environmentId: $e, endpointUrl: $u, events: ["user.created"]) { id } }',
      { e: staging, u: "https://by-hand.example.com/hook" },
    );
    ids = { project: project!.id, staging, webhook: (createWebhookEndpoint as { id: string }).id };
  });
  afterAll(async () => {
    await backend.dispose();
    await rehearsal.close();
  });

  const webhook = (more: string) =>
    `new golive.WebhookEndpoint("hook", { environment: ids.staging, url: "https://by-hand.example.com/hook", events: ["user.created"], ${more} });`;

  it("is never overwritten: create names it, and the line that adopts it", async () => {
    const stack = await stackOf("foreign", webhook(""));
    const { stdout } = await stack.up({ expectFailure: true });
    expect(stdout).toContain(`${ids.webhook} exists already, and this stack did not make it`);
    expect(stdout).toContain(`adopt: "${ids.webhook}"`);
    expect((await stack.export()).resources.filter(({ type }) => type.endsWith(":WebhookEndpoint"))).toEqual([]);
  });

  it.each([
    { by: "natural key", adopt: "true" },
    { by: "id", adopt: "ids.webhook" },
  ])("is adopted by $by, without a write when it is as declared", async ({ by, adopt }) => {
    const stack = await stackOf(`adopt-${by.replace(" ", "-")}`, webhook(`adopt: ${adopt}`));
    const before = rehearsal.requests().length;
    const { summary } = await stack.up();
    expect(summary.create).toBe(1);
    const operations = rehearsal
      .requests()
      .slice(before)
      .map(({ operation }) => operation);
    expect(operations.filter((operation) => /create|update|set/.test(operation ?? ""))).toEqual([]);
    const { resources } = await stack.export();
    expect(resources.find(({ type }) => type.endsWith(":WebhookEndpoint"))?.id).toBe(ids.webhook);
    // `adopt` may go once the object is owned
    stack.write({ "index.js": head + webhook("") });
    expect((await stack.up()).summary).toMatchObject({ same: 1, update: 0 });
  });

  it("is read by `get` and stays out of the stack", async () => {
    const stack = await stackOf("get", `exports.name = golive.Environment.get("staging", ids.staging).name;`);
    await stack.up();
    expect(await stack.outputs()).toEqual({ name: "Staging" });
    expect((await stack.destroy()).summary.delete).toBe(0);
    expect(rehearsal.projects[0]!.environments).toHaveLength(2);
  });

  it("claims the environment that came with the project, and leaves it there", async () => {
    const body = `new golive.Environment("staging", { project: ids.project, name: "Staging", type: "staging" });`;
    const stack = await stackOf("claim", body);
    await stack.up();
    const { resources } = await stack.export();
    expect(resources.find(({ type }) => type.endsWith(":Environment"))?.id).toBe(ids.staging);
    await stack.destroy();
    expect(rehearsal.projects[0]!.environments.map(({ name }) => name)).toEqual(["Staging", "Production"]);
  });

  it("is reached through an explicit provider, whose token is a secret in state", async () => {
    const body = `
      const provider = new golive.Provider("there", { platform: "rehearsal", endpoint: ${JSON.stringify(rehearsal.url)}, token: process.env.THE_TOKEN });
      new golive.FeatureFlag("flag", { project: ids.project, slug: "explicit", name: "Explicit" }, { provider });`;
    const stack = await stackOf("explicit", body, { THE_TOKEN: rehearsal.token });
    expect((await stack.up()).summary.create).toBe(1);
    expect((await stack.export()).text).not.toContain(rehearsal.token);
    expect((await stack.up()).summary).toMatchObject({ same: 1, update: 0 });
    expect((await stack.destroy()).summary.delete).toBe(1);
  });

  it("is refused with another account's token, before anything is asked of it", async () => {
    const body = `new golive.FeatureFlag("flag", { project: ids.project, slug: "mine", name: "Mine" });`;
    const stack = await stackOf("account", body);
    await stack.up();
    const other = rehearsal.addAccount("Somebody else");
    const before = rehearsal.requests().length;
    const { stdout } = await stack.refresh({ expectFailure: true, env: { GOLIVE_TOKEN: other.token } });
    expect(stdout).toContain(rehearsal.account.id);
    expect(stdout).toContain("Somebody else");
    expect(
      rehearsal
        .requests()
        .slice(before)
        .map(({ operation }) => operation),
    ).toEqual(["currentTeam"]);
    expect((await stack.export()).resources.some(({ type }) => type.endsWith(":FeatureFlag"))).toBe(true);
  });
});

// Every resource through its whole life on the real engine, against the rehearsal over real HTTP.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStack, type Result, type Stack } from "./harness";
import { dashboard, rehearsalEnv } from "./rehearsal";

const program = `
const golive = require("@golive/pulumi");
const inputs = require("./inputs.json");
const project = new golive.Project("project", inputs.project);
const environment = new golive.Environment("environment", { project, ...inputs.environment });
const flag = new golive.FeatureFlag("flag", { project, ...inputs.flag });
const application = new golive.Application("application", { environment, ...inputs.application });
const key = new golive.ApiKey("key", { environment, ...inputs.key });
new golive.FeatureFlagRule("rule", { flag, environment, ...inputs.rule });
const webhook = new golive.WebhookEndpoint("webhook", { environment, ...inputs.webhook });
exports.key = key.value;
exports.signingSecret = webhook.signingSecret;
exports.clientSecret = application.clientSecret;
`;
const first = {
  project: { name: "Shop" },
  environment: { name: "QA", type: "staging" },
  application: {
    name: "web",
    redirectUris: [{ uri: "https://qa.example.com/callback" }],
    logoutUris: ["https://qa.example.com/bye"],
    corsOrigins: ["https://b.example.com", "https://a.example.com"],
    sessions: { maxAge: 3600 },
    credentials: {},
  },
  key: { name: "backend" },
  flag: { slug: "beta", name: "Beta", description: "A try", tags: ["search", "beta"] },
  rule: { enabled: true, access: "all" },
  webhook: { url: "https://qa.example.com/hook", events: ["user.updated", "user.created"] },
};
const second = {
  project: { name: "Shop 2" },
  environment: { name: "QA 2", type: "staging" },
  application: { ...first.application, name: "web 2", sessions: { maxAge: 7200 }, corsOrigins: [] },
  key: { name: "backend", version: 2 },
  flag: { ...first.flag, name: "Beta 2", description: "A second try", tags: [] },
  rule: { enabled: true, access: "some", organizations: ["org_01HZX3QK5S0000000000000000"] },
  webhook: { url: "https://qa.example.com/hooks", events: ["user.created"], enabled: false },
};
const third = {
  ...second,
  application: { ...second.application, kind: "native" },
  key: { ...second.key, kind: "publishable" },
  flag: { ...second.flag, slug: "gamma" },
};
const everything = ["project", "environment", "application", "key", "flag", "rule", "webhook"];

const isGolives = (type: string): boolean => /^(pulumi-nodejs:dynamic\/golive:|golive:index:)/.test(type);

/** Names of the resources by what the engine did with them, without those that stayed the same. */
function done(result: Result): Record<string, string[]> {
  const steps: Record<string, string[]> = {};
  for (const { op, name, type } of result.steps) if (isGolives(type) && op !== "same") (steps[op] ??= []).push(name);
  for (const names of Object.values(steps)) names.sort();
  return steps;
}
const sorted = (names: readonly string[]) => names.toSorted();

describe.each(["dynamic", "plugin"])("every resource behind the %s door", (door) => {
  let rehearsal: Rehearsal;
  let stack: Stack;
  const logs: string[] = [];
  const outputsOf = async (name: string) =>
    (await stack.export()).resources.find(({ urn }) => urn.endsWith(`::${name}`))?.outputs ?? {};
  const declare = (inputs: object) => stack.write({ "inputs.json": JSON.stringify(inputs) });
  const operate = async (verb: "preview" | "up" | "refresh" | "destroy") => {
    const result = await stack[verb]();
    logs.push(result.stdout, result.stderr, ...result.diagnostics.map(({ message }) => message));
    return result;
  };

  beforeAll(async () => {
    rehearsal = await createRehearsal({ port: 0 });
    stack = await createStack({
      program: { "index.js": program, "inputs.json": JSON.stringify(first) },
      config: { "golive:door": door },
      env: rehearsalEnv(rehearsal),
    });
  });
  afterAll(async () => {
    await stack.dispose();
    await rehearsal.close();
  });

  it("previews its creation without a write", async () => {
    const before = rehearsal.requestCount();
    expect(done(await operate("preview"))).toEqual({ create: sorted(everything) });
    expect(rehearsal.requestCount()).toBe(before);
  });

  it("creates", async () => {
    expect(done(await operate("up"))).toEqual({ create: sorted(everything) });
  });

  it("changes nothing when nothing changed, and a preview asks the platform nothing", async () => {
    const before = rehearsal.requestCount();
    expect(done(await operate("preview"))).toEqual({});
    expect(rehearsal.requestCount()).toBe(before);
    expect(done(await operate("up"))).toEqual({});
    expect(done(await operate("refresh"))).toEqual({});
    expect(done(await operate("up"))).toEqual({});
  });

  it("keeps the provider in state as one constant under 120 bytes", async () => {
    const { resources } = await stack.export();
    for (const { type, inputs = {}, outputs = {} } of resources.filter((r) => isGolives(r.type))) {
      const kind = type.split(":").at(-1)!;
      const loader = `exports.handler=()=>require("@golive/pulumi/door").${kind[0]!.toLowerCase()}${kind.slice(1)}()`;
      expect(inputs["__provider"]).toBe(loader);
      expect(outputs["__provider"]).toBe(loader);
      expect(Buffer.byteLength(loader)).toBeLessThan(120);
    }
  });

  it("keeps secrets encrypted in state and out of every log", async () => {
    const secrets = Object.values(await stack.outputs()) as string[];
    expect(secrets).toHaveLength(3);
    const { text } = await stack.export();
    for (const secret of [...secrets, rehearsal.token]) {
      expect(secret.length).toBeGreaterThan(10);
      expect(text).not.toContain(secret);
      expect(logs.join("\n")).not.toContain(secret);
    }
  });

  it("sees drift on refresh and restores it", async () => {
    const [project, environment, application, flag, rule, webhook] = await Promise.all(
      ["project", "environment", "application", "flag", "rule", "webhook"].map(outputsOf),
    );
    const ask = dashboard(rehearsal, String(environment!["environmentId"]));
    await ask("renameProject", { projectId: project!["projectId"], name: "By hand" });
    await ask("renameEnvironment", { environmentId: environment!["environmentId"], name: "By hand" });
    await ask("updateUserlandApplication", { applicationId: application!["applicationId"], name: "by hand" });
    await ask("updateFlag", { flagId: flag!["flagId"], name: "By hand", tags: ["search"] });
    await ask("updateFlagEnvironment", {
      flagEnvironmentId: rule!["ruleId"],
      flagEnabled: false,
      defaultEnabled: false,
      accessType: "NONE",
    });
    await ask("updateWebhookEndpoint", { webhookEndpointId: webhook!["endpointId"], events: ["user.deleted"] });
    const drifted = everything.filter((name) => name !== "key");
    expect(done(await operate("refresh"))).toEqual({ update: sorted(drifted) });
    expect((await outputsOf("application"))["name"]).toBe("by hand");
    expect(done(await operate("up"))).toEqual({ update: sorted(drifted) });
    expect(done(await operate("refresh"))).toEqual({});
  });

  it("makes again what was deleted by hand", async () => {
    const [key, webhook] = await Promise.all(["key", "webhook"].map(outputsOf));
    const ask = dashboard(rehearsal, String(key!["environment"]));
    await ask("expireKey", { keyId: key!["keyId"] });
    await ask("deleteWebhookEndpoint", { id: webhook!["endpointId"] });
    expect(done(await operate("refresh"))).toEqual({ delete: ["key", "webhook"] });
    expect(done(await operate("up"))).toEqual({ create: ["key", "webhook"] });
  });

  it("updates in place", async () => {
    declare(second);
    expect(done(await operate("up"))).toEqual({ update: sorted(everything) });
    expect((await outputsOf("key"))["previousKeyId"]).toMatch(/^(api_)?key_/);
    expect(done(await operate("refresh"))).toEqual({});
    expect(done(await operate("up"))).toEqual({});
  });

  it("replaces where the platform cannot change in place", async () => {
    declare(third);
    // the rule goes with its flag
    const replaced = ["application", "flag", "key", "rule"];
    const steps = done(await operate("up"));
    expect(steps["replace"]).toEqual(replaced);
    expect(steps["update"]).toBeUndefined();
    expect(done(await operate("refresh"))).toEqual({});
    expect(done(await operate("up"))).toEqual({});
  });

  it("destroys all of it", async () => {
    expect(done(await operate("destroy"))).toEqual({ delete: sorted(everything) });
    expect((await stack.export()).resources.filter(({ type }) => isGolives(type))).toEqual([]);
    const { currentTeam } = await dashboard(rehearsal).query(`{ currentTeam { projectsV2 { name } } }`);
    expect((currentTeam as { projectsV2: { name: string }[] }).projectsV2.map(({ name }) => name)).toEqual(["Default"]);
  });
});

// The plugin door's wire: what an engine sees of it. The lifecycle behind it has tables of its own.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { rehearsalEnv } from "../engine/rehearsal";
import { type GolivePlugin, secret, startGolivePlugin, unknown, urnOf } from "./golive-plugin";

let rehearsal: Rehearsal;
let plugin: GolivePlugin;
beforeAll(async () => {
  rehearsal = await createRehearsal();
});
afterAll(() => rehearsal.close());
afterEach(() => plugin.stop());

const start = async (settings = {}, options = {}) =>
  (plugin = await startGolivePlugin(settings, { env: rehearsalEnv(rehearsal), ...options }));
const project = urnOf("Project", "shop");

describe("the provider itself", () => {
  it("takes secrets and previews, and has the package's schema", async () => {
    await start();
    expect([plugin.configured.getAcceptsecrets(), plugin.configured.getSupportspreview()]).toEqual([true, true]);
    expect(await plugin.schema()).toEqual(JSON.parse(readFileSync("schema.json", "utf8")));
  });

  it.each<[string, object, { property: string; reason: string }[]]>([
    ["nothing", {}, []],
    ["a credential that only `up` knows", { token: unknown }, []],
    [
      "a setting that is none",
      { tokne: "x" },
      [{ property: "tokne", reason: 'golive has no setting "tokne"; did you mean "token"?' }],
    ],
    [
      "a number that is none",
      { timeout: "soon" },
      [{ property: "timeout", reason: expect.stringContaining("no whole number") as string }],
    ],
  ])("checks its settings: %s", async (_, settings, expected) => {
    await start();
    expect(await plugin.checkConfig({ ...settings })).toEqual(expected);
  });

  it.each<[string, object, object, boolean, string[]]>([
    ["a token rotates without a word", { token: "a" }, { token: "b" }, false, []],
    [
      "another endpoint is said, and replaces nothing",
      { endpoint: "https://a.example.com" },
      { endpoint: "https://b.example.com" },
      true,
      ["endpoint"],
    ],
  ])("%s", async (_, olds, news, changes, diffs) => {
    await start();
    expect(await plugin.diffConfig({ ...olds }, { ...news })).toEqual({
      changes: changes ? 2 : 1,
      replaces: [],
      diffs,
    });
  });

  it("an explicit provider's arguments win over variables, stack config does not", async () => {
    const { url, token } = rehearsal;
    const settings = { platform: "rehearsal", endpoint: url, token };
    await start(settings, { env: { GOLIVE_TOKEN: "dash_of-the-variable" } });
    await expect(plugin.create(project, { name: "Late", includeProduction: true })).rejects.toThrow(/GOLIVE_TOKEN/);
    await plugin.stop();
    await start(settings, { env: { GOLIVE_TOKEN: "dash_of-the-variable" }, providerName: "mine" });
    expect((await plugin.create(project, { name: "Explicit", includeProduction: true })).id).toMatch(/^project_/);
  });
});

/** What the tests of imports find: a project with an environment, a flag and an endpoint of its own. */
async function imports(): Promise<{ project: string; environment: string }> {
  const found = await plugin.read(project, "Imports").catch(() => undefined);
  const made = found ?? (await plugin.create(project, { name: "Imports", includeProduction: true }));
  if (found) return { project: made.id, environment: (await plugin.read(urnOf("Environment", "qa"), "Imports/QA")).id };
  const inside = { project: made.id, name: "QA", type: "staging" };
  const { id: environment } = await plugin.create(urnOf("Environment", "qa"), inside);
  await plugin.create(urnOf("FeatureFlag", "imported"), { project: made.id, slug: "imported", name: "Imported" });
  const hook = { environment, url: "https://imports.example.com/hook", events: ["user.created"] };
  await plugin.create(urnOf("WebhookEndpoint", "hook"), hook);
  return { project: made.id, environment };
}

describe("a resource", () => {
  it("is checked, previewed, made, read, updated and deleted", async () => {
    await start();
    const name = "Plugin door";
    const { inputs, failures } = await plugin.check(project, { name });
    expect(failures).toEqual([]);
    expect(inputs).toEqual({ name, includeProduction: true });
    const before = rehearsal.requestCount();
    const seen = await plugin.create(project, inputs, true);
    expect(seen).toEqual({ id: "", properties: expect.objectContaining({ name, projectId: unknown }) as object });
    expect(rehearsal.requestCount()).toBe(before);
    const { id, properties } = await plugin.create(project, inputs);
    expect(properties).toMatchObject({ name, projectId: id });
    const renamed = { ...inputs, name: "Plugin door 2" };
    expect(await plugin.diff(project, properties, renamed)).toMatchObject({
      changes: true,
      detailed: { name: "UPDATE" },
    });
    // what the platform set stays known: what depends on it shows no change
    expect(await plugin.update(project, id, properties, renamed, true)).toEqual({
      ...properties,
      name: "Plugin door 2",
    });
    const after = await plugin.update(project, id, properties, renamed);
    expect((await plugin.read(project, id, after, renamed)).properties).toEqual(after);
    // an engine that deletes what it just updated is another run's
    await plugin.stop();
    await start();
    await plugin.delete(project, id, after);
    expect((await plugin.read(project, id, after, renamed)).id).toBe("");
  });

  it.each<[string, (made: { project: string; environment: string }) => string, string]>([
    ["its id", ({ environment }) => environment, "Environment"],
    ["its natural key", () => "Imports/QA", "Environment"],
    ["its own name, where no other has it", () => "QA", "Environment"],
    ["the key of a rule: its flag, then its environment", () => "imported/Imports/QA", "FeatureFlagRule"],
    ["a URL, slashes and all", () => "QA/https://imports.example.com/hook", "WebhookEndpoint"],
  ])("is imported by %s, with the inputs to paste", async (_, called, kind) => {
    await start();
    const made = await imports();
    const { id, inputs } = await plugin.read(urnOf(kind, "imported"), called(made));
    expect(id).not.toBe("");
    const at = kind === "Environment" ? { project: made.project, name: "QA" } : { environment: made.environment };
    expect(inputs).toMatchObject(at);
  });

  it.each<[string, string, string, RegExp]>([
    ["nothing is called so", "Environment", "Imports/QB", /no such Environment .*Did you mean "Imports\/QA"\?/],
    ["several are", "Environment", "Staging", /objects are called "Staging": .*Say where it lives/],
  ])("is refused where %s", async (_, kind, called, says) => {
    await start();
    await imports();
    await expect(plugin.read(urnOf(kind, "imported"), called)).rejects.toThrow(says);
  });

  it("keeps secrets marked, whether the definition says so or the program", async () => {
    await start();
    const flag = urnOf("FeatureFlag", "beta");
    const { inputs } = await plugin.check(flag, { project: "project_1", slug: "beta", name: secret("Beta") });
    expect(inputs).toMatchObject({ slug: "beta", name: secret("Beta") });
    const key = urnOf("ApiKey", "backend");
    const seen = await plugin.create(key, { environment: "environment_1", name: "backend", kind: "secret" }, true);
    expect(seen.properties).toMatchObject({ value: secret(unknown), last4: unknown });
  });

  it.each<[string, object, object, object, string[]]>([
    [
      "a part of a list's member",
      { redirectUris: [{ uri: "https://a.example.com/cb", default: true }] },
      { redirectUris: [{ uri: "https://b.example.com/cb", default: true }] },
      { "redirectUris[0]": "UPDATE" },
      [],
    ],
    ["a member more", { scopes: ["a"] }, { scopes: ["b", "a"] }, { "scopes[0]": "ADD" }, []],
    ["the order of a set", { scopes: ["a", "b"] }, { scopes: ["b", "a"] }, {}, []],
    [
      "a part of an object",
      { sessions: { maxAge: 1 } },
      { sessions: { maxAge: 2, inactivity: 3 } },
      { "sessions.maxAge": "UPDATE", "sessions.inactivity": "ADD" },
      [],
    ],
    ["what replaces", { kind: "web" }, { kind: "native" }, { kind: "UPDATE_REPLACE" }, ["kind"]],
    [
      "what only `up` knows",
      { homepageUrl: "https://a.example.com" },
      { homepageUrl: unknown },
      { homepageUrl: "UPDATE" },
      [],
    ],
  ])("shows where it differs: %s", async (_, was, is, detailed, replaces) => {
    await start();
    const same = { environment: "environment_1", name: "web", kind: "web", isDefault: false };
    const found = await plugin.diff(urnOf("Application", "web"), { ...same, ...was }, { ...same, ...is });
    expect(found).toMatchObject({ detailed, replaces, changes: Object.keys(detailed).length > 0 });
  });

  it("ignoreChanges holds in diff", async () => {
    await start();
    const flag = { project: "project_1", slug: "a", name: "A" };
    expect(await plugin.diff(urnOf("FeatureFlag", "a"), flag, { ...flag, name: "B" }, ["name"])).toMatchObject({
      changes: false,
    });
  });
});

describe("what goes wrong is a sentence, and the plugin stays up", () => {
  it("an unknown type", async () => {
    await start();
    await expect(plugin.create(urnOf("Projekt", "shop"), {})).rejects.toThrow(
      /no resource type golive:index:Projekt\. Did you mean golive:index:Project\?/,
    );
    expect((await plugin.check(project, { name: "Still here" })).failures).toEqual([]);
  });

  it("missing credentials, at check", async () => {
    const { GOLIVE_TOKEN: _, ...env } = rehearsalEnv(rehearsal);
    await start({}, { env });
    expect((await plugin.check(project, { name: "Shop" })).failures).toEqual([
      { property: "provider", reason: expect.stringContaining("GOLIVE_TOKEN") as string },
    ]);
  });

  it("what takes longer than `customTimeouts` allows is left to the next run", async () => {
    await start();
    rehearsal.faults.add({ operation: "createProjectWithNewEnvironments", latencyMs: 3_000, times: 1 });
    await expect(plugin.create(project, { name: "Slow", includeProduction: true }, false, 0.5)).rejects.toThrow(
      /no end after 0\.5 s, which `customTimeouts` allows/,
    );
  });

  it("after Cancel nothing begins, and the process ends", async () => {
    await start();
    await plugin.cancel();
    await expect(plugin.create(project, { name: "Too late" })).rejects.toThrow(/stopped|UNAVAILABLE|ECONN/);
    expect(await plugin.exited()).toBe(0);
  });
});

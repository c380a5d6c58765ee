// PostHog on the real engine: an organization with three environments and a flag that is promoted through them, beside a
// provider of WorkOS in the same program.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStack, type Result, type Stack } from "./harness";

const program = `
const golive = require("@golive/pulumi");
const inputs = require("./inputs.json");
const rehearsal = process.env.REHEARSAL;
const posthog = new golive.Provider("posthog", { platform: "posthog", rehearsal, apiKey: process.env.POSTHOG_KEY });
const workos = new golive.Provider("workos", { platform: "workos", rehearsal, token: process.env.WORKOS_TOKEN });
const at = { provider: posthog };
const project = new golive.Project("product", { name: inputs.organization }, at);
const flag = new golive.FeatureFlag("checkout", { project, slug: "checkout", ...inputs.flag }, at);
for (const type of ["development", "staging", "production"]) {
  const environment = new golive.Environment(type, { project, name: type, type, deletionProtection: false }, at);
  const rule = { flag, environment, enabled: true, ...inputs.rules[type] };
  new golive.FeatureFlagRule("rule-" + type, rule, at);
  exports[type] = environment.token;
  if (type !== "production") continue;
  const webhook = { environment, url: "https://shop.example.com/hook", events: ["$pageview"], deletionProtection: false, ...inputs.webhook };
  new golive.WebhookEndpoint("hook", webhook, at);
  const key = { environment, name: "server", scopes: ["feature_flag:read"], deletionProtection: false, ...inputs.key };
  exports.key = new golive.ApiKey("key", key, at).value;
}
new golive.Project("login", { name: "Login" }, { provider: workos });
`;
const first = {
  organization: "Rehearsal",
  flag: {
    name: "Checkout",
    variants: [
      { key: "a", share: 50 },
      { key: "b", share: 50 },
    ],
  },
  rules: {
    development: { access: "all" },
    staging: { rolloutPercentage: 50 },
    production: { conditions: [{ properties: [{ key: "email", operator: "icontains", value: "@example.com" }] }] },
  },
  webhook: { headers: [{ name: "authorization", value: "s3cret-of-the-receiver" }] },
  key: {},
};
const second = { ...first, flag: { ...first.flag, description: "The new checkout" }, key: { version: 2 } };
const own = ["checkout", "development", "hook", "key", "product", "production", "staging"];
const rules = ["rule-development", "rule-production", "rule-staging"];
const all = [...own, ...rules, "login"].toSorted();

function done(result: Result): Record<string, string[]> {
  const steps: Record<string, string[]> = {};
  for (const { op, name, type } of result.steps)
    if (type.startsWith("pulumi-nodejs:dynamic/golive:") && op !== "same") (steps[op] ??= []).push(name);
  for (const names of Object.values(steps)) names.sort();
  return steps;
}

/** Several commands of the engine each, on a computer that others use too. */
const patience = 240_000;

describe("PostHog on the engine", () => {
  let rehearsal: Rehearsal;
  let stack: Stack;
  const sent = async (run: () => Promise<unknown>): Promise<number> => {
    const before = rehearsal.requestCount();
    await run();
    return rehearsal.requestCount() - before;
  };
  const declare = (inputs: object) => stack.write({ "inputs.json": JSON.stringify(inputs) });
  const outputsOf = async (name: string) =>
    (await stack.export()).resources.find(({ urn }) => urn.endsWith(`::${name}`))?.outputs ?? {};

  beforeAll(async () => {
    rehearsal = await createRehearsal({ posthog: { projects: 6 } });
    stack = await createStack({
      program: { "index.js": program, "inputs.json": JSON.stringify(first) },
      env: { REHEARSAL: rehearsal.url, POSTHOG_KEY: rehearsal.posthog.key, WORKOS_TOKEN: rehearsal.token },
    });
  });
  afterAll(async () => {
    await stack.dispose();
    await rehearsal.close();
  });

  it(
    "creates three environments from an empty organization, the untouched project among them",
    async () => {
      expect(done(await stack.up())).toEqual({ create: all });
      expect(rehearsal.posthog.projects.map(({ name }) => name).toSorted()).toEqual([
        "development",
        "production",
        "staging",
      ]);
      const outputs = (await stack.outputs()) as Record<string, string>;
      const tokens = new Map(rehearsal.posthog.projects.map(({ name, token }) => [name, token]));
      for (const type of ["development", "staging", "production"]) expect(outputs[type]).toBe(tokens.get(type));
      expect(outputs["key"]).toMatch(/^phs_/);
    },
    patience,
  );

  it("keeps its secrets out of state's clear text", async () => {
    const { key } = (await stack.outputs()) as Record<string, string>;
    const { text } = await stack.export();
    for (const secret of [key!, rehearsal.posthog.key, "s3cret-of-the-receiver"])
      expect(text.includes(secret)).toBe(false);
  });

  it(
    "previews an unchanged program with no request, and refreshes it in a few",
    async () => {
      expect(await sent(async () => expect(done(await stack.preview())).toEqual({}))).toBe(0);
      const requests = await sent(async () => expect(done(await stack.refresh())).toEqual({}));
      // organizations, three projects, three flags, a destination, a key; and one of WorkOS
      expect(requests).toBeLessThanOrEqual(12);
      expect(done(await stack.up())).toEqual({});
    },
    patience,
  );

  it(
    "shows a changed definition in the preview of each rule, and writes it there",
    async () => {
      declare(second);
      const { key } = (await stack.outputs()) as Record<string, string>;
      expect(done(await stack.preview())).toEqual({ update: ["checkout", "key", ...rules].toSorted() });
      expect(done(await stack.up())).toEqual({ update: ["checkout", "key", ...rules].toSorted() });
      expect(((await stack.outputs()) as Record<string, string>)["key"]).not.toBe(key);
      for (const rule of rules)
        expect(JSON.parse((await outputsOf(rule))["definition"] as string)).toMatchObject({ text: "The new checkout" });
      expect(done(await stack.refresh())).toEqual({});
      expect(done(await stack.up())).toEqual({});
    },
    patience,
  );

  it("destroys all of it but the organization", async () => {
    rehearsal.posthog.setPlan(undefined);
    expect(done(await stack.destroy())).toEqual({ delete: all });
    expect(rehearsal.posthog.projects).toEqual([]);
  });
});

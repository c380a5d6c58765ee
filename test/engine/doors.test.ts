// A stack of every kind goes from one door to the other and back: nothing is replaced, nothing is updated.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStack, type Result, type Stack } from "./harness";
import { rehearsalEnv } from "./rehearsal";

const program = (description: string) => `
const golive = require("@golive/pulumi");
const project = new golive.Project("project", { name: "Doors" });
const environment = new golive.Environment("environment", { project, name: "QA", type: "staging" });
const flag = new golive.FeatureFlag("flag", { project, slug: "beta", name: "Beta", description: ${JSON.stringify(description)} });
new golive.Application("application", { environment, name: "web", redirectUris: [{ uri: "https://qa.example.com/cb" }], credentials: {} });
new golive.ApiKey("key", { environment, name: "backend" });
new golive.FeatureFlagRule("rule", { flag, environment, enabled: true });
new golive.WebhookEndpoint("webhook", { environment, url: "https://qa.example.com/hook", events: ["user.created"] });
`;
const isGolives = (type: string): boolean => /^(pulumi-nodejs:dynamic\/golive:|golive:index:)/.test(type);
/** What the engine did to golive's resources, without those that stayed the same. */
const done = ({ steps }: Result): string[] =>
  steps.filter(({ op, type }) => isGolives(type) && op !== "same").map(({ op, name }) => `${op} ${name}`);

describe("from door to door", () => {
  let rehearsal: Rehearsal;
  let stack: Stack;
  const through = (door: string) => stack.setConfig({ "golive:door": door });
  const types = async () =>
    [...new Set((await stack.export()).resources.map(({ type }) => type).filter(isGolives))].map((type) =>
      type.startsWith("golive:") ? "plugin" : "dynamic",
    );

  beforeAll(async () => {
    rehearsal = await createRehearsal();
    stack = await createStack({ program: { "index.js": program("A try") }, env: rehearsalEnv(rehearsal) });
  });
  afterAll(async () => {
    await stack.dispose();
    await rehearsal.close();
  });

  it("is made through the dynamic one", async () => {
    expect(done(await stack.up())).toHaveLength(7);
    expect(new Set(await types())).toEqual(new Set(["dynamic"]));
  });

  it.each([
    ["plugin", "A second try"],
    ["dynamic", "A third try"],
  ])("goes on through the %s one: no change, refresh, update", async (door, description) => {
    await through(door);
    const before = rehearsal.requestCount();
    expect(done(await stack.preview())).toEqual([]);
    expect(rehearsal.requestCount()).toBe(before);
    expect(done(await stack.up())).toEqual([]);
    expect(new Set(await types())).toEqual(new Set([door]));
    expect(done(await stack.refresh())).toEqual([]);
    stack.write({ "index.js": program(description) });
    expect(done(await stack.up())).toEqual(["update flag"]);
  });

  it("is destroyed through the door it is at", async () => {
    expect(done(await stack.destroy())).toHaveLength(7);
  });
});

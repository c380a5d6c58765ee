// The oldest engine that golive supports: every kind comes, stays, changes and goes, behind both doors.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStack, lacksEngine, type Result, type Stack } from "./harness";
import { canRun } from "../tools/run";
import { rehearsalEnv } from "./rehearsal";

const program = (name: string) => `
const golive = require("@golive/pulumi");
const project = new golive.Project("project", { name: "Oldest" });
const environment = new golive.Environment("environment", { project, name: "QA", type: "staging" });
const flag = new golive.FeatureFlag("flag", { project, slug: "beta", name: ${JSON.stringify(name)} });
new golive.Application("application", { environment, name: "web", redirectUris: [{ uri: "https://qa.example.com/cb" }] });
new golive.ApiKey("key", { environment, name: "backend" });
new golive.FeatureFlagRule("rule", { flag, environment, enabled: true });
new golive.WebhookEndpoint("webhook", { environment, url: "https://qa.example.com/hook", events: ["user.created"] });
`;
const done = ({ steps }: Result): string[] =>
  steps
    .filter(({ op, type }) => /golive/.test(type) && !type.startsWith("pulumi:") && op !== "same")
    .map(({ op, name }) => `${op} ${name}`);

const missing = lacksEngine("oldest");

describe.skipIf(!canRun("the oldest engine", missing)).each(["dynamic", "plugin"])(
  "the oldest engine, %s door",
  (door) => {
    let rehearsal: Rehearsal;
    let stack: Stack;
    beforeAll(async () => {
      rehearsal = await createRehearsal();
      const config = { "golive:door": door };
      stack = await createStack({
        engine: "oldest",
        program: { "index.js": program("Beta") },
        config,
        env: rehearsalEnv(rehearsal),
      });
    });
    afterAll(async () => {
      await stack?.dispose();
      await rehearsal?.close();
    });

    it("makes, keeps, changes and removes", async () => {
      expect(done(await stack.up())).toHaveLength(7);
      expect(done(await stack.preview())).toEqual([]);
      expect(done(await stack.refresh())).toEqual([]);
      stack.write({ "index.js": program("Beta 2") });
      expect(done(await stack.up())).toEqual(["update flag"]);
      expect(done(await stack.destroy())).toHaveLength(7);
    });
  },
);

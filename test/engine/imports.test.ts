// `pulumi import` of every kind on the real engine: by id, by natural key, and what it writes previews without a change.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStack, lacksYaml, type Result, type Stack } from "./harness";
import { canRun } from "../tools/run";
import { rehearsalEnv } from "./rehearsal";

const maker = `
const golive = require("@golive/pulumi");
const project = new golive.Project("project", { name: "Imports" });
const environment = new golive.Environment("environment", { project, name: "QA", type: "staging" });
const flag = new golive.FeatureFlag("flag", { project, slug: "beta", name: "Beta", tags: ["search"] });
const application = new golive.Application("application", { environment, name: "web", redirectUris: [{ uri: "https://qa.example.com/cb" }], sessions: { maxAge: 3600 } });
const key = new golive.ApiKey("key", { environment, name: "backend" });
const rule = new golive.FeatureFlagRule("rule", { flag, environment, enabled: true, access: "all" });
const webhook = new golive.WebhookEndpoint("webhook", { environment, url: "https://qa.example.com/hook", events: ["user.created"] });
module.exports = { project: project.id, environment: environment.id, flag: flag.id, application: application.id, key: key.id, rule: rule.id, webhook: webhook.id };
`;
const natural: Readonly<Record<string, readonly [kind: string, key: string]>> = {
  project: ["Project", "Imports"],
  environment: ["Environment", "Imports/QA"],
  flag: ["FeatureFlag", "Imports/beta"],
  application: ["Application", "QA/web"],
  key: ["ApiKey", "QA/backend"],
  rule: ["FeatureFlagRule", "beta/QA"],
  webhook: ["WebhookEndpoint", "QA/https://qa.example.com/hook"],
};
const done = ({ steps }: Result): string[] =>
  steps.filter(({ op, type }) => type.startsWith("golive:") && op !== "same").map(({ op, name }) => `${op} ${name}`);

const missing = lacksYaml();

describe.skipIf(!canRun("pulumi import", missing))("pulumi import", () => {
  let rehearsal: Rehearsal;
  let made: Stack;
  let ids: Record<string, string>;
  const stacks: Stack[] = [];

  beforeAll(async () => {
    rehearsal = await createRehearsal();
    made = await createStack({ program: maker, env: rehearsalEnv(rehearsal) });
    await made.up();
    ids = (await made.outputs()) as Record<string, string>;
  });
  afterAll(async () => {
    for (const stack of stacks) await stack.dispose();
    await made?.dispose();
    await rehearsal?.close();
  });

  it.each<[string, (name: string) => string]>([
    ["by id", (name) => ids[name]!],
    ["by natural key", (name) => natural[name]![1]],
  ])("%s: what it writes is pasted, and previews without a change", async (_, called) => {
    const base = "name: imports\nruntime: yaml\n";
    const stack = await createStack({
      project: "imports",
      program: { "Pulumi.yaml": base, "Pulumi.dev.yaml": "config: {}\n" },
      env: rehearsalEnv(rehearsal),
    });
    stacks.push(stack);
    const resources = Object.keys(natural).map((name) => ({
      type: `golive:index:${natural[name]![0]}`,
      name,
      id: called(name),
    }));
    stack.write({ "import.json": JSON.stringify({ resources }) });
    await stack.cli([
      "import",
      "--file",
      "import.json",
      "--yes",
      "--protect=false",
      "--skip-preview",
      "--out",
      "out.yaml",
    ]);
    const written = readFileSync(path.join(stack.folder, "out.yaml"), "utf8");
    expect(Object.keys(natural).filter((name) => !written.includes(`  ${name}:`))).toEqual([]);
    stack.write({ "Pulumi.yaml": `${base}${written}` });
    const before = rehearsal.requestCount();
    expect(done(await stack.preview())).toEqual([]);
    expect(rehearsal.requestCount()).toBe(before);
    expect(done(await stack.refresh())).toEqual([]);
    const { text, resources: state } = await stack.export();
    // what the platform shows is a secret of the state, as it is of one that was made here
    for (const { outputs = {} } of state)
      for (const secret of [outputs["value"], outputs["signingSecret"]])
        if (typeof secret === "string") expect(text).not.toContain(secret);
  });

  it("of what is not there is refused with a sentence", async () => {
    const stack = await createStack({
      project: "imports",
      program: { "Pulumi.yaml": "name: imports\nruntime: yaml\n" },
      env: rehearsalEnv(rehearsal),
    });
    stacks.push(stack);
    const { stdout, stderr } = await stack.cli(["import", "golive:index:Application", "web", "QA/wbe", "--yes"], {
      expectFailure: true,
    });
    expect(`${stdout}${stderr}`.replaceAll(/\s+/g, " ")).toContain('Did you mean "QA/web"?');
  });
});

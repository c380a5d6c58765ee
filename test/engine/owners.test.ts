// Whose an object is, on the real engine: the URN that the SDK writes down is the engine's own, and goes by no folder.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Backend, createStack, type ResourceState, type Stack } from "./harness";
import { dashboard, rehearsalEnv } from "./rehearsal";

const words = (text: string) => text.replaceAll(/\s+/g, " ");
const ours = (resources: readonly ResourceState[]) =>
  resources.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/golive:"));

/** The program whose state commit 5164d68 wrote: earlier-state.json, without what no engine needs, and its secrets replaced. */
const earlier = `const golive = require("@golive/pulumi");
const project = new golive.Project("project", { name: "Shop" });
const environment = new golive.Environment("environment", { project, name: "QA", type: "staging" });
const flag = new golive.FeatureFlag("flag", {
  project,
  slug: "beta",
  name: "Beta",
  description: "A try",
  tags: ["search", "beta"],
});
new golive.Application("application", {
  environment,
  name: "web",
  redirectUris: [{ uri: "https://qa.example.com/callback" }],
  logoutUris: ["https://qa.example.com/bye"],
  corsOrigins: ["https://b.example.com", "https://a.example.com"],
  sessions: { maxAge: 3600 },
  credentials: {},
});
new golive.ApiKey("key", { environment, name: "backend" });
new golive.FeatureFlagRule("rule", { flag, environment, enabled: true, access: "all" });
new golive.WebhookEndpoint("webhook", {
  environment,
  url: "https://qa.example.com/hook",
  events: ["user.updated", "user.created"],
});`;

/** Each runs the engine several times. */
describe("whose an object is", { timeout: 240_000 }, () => {
  let rehearsal: Rehearsal;
  let backend: Backend;

  beforeAll(async () => {
    rehearsal = await createRehearsal();
    await dashboard(rehearsal).query("mutation { setUpBilling { __typename } }");
    backend = new Backend();
  });
  afterAll(async () => {
    await backend.dispose();
    await rehearsal.close();
  });

  it("is in state as the engine's own URN, under every kind of parent", async () => {
    const program = `const pulumi = require("@pulumi/pulumi"); const golive = require("@golive/pulumi");
class Box extends pulumi.ComponentResource {
  constructor(name, opts) { super("test:index:Box", name, {}, opts); }
}
const project = new golive.Project("project", { name: "Parents" });
const outer = new Box("outer");
const inner = new Box("inner", { parent: outer });
const flag = new golive.FeatureFlag("flag", { project, slug: "one", name: "One" }, { parent: inner });
new golive.FeatureFlag("of-a-resource", { project, slug: "two", name: "Two" }, { parent: flag, dependsOn: [outer] });
new golive.Stage("stage", { project: project.id, name: "QA", type: "staging", flagIds: { one: flag.id },
  applications: { web: {} }, flags: { one: { enabled: true } }, keys: { backend: {} },
  webhooks: { hook: { url: "https://qa.example.com/hook", events: ["user.created"] } } });
golive.Environment.get("read", project.stagingEnvironmentId);`;
    const stack = await createStack({ backend, name: "parents", program, env: rehearsalEnv(rehearsal) });
    await stack.up();
    const made = ours((await stack.export()).resources);
    const isRead = ({ urn }: ResourceState) => urn.endsWith("::read");
    expect(made.map(({ urn }) => urn.split("::").at(-1)).toSorted()).toEqual(
      ["QA", "backend", "environment", "flag", "hook", "of-a-resource", "one", "project", "read", "web"].filter(
        (name) => name !== "QA",
      ),
    );
    for (const resource of made.filter((one) => !isRead(one)))
      expect([resource.inputs!["origin"], resource.outputs!["origin"]]).toEqual([resource.urn, resource.urn]);
    expect(made.find(isRead)?.inputs).not.toHaveProperty("origin");
    // nothing depends on a component that it is part of, and nothing changes
    expect((await stack.up()).summary).toMatchObject({ create: 0, update: 0, replace: 0, delete: 0 });
    await stack.refresh();
    expect(ours((await stack.export()).resources).find(({ urn }) => urn.endsWith("::web"))?.outputs).toHaveProperty(
      "origin",
    );
    await stack.destroy();
  });

  it("is told to a second stack of the same folder, with the ways to share it", async () => {
    const program = `const golive = require("@golive/pulumi");
const project = new golive.Project("project", { name: "Twice" });
const staging = new golive.Environment("staging", { project, name: "Staging", type: "staging" });
new golive.Application("web", { environment: staging, name: "web", isDefault: true });`;
    const first: Stack = await createStack({ backend, name: "first", program, env: rehearsalEnv(rehearsal) });
    await first.up();
    const [project, environment] = ours((await first.export()).resources);
    const second = await first.beside("second");
    const { stdout } = await second.up({ expectFailure: true });
    expect(words(stdout)).toContain(`${project!.id} belongs to "project" of stack first, project test`);
    for (const way of ["StackReference", "pulumi state delete", `adopt: "${project!.id}"`])
      expect(words(stdout)).toContain(way);
    expect(ours((await second.export()).resources)).toEqual([]);
    // what came with the project, and is claimed, is as much the first one's
    second.write(`const golive = require("@golive/pulumi");
new golive.Environment("staging", { project: "${project!.id}", name: "Staging", type: "staging" });`);
    expect(words((await second.up({ expectFailure: true })).stdout)).toContain(
      `${environment!.id} belongs to "staging" of stack first`,
    );
    first.write(program);
    await first.destroy();
  });

  it("is the same resource after a rename, which an alias does without golive's help", async () => {
    const hook = (name: string, more = "") => `const golive = require("@golive/pulumi");
const project = new golive.Project("project", { name: "Renamed" });
new golive.WebhookEndpoint("${name}", { environment: project.stagingEnvironmentId, url: "https://one.example.com/hook", events: ["user.created"] }, ${more || "{}"});`;
    const stack = await createStack({ backend, name: "renames", program: hook("a"), env: rehearsalEnv(rehearsal) });
    const idOf = async () =>
      ours((await stack.export()).resources).filter(({ urn }) => urn.includes("WebhookEndpoint"));
    await stack.up();
    const [made] = await idOf();
    stack.write(hook("b"));
    const { stdout } = await stack.up();
    expect(words(stdout)).toContain("has another name in the program now, and stays.");
    expect((await idOf()).map(({ id, urn }) => [id, urn.split("::").at(-1)])).toEqual([[made!.id, "b"]]);
    stack.write(hook("c", `{ aliases: [{ name: "b" }] }`));
    expect((await stack.up()).summary).toMatchObject({ create: 0, update: 0, delete: 0 });
    expect((await idOf()).map(({ id, urn }) => [id, urn.split("::").at(-1)])).toEqual([[made!.id, "c"]]);
    await stack.destroy();
    expect(rehearsal.projects.map(({ name }) => name)).not.toContain("Renamed");
  });

  it("is not in state that commit 5164d68 wrote, which previews without a change and is taken on from there", async () => {
    const stack = await createStack({ backend, program: earlier, env: rehearsalEnv(rehearsal) });
    const state = fileURLToPath(new URL("earlier-state.json", import.meta.url));
    await stack.cli(["stack", "import", "--file", state]);
    const before = rehearsal.requestCount();
    const { steps } = await stack.preview();
    expect(steps.filter(({ op }) => op !== "same")).toEqual([]);
    expect(steps.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/golive:"))).toHaveLength(7);
    await stack.preview({ args: ["--expect-no-changes"] });
    expect((await stack.up()).summary).toMatchObject({ create: 0, update: 0, replace: 0, delete: 0 });
    expect(rehearsal.requestCount()).toBe(before);
    for (const { inputs, urn } of ours((await stack.export()).resources)) expect(inputs!["origin"]).toBe(urn);
  });
});

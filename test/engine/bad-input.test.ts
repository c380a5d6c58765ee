// Bad input on the real engine: each is a message with the resource, the property path and what to do, at preview where
// it can be known then, and nothing half-made stays unrecorded.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStack, type Stack } from "./harness";
import { dashboard, rehearsalEnv } from "./rehearsal";

const production = `const project = new golive.Project("p", { name: "Bad" }); const environment = new golive.Environment("e", { project, name: "Production", type: "production" });`;

describe("bad input", () => {
  let rehearsal: Rehearsal;
  let stack: Stack;

  beforeAll(async () => {
    rehearsal = await createRehearsal();
    stack = await createStack({ program: "", env: rehearsalEnv(rehearsal) });
  });
  afterAll(async () => {
    await stack.dispose();
    await rehearsal.close();
  });
  const declare = (body: string) => stack.write(`const golive = require("@golive/pulumi");\n${body}`);

  it.each<{ what: string; body: string; env?: Record<string, string>; says: string[] }>([
    {
      what: "an unknown field",
      body: `new golive.Project("shop", { name: "Shop", descripton: "x" });`,
      says: [`Project has no input "descripton"`],
    },
    {
      what: "a near name",
      body: `new golive.FeatureFlag("flag", { project: "project_1", slug: "a", nam: "A" });`,
      says: [`did you mean "name"?`, "name", "is required"],
    },
    { what: "a wrong type", body: `new golive.Project("shop", { name: 7 });`, says: ["name", "expected string"] },
    {
      what: "a malformed URL",
      body: `new golive.WebhookEndpoint("hook", { environment: "environment_1", url: "hooks.example.com", events: ["user.created"] });`,
      says: ["url", "Invalid URL"],
    },
    {
      what: "an http redirect URI in production",
      body: `${production} new golive.Application("web", { environment, name: "web", redirectUris: [{ uri: "https://a.example.com", default: true }, { uri: "http://a.example.com" }] });`,
      says: ["redirectUris[1].uri", "production takes https only"],
    },
    {
      what: "an http webhook in production",
      body: `${production} new golive.WebhookEndpoint("hook", { environment, url: "http://a.example.com", events: ["user.created"] });`,
      says: ["url", "https only"],
    },
    {
      what: "a platform that does not exist",
      body: `new golive.Project("shop", { name: "Shop" });`,
      env: { GOLIVE_PLATFORM: "rehersal" },
      says: ["provider.platform", `did you mean "rehearsal"?`, "GOLIVE_PLATFORM"],
    },
    {
      what: "no credential",
      body: `new golive.Project("shop", { name: "Shop" });`,
      env: { GOLIVE_TOKEN: "" },
      says: ["needs a dashboard token", "GOLIVE_TOKEN"],
    },
    {
      what: "http to another computer",
      body: `new golive.Project("shop", { name: "Shop" });`,
      env: { GOLIVE_ENDPOINT: "http://api.example.com" },
      says: ["provider.endpoint", "use https"],
    },
  ])("$what stops the preview, without a request", async ({ body, env, says }) => {
    declare(body);
    const before = rehearsal.requestCount();
    const { stdout, diagnostics } = await stack.preview({ expectFailure: true, ...(env && { env }) });
    for (const words of says) expect(stdout.replaceAll(/\s+/g, " ")).toContain(words);
    expect(diagnostics.some(({ severity, urn }) => severity === "error" && urn.includes("golive:"))).toBe(true);
    expect(rehearsal.requestCount()).toBe(before);
  });

  it.each<{ what: string; env: Record<string, string>; says: string[] }>([
    {
      what: "a bad token",
      env: { GOLIVE_TOKEN: "dash_wrong-wrong" },
      says: ["401", "The credential came from GOLIVE_TOKEN", "--run-program"],
    },
    {
      what: "an unreachable endpoint",
      env: { GOLIVE_ENDPOINT: "http://127.0.0.1:9", GOLIVE_RETRIES: "0" },
      says: ["cannot be reached", "GOLIVE_ENDPOINT"],
    },
  ])("$what stops `up` with its way out, and nothing is recorded", async ({ env, says }) => {
    declare(`new golive.Project("shop", { name: "Shop" });`);
    const { stdout } = await stack.up({ expectFailure: true, env });
    for (const words of [`Project "Shop" could not be created`, ...says])
      expect(stdout.replaceAll(/\s+/g, " ")).toContain(words);
    expect(stdout).not.toContain("dash_wrong-wrong");
    expect((await stack.export()).resources.filter(({ type }) => type.includes("golive:"))).toEqual([]);
  });

  it("keeps an application whose redirect URIs were refused, and finishes it on the next up", async () => {
    const [project] = rehearsal.projects;
    const environment = project!.environments[0]!.id;
    const app = `new golive.Application("web", { environment: ${JSON.stringify(environment)}, name: "web", corsOrigins: ["https://a.example.com"], redirectUris: [{ uri: "https://a.example.com/callback" }] });`;
    declare(app);
    rehearsal.faults.add({ operation: "setUserlandApplicationRedirectUris", status: 422, times: 1 });
    const failed = await stack.up({ expectFailure: true });
    expect(failed.stdout).toContain("setUserlandApplicationRedirectUris was refused with 422");
    const state = (await stack.export()).resources.find(({ type }) => type.endsWith(":Application"));
    expect(state?.id).toMatch(/^app_/);
    expect(state?.initErrors).toHaveLength(1);
    expect((await stack.up()).summary).toMatchObject({ update: 1, create: 0 });
    expect((await stack.up()).summary).toMatchObject({ same: 1, update: 0 });
    const { userlandApplications } = await dashboard(rehearsal).query(
      `{ userlandApplications(environmentId: ${JSON.stringify(environment)}) { data { name redirectUris { uri } } } }`,
    );
    const { data } = userlandApplications as { data: { name: string; redirectUris: { uri: string }[] }[] };
    expect(data.filter(({ name }) => name === "web")).toEqual([
      { name: "web", redirectUris: [{ uri: "https://a.example.com/callback" }] },
    ]);
  });

  it("says at up that production is locked, with the step to take, before anything in it is made", async () => {
    declare(
      `${production} new golive.Application("web", { environment, name: "web" }); new golive.ApiKey("key", { environment, name: "key" });`,
    );
    const { stdout, summary } = await stack.up({ expectFailure: true });
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "Add billing information in the WorkOS dashboard to unlock production",
    );
    expect(summary.create).toBe(1); // the project
  });
});

// The Stage component on the real engine: an environment from config, in five lines.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Stack } from "../engine/harness";
import { type Account, configure, exampleConfig, openAccount, program } from "./account";

const unchanged = { create: 0, update: 0, delete: 0, replace: 0 };
/** The same environment as plain resources, as a program declares it that knows no stage. */
const plainProgram = `
const golive = require("@golive/pulumi");
const pulumi = require("@pulumi/pulumi");
const config = new pulumi.Config();
const shared = new pulumi.StackReference(config.require("shared"));
const flagIds = shared.requireOutput("flagIds");
const entries = (key) => Object.entries(config.requireObject(key));
const [name, type] = [config.require("name"), config.require("type")];
const environment = new golive.Environment("environment", { project: shared.requireOutput("projectId"), name, type });
for (const [name, args] of entries("applications")) new golive.Application(name, { environment, name, ...args });
for (const [slug, args] of entries("flags"))
  new golive.FeatureFlagRule(slug, { environment, flag: flagIds.apply((ids) => ids[slug]), ...args });
for (const [name, args] of entries("webhooks")) new golive.WebhookEndpoint(name, { environment, ...args });
for (const [name, args] of entries("keys")) new golive.ApiKey(name, { environment, name, ...args });
`;

let account: Account;
beforeAll(async () => {
  account = await openAccount();
  await (await account.shared()).up();
}, 180_000);
afterAll(() => account.close());

describe("examples/go-live", () => {
  let production: Stack;

  test("staging, then production, from one program; again, nothing changes and nothing is asked for", async () => {
    const staging = await account.stack("staging");
    const first = await staging.up();
    expect(first.diagnostics.filter(({ severity }) => severity !== "info")).toEqual([]);
    expect(first.summary).toMatchObject({ create: 11, update: 0 });
    production = await account.stack("production");
    expect((await production.preview()).stdout).toContain("go-live checklist of Production: ready");
    expect((await production.up()).summary).toMatchObject({ create: 11 });
    account.writes();
    for (const stack of [staging, production]) expect((await stack.up()).summary).toMatchObject(unchanged);
    expect(account.writes()).toEqual([]);
  }, 180_000);

  test("outputs by name; what is secret is encrypted in state", async () => {
    const outputs = await production.outputs();
    const { apiKeys, signingSecrets } = outputs as Record<string, Record<string, string>>;
    expect(outputs).toMatchObject({
      environmentId: expect.stringMatching(/^environment_/) as string,
      clientIds: { web: expect.stringMatching(/^client_/) as string, mobile: expect.any(String) as string },
      inventory: { name: "Production", webhooks: { users: "https://hooks.example.com/users" } },
    });
    const secrets = [...Object.values(apiKeys!), ...Object.values(signingSecrets!)];
    expect(secrets).toHaveLength(3);
    const { text } = await production.export();
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });

  test("everything that is wrong fails the preview at once, with its path in the file, and nothing is registered", async () => {
    const { applications, webhooks, ...config } = exampleConfig("production") as Record<string, object>;
    configure(production, {
      ...config,
      deletionProtecton: true,
      applications: { ...applications, web: { redirectUris: [{ uri: "http://example.com/callback" }] } },
      webhooks: { ...webhooks, users: { url: "https://hooks.example.com/users", event: [] } },
    });
    account.writes();
    const { stdout, summary } = await production.preview({ expectFailure: true });
    for (const line of [
      "Pulumi.production.yaml: go-live:applications.web.redirectUris[0].uri is http: production takes https only",
      'Pulumi.production.yaml: go-live:webhooks.users.event: WebhookEndpoint has no input "event"; did you mean "events"?',
      "Pulumi.production.yaml: go-live:webhooks.users.events is missing: add it",
    ])
      expect(stdout).toContain(line);
    expect(stdout).not.toContain("at Stage");
    expect(summary).toMatchObject({ create: 0, update: 0, delete: 0 });
    expect(account.writes()).toEqual([]);
  }, 60_000);

  test("a flag that the shared stack does not define, each on a line", async () => {
    const { flags, ...config } = exampleConfig("production") as Record<string, object>;
    configure(production, { ...config, enforce: false, flags: { ...flags, ghost: {}, phantom: {} } });
    account.writes();
    const { stdout } = await production.up({ expectFailure: true });
    for (const slug of ["ghost", "phantom"])
      expect(stdout).toContain(
        `Pulumi.production.yaml: go-live:flags.${slug} is no flag of organization/go-live-shared/shared`,
      );
    expect(stdout).not.toContain("serializing");
    expect(account.writes()).toEqual([]);
  }, 60_000);

  test("a shared stack that is not deployed yet", async () => {
    await account.shared("later");
    const stack = await account.stack("early");
    configure(stack, { ...exampleConfig("staging"), shared: "organization/go-live-shared/later" });
    const { stdout, diagnostics } = await stack.preview({ expectFailure: true });
    expect(stdout).toContain(
      "Pulumi.early.yaml: go-live:shared is organization/go-live-shared/later, which has no output `projectId`: deploy it first",
    );
    expect(diagnostics.filter(({ severity }) => severity === "error")).toHaveLength(1);
  }, 60_000);

  test("a section whose entries are commented out holds none, and a stack has one stage", async () => {
    const stack = await account.stack("one");
    configure(stack, { ...exampleConfig("staging"), name: "One", applications: null });
    expect((await stack.preview()).steps.filter(({ type }) => type.endsWith(":Application"))).toEqual([]);
    stack.write({ "index.ts": `${program}\nnew golive.Stage("second");` });
    const { stdout } = await stack.preview({ expectFailure: true });
    expect(stdout).toContain('Stage "second": a stack has one, and "stage" is it.');
  }, 60_000);

  test("a secret in config is one in state and among the outputs; a date may stand without quotes", async () => {
    const stack = await account.stack("secretive");
    const { webhooks, ...config } = exampleConfig("staging") as Record<string, Record<string, object>>;
    const users = { ...webhooks!["users"], url: "https://hooks.staging.example.com/users" };
    configure(stack, { ...config, name: "Secretive", webhooks: { users }, keys: { backend: { expiresAt: "DATE" } } });
    const file = path.join(stack.folder, "Pulumi.secretive.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace("DATE", "2027-01-01T00:00:00Z"));
    const url = "https://hooks.staging.example.com/token-123";
    await stack.cli(["config", "set", "--secret", "--path", "webhooks.users.url", url]);
    await stack.up();
    const { text } = await stack.export();
    expect(text).not.toContain("token-123");
    expect(text).toContain("2027-01-01T00:00:00Z");
    expect((await stack.cli(["stack", "output", "--json"])).stdout).not.toContain("token-123");
    expect(await stack.outputs()).toMatchObject({ inventory: { webhooks: { users: url } } });
    expect((await stack.up()).summary).toMatchObject(unchanged);
  }, 120_000);

  test("a key that no stage reads is warned of, with the one that was meant", async () => {
    configure(production, { ...exampleConfig("production"), deletionProtecton: false });
    const { diagnostics } = await production.preview();
    expect(diagnostics.map(({ message }) => message.trim())).toContain(
      "Pulumi.production.yaml: go-live:deletionProtecton is read by no stage; did you mean go-live:deletionProtection?",
    );
  }, 60_000);
});

test("an entry under another name keeps its object: the engine deletes the old name, and golive nothing", async () => {
  const stack = await account.stack("renamed");
  const { webhooks, applications, ...config } = exampleConfig("staging") as Record<string, Record<string, object>>;
  const { users, ...others } = webhooks!;
  const web = { ...applications!["web"], isDefault: true };
  const named = { ...config, name: "Renamed" };
  configure(stack, { ...named, webhooks: { ...others, users }, applications: { web } });
  await stack.up();
  account.writes();
  configure(stack, { ...named, webhooks: { ...others, people: users }, applications: { portal: web } });
  const { stdout } = await stack.up();
  expect(stdout).toContain('WebhookEndpoint "https://hooks.staging.example.com/users"');
  expect(stdout).toContain("has another name in the program now, and stays.");
  // the application is called as its entry
  expect(account.writes()).toEqual(["updateUserlandApplication"]);
  expect((await stack.up()).summary).toMatchObject(unchanged);
  expect((await stack.preview({ args: ["--refresh"] })).summary).toMatchObject(unchanged);
}, 180_000);

describe("a stack that declared plain resources", () => {
  test("`formerlyPlain` takes them over: not one request that changes something", async () => {
    const stack = await account.stack("plain", plainProgram);
    const config = { ...exampleConfig("staging"), name: "Plain" };
    configure(stack, config);
    expect((await stack.up()).summary).toMatchObject({ create: 10 });
    account.writes();
    stack.write('const golive = require("@golive/pulumi"); new golive.Stage("stage", { formerlyPlain: true });');
    const { summary } = await stack.up();
    expect(summary).toMatchObject({ update: 0, delete: 0, replace: 0 });
    expect(account.writes()).toEqual([]);
    stack.write('const golive = require("@golive/pulumi"); new golive.Stage("stage");');
    expect((await stack.up()).summary).toMatchObject(unchanged);
    expect(account.writes()).toEqual([]);
  }, 180_000);
});

describe("without config", () => {
  test("arguments, a project of the same program and an explicit provider do the same", async () => {
    const { GOLIVE_PLATFORM: platform, GOLIVE_ENDPOINT: endpoint, GOLIVE_TOKEN: token } = account.env;
    const stack = await account.stack(
      "arguments",
      `
const golive = require("@golive/pulumi");
const provider = new golive.Provider("rehearsal", ${JSON.stringify({ platform, endpoint, token })});
const project = new golive.Project("project", { name: "Arguments" }, { provider });
const beta = new golive.FeatureFlag("beta", { project, slug: "beta", name: "Beta" }, { provider });
const stage = new golive.Stage("stage", {
  project, name: "Staging", type: "staging", flagIds: { beta: beta.id },
  applications: { web: { redirectUris: [{ uri: "http://localhost:3000/callback" }] } },
  flags: { beta: { enabled: true } },
  keys: { backend: {} },
}, { provider });
exports.ids = stage.clientIds;`,
    );
    const env = { GOLIVE_PLATFORM: "", GOLIVE_ENDPOINT: "", GOLIVE_TOKEN: "" };
    expect((await stack.up({ env })).summary).toMatchObject({ create: 7 });
    expect(await stack.outputs()).toMatchObject({ ids: { web: expect.stringMatching(/^client_/) as string } });
    expect((await stack.up({ env })).summary).toMatchObject(unchanged);
  }, 120_000);

  const whole = '{ project: "project_1", name: "Staging", type: "staging"';
  test.each<[stack: string, args: string, expected: string]>([
    ["name", "{}", "Pulumi.name.yaml: go-live:name is missing: add it"],
    ["type", '{ project: "project_1", name: "Staging", type: "prod" }', 'Stage "stage": type: '],
    ["flag", `${whole}, flags: { beta: {} }, flagIds: {} }`, 'Stage "stage": flags.beta is no flag of flagIds'],
  ])(
    "a wrong %s: the preview says where",
    async (name, args, expected) => {
      const stack = await account.stack(name, `new (require("@golive/pulumi").Stage)("stage", ${args});`);
      const { stdout } = await stack.preview({ expectFailure: true });
      expect(stdout).toContain(expected);
    },
    60_000,
  );
});

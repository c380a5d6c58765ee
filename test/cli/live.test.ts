import { defaultModule } from "@golive/provider/platforms/index";
import { adoptFiles } from "@golive/cli/dist/adopt/files.js";
import { marked, withLive } from "@golive/cli/dist/clone/from-live.js";
import { planClone } from "@golive/cli/dist/clone/plan.js";
import { factsOf } from "@golive/cli/dist/doctor/facts.js";
import { findUnmanaged } from "@golive/cli/dist/doctor/unmanaged.js";
import { findEnvironment, readEnvironment, viewOfLive } from "@golive/cli/dist/environment/from-live.js";
import { viewOfConfig } from "@golive/cli/dist/environment/from-config.js";
import { parseState } from "@golive/cli/dist/environment/from-state.js";
import { parseStackConfig } from "@golive/cli/dist/project/stack-config.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { account, platformOf } from "./live-platform";
import { config } from "./shop";
import { state } from "./state";

const now = new Date("2026-11-23T00:00:00Z");
const production = async (platform = platformOf()) =>
  readEnvironment(platform, await findEnvironment(platform, "Production"));

describe("an environment is found", () => {
  test.each([
    ["by id", "environment_p"],
    ["by name", "Production"],
    ["by name, whatever its case", "production"],
  ])("%s", async (_, wanted) => {
    expect(await findEnvironment(platformOf(), wanted)).toMatchObject({ id: "environment_p" });
  });

  const twice = {
    ...account,
    Environment: [
      ...account.Environment!,
      { id: "environment_q", state: { project: "project_1", name: "Live", type: "production" as const } },
    ],
  };
  test.each<[what: string, wanted: string, says: RegExp]>([
    [
      "no such name",
      "prod",
      /there is no environment "prod"\. There are: Staging of project "Shop" \(environment_s\), Production/,
    ],
    ["a name before a type", "production", /^$/],
  ])("%s", async (_, wanted, says) => {
    const found = await findEnvironment(platformOf(twice), wanted).then(
      () => "",
      (error: Error) => error.message,
    );
    expect(found).toMatch(says);
  });

  test("a type that several have is no answer", async () => {
    const named = [...twice.Environment].map((env) =>
      env.id === "environment_p" ? { ...env, state: { ...env.state, name: "EU" } } : env,
    );
    await expect(findEnvironment(platformOf({ ...account, Environment: named }), "production")).rejects.toThrow(
      '"production" means EU of project "Shop" (environment_p) and Live of project "Shop" (environment_q). Name the project with --project, or give the id.',
    );
  });
});

describe("adopt", () => {
  const files = async () => adoptFiles({ live: await production(), stack: "production", version: "1.2.3", now });

  test("declares what is there, without defaults, bookkeeping, secrets or what is over", async () => {
    const written = (await files())["Pulumi.production.yaml"]!;
    expect((parse(written) as { config: object }).config).toEqual({
      "shop:shared": "organization/shop-shared/shared",
      "shop:name": "Production",
      "shop:type": "production",
      "shop:applications": {
        web: { isDefault: true, redirectUris: [{ uri: "https://example.com/cb", default: true }] },
        mobile: { kind: "native", redirectUris: [{ uri: "com.example.shop://cb", default: true }] },
      },
      "shop:flags": { checkout: { enabled: true, access: "all" }, search: { enabled: false, access: "none" } },
      "shop:webhooks": {
        users: { url: "https://hooks.example.com/users", events: ["user.created"], enabled: true },
        "v2-users": { url: "https://hooks.example.com/v2/users", events: ["user.deleted"], enabled: false },
      },
      "shop:keys": { backend: {} },
    });
    expect(written).toContain("# golive:token: # secret: pulumi config set --secret golive:token --stack production");
  });

  test("the shared stack owns the project and the flags", async () => {
    const written = await files();
    expect(parse(written["shared/Pulumi.shared.yaml"]!)).toEqual({
      config: {
        "shop-shared:project": "Shop",
        "shop-shared:flags": {
          checkout: { name: "Checkout", description: "New", tags: ["shop"], owner: "user_1" },
          search: { name: "Search" },
        },
      },
    });
    expect(JSON.parse(written["shared/package.json"]!)).toMatchObject({ dependencies: { "@golive/pulumi": "1.2.3" } });
  });
});

describe("an endpoint is known by the name that config gives its URL", () => {
  const declared = (name: string) => {
    const stack = { stack: "production", file: "Pulumi.production.yaml", exists: true };
    const text = config(
      "shop:webhooks:",
      `  ${name}: { url: https://hooks.example.com/v2/users, events: [user.deleted] }`,
    );
    return viewOfConfig("shop", { ...stack, ...parseStackConfig(text, "x") });
  };
  test.each<[name: string, other: string]>([
    ["users", "hooks-example-com-users"],
    ["mine", "users"],
  ])("%s, and no other has that name", async (name, other) => {
    const { webhooks } = viewOfLive(await production(), "production", declared(name)).entries;
    expect(webhooks[name]).toMatchObject({ url: "https://hooks.example.com/v2/users" });
    expect(webhooks[other]).toMatchObject({ url: "https://hooks.example.com/users" });
  });
});

test.each<[what: string, declared: string[], issued: boolean[] | undefined]>([
  ["is issued when the account has it", ["shop:keys: { backend: {} }"], [true]],
  ["is not, though the account has others", ["shop:keys: { backend: {}, worker: {} }"], [true, false]],
  ["is unknown when none is declared: nobody may have the value of the account's own", ["shop:name: P"], undefined],
])("before there is a state, a key %s", async (_, lines, issued) => {
  const stack = { stack: "production", file: "Pulumi.production.yaml", exists: true };
  const declared = viewOfConfig("shop", { ...stack, ...parseStackConfig(config(...lines), "x") });
  const facts = factsOf({
    production: { label: "production", config: declared, live: await production() },
    others: [],
  });
  expect(facts.production.keys?.map((key) => key.issued)).toEqual(issued);
});

describe("clone --from-live", () => {
  test("adds what exists in staging and stands in no config, once", async () => {
    const live = viewOfLive(await production(), "staging");
    const stack = (text: string) => ({
      stack: "production",
      file: "Pulumi.production.yaml",
      exists: true,
      ...parseStackConfig(text, "x"),
    });
    const text = config(
      "shop:webhooks:",
      "  mine: { url: https://hooks.example.com/users, events: [user.created] }",
      "shop:flags:",
      "  search: {}",
    );
    const { staging, paths } = withLive("shop", stack(text), live);
    expect(paths).toEqual(["applications.web", "applications.mobile", "flags.checkout", "webhooks.v2-users"]);
    expect(staging.text).toBe(text);

    const input = {
      project: "shop",
      staging,
      mappings: [["example.com", "example.com"]] as const,
      answers: new Map<string, string>(),
      platform: defaultModule,
    };
    const plan = planClone({ ...input, production: stack("") });
    expect(marked(plan.lines, paths).find(({ path }) => path === "flags.checkout.enabled")).toMatchObject({
      action: "added",
      reason: "the same in both (live, not in staging's config)",
    });
    expect(planClone({ ...input, production: stack(plan.text) }).writes).toBe(false);
  });
});

describe("doctor --unmanaged", () => {
  const held = (kind: string, name: string, outputs = {}) => ({ kind, name, outputs });
  const states = (...resources: ReturnType<typeof held>[]) => {
    const text = state(resources).replaceAll(
      /"id":"(\w+?)_(\w+)"/g,
      (_, __, id: string) => `"id":"${id.replace("-", "/")}"`,
    );
    return [parseState(text, "production")];
  };

  test("lists what no state holds; a rule that nobody set and a key that is over are none", async () => {
    const found = await findUnmanaged(platformOf(), [], now);
    expect(found.map(({ kind, name, within }) => `${kind} ${name} in ${within || "-"}`)).toEqual([
      "Project Shop in -",
      "FeatureFlag checkout in Shop",
      "FeatureFlag search in Shop",
      "Environment Staging in Shop",
      "Environment Production in Shop",
      "Application web in Shop/Production",
      "Application mobile in Shop/Production",
      "FeatureFlagRule checkout in Shop/Production",
      "WebhookEndpoint https://hooks.example.com/users in Shop/Production",
      "WebhookEndpoint https://hooks.example.com/v2/users in Shop/Production",
      "ApiKey backend in Shop/Production",
    ]);
  });

  test("a key that was rotated is known by its present id", async () => {
    const before = await findUnmanaged(platformOf(), [], now);
    const after = await findUnmanaged(platformOf(), states(held("ApiKey", "key_0", { keyId: "key_1" })), now);
    expect(before.filter(({ kind }) => kind === "ApiKey")).toHaveLength(1);
    expect(after.filter(({ kind }) => kind === "ApiKey")).toEqual([]);
  });
});

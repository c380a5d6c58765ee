// On the real engine: every optional field of every kind leaves the program. Preview shows it, `up` does it, and nothing is
// left to show; what no API can clear is refused at preview, with the way.
import { definitions, type Kind } from "@golive/provider";
import { type Definition, UNKNOWN } from "@golive/provider/define";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStack, type Result, type Stack } from "./harness";
import { adapter } from "../platforms/rig";
import { dashboard, rehearsalEnv } from "./rehearsal";

const program = `
const golive = require("@golive/pulumi");
const { here, ...inputs } = require("./inputs.json");
// what is replaced cannot be protected as its environment is
const open = { deletionProtection: false };
const project = new golive.Project("project", { name: "Shop", ...inputs.project });
const environment = new golive.Environment("environment", { project, name: "QA", type: "staging", ...inputs.environment });
const flag = new golive.FeatureFlag("flag", { project, slug: "beta", name: "Beta", ...inputs.flag });
new golive.FeatureFlagRule("rule", { flag, environment, ...inputs.rule });
const web = new golive.Application("web", { environment, name: "web", ...inputs.web });
new golive.Application("other", { environment, name: "other", ...open, ...inputs.other });
new golive.Application("secretive", { environment, name: "secretive", ...open, ...inputs.secretive });
new golive.Application("oauth", { environment: here, name: "oauth", kind: "oauth", ...inputs.oauth });
new golive.Application("partner", { environment: here, name: "partner", kind: "oauth", ...inputs.partner });
new golive.Application("public client", { environment: here, name: "public client", kind: "oauth", ...inputs["public client"] });
new golive.ApiKey("key", { environment, name: "backend", ...inputs.key });
const { application, ...limited } = inputs.limited;
new golive.ApiKey("limited", { environment, name: "limited", ...open, ...limited, ...(application && { application: web }) });
new golive.ApiKey("public", { environment, name: "public", ...open, ...inputs.public });
new golive.WebhookEndpoint("hook", { environment, url: "https://qa.example.com/hook", events: ["user.created"], ...inputs.hook });
`;
type Declared = Record<string, Record<string, unknown>>;
const kinds: Readonly<Record<string, keyof typeof definitions>> = {
  project: "Project",
  environment: "Environment",
  flag: "FeatureFlag",
  rule: "FeatureFlagRule",
  web: "Application",
  other: "Application",
  secretive: "Application",
  oauth: "Application",
  partner: "Application",
  "public client": "Application",
  key: "ApiKey",
  limited: "ApiKey",
  public: "ApiKey",
  hook: "WebhookEndpoint",
};
const uris = [{ uri: "https://qa.example.com/callback" }];
const inPlace: Declared = {
  environment: { deletionProtection: true },
  flag: { description: "A try", tags: ["beta"], owner: "user_01HZX3QK5S0000000000000000", defaultValue: true },
  rule: {
    enabled: true,
    access: "some",
    organizations: ["org_01HZX3QK5S0000000000000000"],
    users: ["user_01HZX3QK5S0000000000000000"],
  },
  web: {
    redirectUris: uris,
    logoutUris: ["https://qa.example.com/bye"],
    corsOrigins: ["https://qa.example.com"],
    homepageUrl: "https://qa.example.com",
    initiateLoginUri: "https://qa.example.com/in",
    signUpUrl: "https://qa.example.com/up",
    passwordResetUrl: "https://qa.example.com/reset",
    userInvitationUrl: "https://qa.example.com/invited",
    deletionProtection: true,
    sessions: { maxAge: 3600, inactivity: 600, accessTokenTtl: 300 },
  },
  oauth: {
    description: "A try",
    scopes: ["read"],
    redirectUris: uris,
    corsOrigins: ["https://qa.example.com"],
    credentials: {},
  },
  // its end leaves with its next version, which has none
  key: { overlap: 60, expiresAt: "2099-01-01T00:00:00Z", deletionProtection: true },
  hook: { enabled: false, description: "A try", deletionProtection: true },
};
const anew: Declared = {
  other: { kind: "spa" },
  partner: {},
  "public client": { firstParty: true, pkce: true },
  limited: { application: true },
  public: { kind: "publishable" },
};
const nothing: Declared = Object.fromEntries(Object.keys(kinds).map((name) => [name, {}]));

/** Names of the resources by what the engine did or would do with them, without those that stayed the same. */
function done(result: Result): Record<string, string[]> {
  const steps: Record<string, string[]> = {};
  for (const { op, name, type } of result.steps)
    if (type.startsWith("pulumi-nodejs:dynamic/golive:") && op !== "same") (steps[op] ??= []).push(name);
  for (const names of Object.values(steps)) names.sort();
  return steps;
}
const said = ({ diagnostics }: Result) => diagnostics.map(({ message }) => message).join("\n");

describe("every optional field of every kind", () => {
  let rehearsal: Rehearsal;
  let stack: Stack;
  let here: string;
  const all = (): Declared => ({ ...nothing, ...inPlace, ...anew });
  const declare = (inputs: Declared) => stack.write({ "inputs.json": JSON.stringify({ here, ...inputs }) });
  const outputsOf = async (name: string) =>
    (await stack.export()).resources.find(({ urn }) => urn.endsWith(`::${name}`))?.outputs ?? {};

  beforeAll(async () => {
    rehearsal = await createRehearsal({ port: 0 });
    const ask = dashboard(rehearsal);
    const { currentTeam } = await ask.query("{ currentTeam { projectsV2 { environments { id sandbox } } } }");
    const { projectsV2 } = currentTeam as { projectsV2: { environments: { id: string; sandbox: boolean }[] }[] };
    here = projectsV2[0]!.environments.find(({ sandbox }) => sandbox)!.id;
    const { mintKey } = await ask.query(
      `mutation { mintKey(input: { environmentId: "${here}", name: "ci" }) { ... on ApiKeyMinted { value } } }`,
    );
    const { value: apiKey } = mintKey as { value: string };
    const answer = await fetch(`${rehearsal.url}/organizations`, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify({ name: "Acme" }),
    });
    anew["partner"] = { organization: ((await answer.json()) as { id: string }).id };
    stack = await createStack({
      program: { "index.js": program, "inputs.json": JSON.stringify({ here, ...all() }) },
      env: { ...rehearsalEnv(rehearsal), GOLIVE_API_KEY: apiKey },
    });
    await stack.up();
  });
  afterAll(async () => {
    await stack.dispose();
    await rehearsal.close();
  });

  it("is in this test, or stays for a reason", () => {
    const platform = adapter(rehearsal, { token: rehearsal.token, apiKey: "sk_test_of-nobody" });
    const isRefused = (kind: Kind, field: string): boolean =>
      platform.refusals(kind, { [field]: UNKNOWN }, {}).some(({ property }) => property === field);
    const declared = new Set(
      Object.entries({ ...inPlace, ...anew }).flatMap(([name, inputs]) =>
        Object.keys(inputs).map((field) => `${kinds[name]!}.${field}`),
      ),
    );
    const left = Object.entries(definitions as Record<string, Definition>).flatMap(([kind, { inputs }]) =>
      Object.entries(inputs)
        .filter(([, field]) => field.schema.safeParse(undefined).success && !field.createOnly && !field.from)
        // what only another platform has is refused here: test/contract/workos.test.ts
        .filter(([field]) => !isRefused(kind as Kind, field))
        .map(([field]) => `${kind}.${field}`)
        .filter((field) => !declared.has(field)),
    );
    expect(left).toEqual([
      // another object, which came with the environment: test/engine/taking-over.test.ts
      "Application.isDefault",
      // can only be raised: below
      "ApiKey.version",
      // another key, which somebody made by hand: test/platforms/external-key.test.ts
      "ApiKey.external",
      "ApiKey.value",
      // says who owns the others, and reaches no platform
      "FeatureFlagRule.ownedBy",
      // can only be raised: below
      "WebhookEndpoint.secretVersion",
    ]);
  });

  const less = { ...nothing, key: { version: 2 } };
  const steps = { update: Object.keys(inPlace).toSorted(), replace: Object.keys(anew).toSorted() };

  it("leaves: preview shows it, and asks the platform nothing", async () => {
    declare(less);
    const before = rehearsal.requestCount();
    const { update, replace } = done(await stack.preview());
    expect({ update, replace }).toEqual(steps);
    expect(rehearsal.requestCount()).toBe(before);
  });

  it("is cleared by `up`, to what a new object has", async () => {
    const { update, replace } = done(await stack.up());
    expect({ update, replace }).toEqual(steps);
    const [web, flag, rule, hook, key] = await Promise.all(["web", "flag", "rule", "hook", "key"].map(outputsOf));
    const ask = dashboard(rehearsal);
    const live = await ask.query(`{
      application: userlandApplication(id: "${String(web!["applicationId"])}") {
        redirectUris { uri } logoutUris { uri } webOrigins { origin } appHomepageUrl initiateLoginUri signUpUrl
        maxSessionTime inactivityTimeout accessTokenExpiry
      }
      flag(id: "${String(flag!["flagId"])}") { description tags { name } flagEnvironments { id flagEnabled defaultEnabled accessType organizations { id } users { id } } }
      hook: webhookEndpoint(id: "${String(hook!["endpointId"])}") { state description }
      keys(environmentId: "${String(key!["environment"])}") { data { id expiredAt } }
    }`);
    const { flagEnvironments, ...one } = live["flag"] as { flagEnvironments: { id: string }[] };
    expect({ application: live["application"], flag: one, hook: live["hook"] }).toEqual({
      application: {
        redirectUris: [],
        logoutUris: [],
        webOrigins: [],
        appHomepageUrl: null,
        initiateLoginUri: null,
        signUpUrl: null,
        maxSessionTime: null,
        inactivityTimeout: null,
        accessTokenExpiry: null,
      },
      flag: { description: null, tags: [] },
      hook: { state: "Active", description: null },
    });
    expect(flagEnvironments.find(({ id }) => id === rule!["ruleId"])).toMatchObject({
      flagEnabled: false,
      defaultEnabled: false,
      accessType: "NONE",
      organizations: [],
      users: [],
    });
    const { data } = live["keys"] as { data: { id: string; expiredAt: string | null }[] };
    expect(data.find(({ id }) => id === key!["keyId"])).toMatchObject({ expiredAt: null });
    const oauth = await outputsOf("oauth");
    expect(oauth).toMatchObject({ kind: "oauth" });
    for (const name of ["clientSecret", "scopes", "redirectUris"]) expect(oauth[name]).toBeUndefined();
  });

  it("is gone: neither refresh nor preview nor `up` shows anything after it", async () => {
    expect(done(await stack.refresh())).toEqual({});
    expect(done(await stack.preview())).toEqual({});
    expect(done(await stack.up())).toEqual({});
  });

  it("is refused at preview where no API clears it", async () => {
    const soon = new Date(Date.now() + 12 * 3_600_000).toISOString();
    const there: Declared = {
      ...less,
      secretive: { credentials: {} },
      hook: { secretVersion: 2 },
      key: { version: 2, expiresAt: soon },
    };
    declare(there);
    const shown = await stack.preview();
    // the engine shows what is no reason to stop
    expect(said(shown)).toMatch(/ApiKey "backend": expiresAt the key ends within a day, at/);
    expect(done(await stack.up())["update"]).toEqual(["hook", "key", "secretive"]);
    for (const [left, reason] of [
      [{ key: { version: 2 } }, /expiresAt.*raise `version`/],
      [{ key: { expiresAt: soon } }, /version.*can only be raised/],
      [{ hook: {} }, /secretVersion.*can only be raised/],
      [{ secretive: {} }, /credentials.*keep `credentials`/],
    ] as const) {
      declare({ ...there, ...left });
      expect(said(await stack.preview({ expectFailure: true }))).toMatch(reason);
    }
    declare({ ...there, key: { version: 3 } });
    expect(done(await stack.up())["update"]).toEqual(["key"]);
    expect(done(await stack.refresh())).toEqual({});
  }, 120_000);
});

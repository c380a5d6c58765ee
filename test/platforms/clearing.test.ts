// Every field that may leave the program, on every API that carries it, over real HTTP: it is cleared to what a new object
// has, or refused at check where the API cannot clear it.
import { definitions, type Kind } from "@golive/provider";
import { type Bag, type Definition, namesOf, UNKNOWN } from "@golive/provider/define";
import { workos } from "@golive/provider/platforms/workos/index";
import type { Platform } from "@golive/provider/platforms/platform";
import { beforeEach, describe, expect, test } from "vitest";
import { deploys } from "./deploys";
import { fresh } from "./fresh";
import { adapter, object, storeOf } from "./rig";

const here = fresh();
type Api = "a token" | "a key";
/** The same account by each of its APIs. */
const by: Record<Api, Platform> = {} as never;
let key: string;
let flag: string;

beforeEach(async () => {
  const { rehearsal, platform, staging, project, count } = here;
  const ci = await object(platform, "ApiKey", { environment: staging, name: "ci" }).create();
  key = ci.state.value!;
  by["a token"] = adapter(rehearsal, { token: rehearsal.token, apiKey: key });
  by["a key"] = adapter(rehearsal, { apiKey: key });
  flag = (await object(platform, "FeatureFlag", { project, slug: `flag-${count}`, name: "Flag" }).create()).id;
});

/** The least that each kind is declared with, here. */
const least = (kind: Kind, api: Api): Bag => {
  const { staging: environment, project, count } = here;
  const all: Record<Kind, Bag> = {
    Project: { name: `Cleared ${count}` },
    Environment: { project, name: "QA", type: "staging" },
    Application: { environment, name: "shop" },
    ApiKey: { environment, name: "backend" },
    FeatureFlag: { project, slug: "cleared", name: "Cleared" },
    FeatureFlagRule: { flag: api === "a key" ? `flag-${count}` : flag, environment },
    WebhookEndpoint: { environment, url: "https://a.example.com/hook", events: ["user.created"] },
  };
  return all[kind];
};
const some = { access: "some" };
const oauth = { kind: "oauth" };
const uris = [{ uri: "https://a.example.com/cb", default: true }];

/** What is declared first, beside what stays; each field of it leaves. */
const clears: readonly [Kind, Api, leaves: Bag, stays: Bag][] = [
  ["Application", "a token", { redirectUris: uris }, {}],
  ["Application", "a token", { logoutUris: ["https://a.example.com/bye"] }, {}],
  ["Application", "a token", { corsOrigins: ["https://a.example.com"] }, {}],
  ["Application", "a token", { homepageUrl: "https://a.example.com" }, {}],
  ["Application", "a token", { initiateLoginUri: "https://a.example.com/in" }, {}],
  ["Application", "a token", { signUpUrl: "https://a.example.com/up" }, {}],
  ["Application", "a token", { passwordResetUrl: "https://a.example.com/reset" }, {}],
  ["Application", "a token", { userInvitationUrl: "https://a.example.com/invited" }, {}],
  ["Application", "a token", { sessions: { maxAge: 60, inactivity: 30, accessTokenTtl: 20 } }, {}],
  ["Application", "a token", { scopes: ["read"] }, oauth],
  ["Application", "a key", { redirectUris: uris }, oauth],
  ["Application", "a key", { scopes: ["read"] }, oauth],
  ["Application", "a key", { description: "Why" }, oauth],
  ["Application", "a key", { corsOrigins: ["https://a.example.com"] }, oauth],
  ["FeatureFlag", "a token", { description: "Why" }, {}],
  ["FeatureFlag", "a token", { tags: ["a", "b"] }, {}],
  ["FeatureFlag", "a token", { defaultValue: true }, {}],
  ["FeatureFlagRule", "a token", { enabled: true }, {}],
  ["FeatureFlagRule", "a token", { access: "all" }, {}],
  ["FeatureFlagRule", "a token", { organizations: ["org_1"] }, some],
  ["FeatureFlagRule", "a token", { users: ["user_1"] }, some],
  ["FeatureFlagRule", "a token", { enabled: true, access: "some", organizations: ["org_1"], users: ["user_1"] }, {}],
  ["FeatureFlagRule", "a key", { enabled: true }, {}],
  ["WebhookEndpoint", "a token", { enabled: false }, {}],
  ["WebhookEndpoint", "a token", { description: "Why" }, {}],
  ["WebhookEndpoint", "a key", { enabled: false }, {}],
];

/** Whether a value is nothing, however it is told. */
const isNothing = (value: unknown) => value === null || value === undefined;

describe("is cleared to what a new object has, and refresh after it shows nothing", () => {
  test.each(clears)("%s, with %s: %o beside %o", async (kind, api, leaves, stays) => {
    const platform = by[api];
    const fields: Definition["inputs"] = definitions[kind].inputs;
    const stack = deploys(platform, kind);
    const kept = { ...least(kind, api), ...stays };
    const told = async (): Promise<Bag> => (await storeOf(platform, kind).read(stack.id(), kept as never))!.state;
    await stack.up({ ...kept, ...leaves });
    expect(await told()).toMatchObject(leaves);
    expect(await stack.up(kept)).toBe(1);
    const left = await told();
    for (const name of Object.keys(leaves)) {
      const initial = fields[name]!.fresh;
      if (initial === undefined) expect([name, isNothing(left[name])]).toEqual([name, true]);
      else expect([name, left[name]]).toEqual([name, initial]);
      expect(stack.outs()).not.toHaveProperty(name);
    }
    const after = stack.outs();
    await stack.refresh();
    expect(stack.outs()).toEqual(after);
    expect(await stack.up(kept)).toBe(0);
  });

  test("the parts of an object one by one: those that stay, and those that were never declared, stay", async () => {
    const stack = deploys(by["a token"], "Application");
    const kept = least("Application", "a token");
    await stack.up({ ...kept, sessions: { maxAge: 60, inactivity: 30 } });
    const store = storeOf(by["a token"], "Application");
    const seen = async () => (await store.read(stack.id(), {}))!.state.sessions;
    // somebody at the dashboard
    await store.update(stack.id(), {
      inputs: { ...kept, sessions: { accessTokenTtl: 20 } } as never,
      held: {},
      fields: new Set(["sessions"]),
    });
    expect(await stack.up({ ...kept, sessions: { inactivity: 30 } })).toBe(1);
    expect(await seen()).toEqual({ inactivity: 30, accessTokenTtl: 20 });
    expect(await stack.up(kept)).toBe(1);
    expect(await seen()).toEqual({ accessTokenTtl: 20 });
    await stack.refresh();
    expect(await stack.up(kept)).toBe(0);
  });

  test("the owner of a flag: whoever holds the token", async () => {
    const stack = deploys(by["a token"], "FeatureFlag");
    const kept = least("FeatureFlag", "a token");
    await stack.up({ ...kept, owner: "user_01HZX3QK5S0000000000000000" });
    expect(await stack.up(kept)).toBe(1);
    const { state } = (await storeOf(by["a token"], "FeatureFlag").read(stack.id(), {}))!;
    const other = await object(by["a token"], "FeatureFlag", { ...kept, slug: "other" }).create();
    expect(state.owner).toBe(other.state.owner);
    await stack.refresh();
    expect(await stack.up(kept)).toBe(0);
  });

  test("targets that a key names: nobody can read them, and so both are sent", async () => {
    const inputs = least("FeatureFlagRule", "a key");
    const stack = deploys(by["a key"], "FeatureFlagRule");
    const org = await fetch(`${here.rehearsal.url}/organizations`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ name: "Acme" }),
    });
    const { id } = (await org.json()) as { id: string };
    const seen = async () =>
      (await storeOf(here.platform, "FeatureFlagRule").read(`${flag}/${here.staging}`, {}))!.state.organizations;
    await stack.up({ ...inputs, organizations: [id] });
    expect(await seen()).toEqual([id]);
    expect(await stack.up(inputs)).toBe(1);
    expect(await seen()).toEqual([]);
  });

  test("a client secret of what other software connects through: it is revoked", async () => {
    const stack = deploys(by["a key"], "Application");
    const kept = { ...least("Application", "a key"), ...oauth };
    await stack.up({ ...kept, credentials: {} });
    const secrets = async () => {
      const path = `${here.rehearsal.url}/connect/applications/${stack.id()}/client_secrets`;
      return (await (await fetch(path, { headers: { authorization: `Bearer ${key}` } })).json()) as unknown[];
    };
    expect(stack.outs()!["clientSecret"]).toMatch(/./);
    expect(await secrets()).toHaveLength(1);
    expect(await stack.up(kept)).toBe(1);
    expect(await secrets()).toEqual([]);
    for (const name of ["credentials", "clientSecret", "clientSecretHint"])
      expect(stack.outs()).not.toHaveProperty(name);
    await stack.refresh();
    expect(await stack.up(kept)).toBe(0);
  });

  test("the end of a key: with its next version, which has none", async () => {
    const stack = deploys(by["a token"], "ApiKey");
    const kept = least("ApiKey", "a token");
    await stack.up({ ...kept, expiresAt: "2099-01-01T00:00:00Z" });
    const first = stack.outs()!["keyId"];
    expect(await stack.up({ ...kept, version: 2 })).toBe(1);
    const { keyId } = stack.outs()!;
    expect(keyId).not.toBe(first);
    const told = await storeOf(by["a token"], "ApiKey").read(String(keyId), {});
    expect(told!.state.expiresAt).toBeNull();
    await stack.refresh();
    expect(await stack.up({ ...kept, version: 2 })).toBe(0);
  });
});

describe("is refused at check, with the reason and what to do, where the API cannot clear it", () => {
  const two = [...uris, { uri: "https://b.example.com/cb", default: false }];
  test.each<[Kind, Api, was: Bag, is: Bag, RegExp]>([
    ["ApiKey", "a token", { expiresAt: "2099-01-01T00:00:00Z" }, {}, /^expiresAt .*raise `version`/],
    ["Application", "a token", { credentials: {} }, {}, /^credentials .*keep `credentials`/],
    [
      "Application",
      "a key",
      { isDefault: true, redirectUris: uris },
      { isDefault: true },
      /^redirectUris .*cannot take the default/,
    ],
    [
      "Application",
      "a key",
      { isDefault: true, redirectUris: two },
      { isDefault: true, redirectUris: two.map((one) => ({ ...one, default: !one.default })) },
      /^redirectUris .*cannot take the default/,
    ],
    [
      "Application",
      "a key",
      { isDefault: true, corsOrigins: ["https://a.example.com", "https://b.example.com"] },
      { isDefault: true, corsOrigins: ["https://a.example.com"] },
      /^corsOrigins .*deletes no CORS origin/,
    ],
    [
      "Application",
      "a key",
      { isDefault: true, corsOrigins: ["https://a.example.com"] },
      { isDefault: true },
      /^corsOrigins/,
    ],
  ])("%s, with %s: %o, then %o", async (kind, api, was, is, reason) => {
    const stack = deploys(by[api], kind);
    await stack.up({ ...least(kind, api), ...was });
    const before = stack.outs();
    const asked = here.rehearsal.requestCount();
    await expect(stack.up({ ...least(kind, api), ...is })).rejects.toThrow(reason);
    expect(stack.outs()).toEqual(before);
    expect(here.rehearsal.requestCount()).toBe(asked);
  });
});

test("no field is left out of these tables", () => {
  const leaving = Object.entries(definitions as Record<string, Definition>).flatMap(([kind, { inputs }]) =>
    namesOf(inputs, (field) => {
      if (field.local || field.createOnly || field.replace) return false;
      const empty = field.schema.safeParse(undefined);
      return empty.success && empty.data === undefined;
    }).map((name) => `${kind}.${name}`),
  );
  const covered = new Set([
    ...clears.flatMap(([kind, , leaves]) => Object.keys(leaves).map((name) => `${kind}.${name}`)),
    "FeatureFlag.owner",
    "Application.credentials",
    "ApiKey.expiresAt",
    // makes it another object: test/platforms/external-key.test.ts
    "ApiKey.value",
  ]);
  // what WorkOS has not is refused before it could be cleared, or never kept
  const refused = leaving.filter((path) => !covered.has(path));
  const answers = refused.map((path) => {
    const [kind, name] = path.split(".") as [Kind, string];
    const reasons = by["a token"].refusals(kind, { ...least(kind, "a token"), [name]: UNKNOWN }, {});
    const isUnused = workos.unused?.[kind]?.some((one: string) => one === name) ?? false;
    return [path, isUnused || reasons.some(({ property }) => property === name)];
  });
  expect(answers).toEqual(refused.map((path) => [path, true]));
});

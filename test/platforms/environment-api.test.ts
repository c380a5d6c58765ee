// With nothing but the secret key of one environment: most users' first hour.
import type { Platform } from "@golive/provider/platforms/platform";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adapter, object, storeOf, tokenOf } from "./rig";

let rehearsal: Rehearsal;
let dashboard: Platform;
let platform: Platform;
let environment: string;
let organization: string;

beforeAll(async () => {
  rehearsal = await createRehearsal();
  dashboard = adapter(rehearsal, tokenOf(rehearsal));
  const project = await object(dashboard, "Project", { name: "Keyed" }).create();
  environment = project.state.stagingEnvironmentId!;
  const key = await object(dashboard, "ApiKey", { environment, name: "ci" }).create();
  platform = adapter(rehearsal, { apiKey: key.state.value! });
  const answer = await fetch(`${rehearsal.url}/organizations`, {
    method: "POST",
    headers: { authorization: `Bearer ${key.state.value}`, "content-type": "application/json" },
    body: JSON.stringify({ name: "Acme" }),
  });
  organization = ((await answer.json()) as { id: string }).id;
  await object(dashboard, "FeatureFlag", { project: project.id, slug: "beta", name: "Beta" }).create();
});
afterAll(() => rehearsal.close());

test("the account is a fingerprint of the key, and the same each time", async () => {
  const { id } = await platform.account();
  expect(id).toMatch(/^key:[0-9a-f]{12}$/);
  expect(await platform.account()).toMatchObject({ id });
});

test("a webhook endpoint", async () => {
  const inputs = { environment, url: "https://a.example.com/hook", events: ["user.created"], enabled: false };
  const { store, create, find, update } = object(platform, "WebhookEndpoint", inputs);
  const made = await create();
  expect(made.state).toMatchObject({ ...inputs, endpointId: made.id, secretHeld: true });
  expect(made.state.signingSecret).toMatch(/./);
  expect(await find()).toMatchObject({ id: made.id });
  const change = { url: "https://a.example.com/hooks", events: ["user.updated"], enabled: true };
  expect(await update(made.id, change)).toMatchObject({ id: made.id, state: change });
  expect(await store.read(made.id, inputs as never)).toMatchObject({ state: { ...inputs, ...change } });
  await store.delete(made.id, {});
  expect(await store.read(made.id, inputs as never)).toBeUndefined();
  await store.delete(made.id, {});
});

test.each([
  ["oauth", () => ({ scopes: ["openid"], redirectUris: [{ uri: "https://a.example.com/cb", default: true }] })],
  ["m2m", () => ({ scopes: ["read"], organization })],
])("an application of kind %s, with a secret that is shown once", async (kind, more) => {
  const inputs = { environment, name: `${kind} app`, kind, ...more(), credentials: { version: 1 } };
  const { credentials, ...told } = inputs;
  const { store, create, find, update } = object(platform, "Application", inputs);
  const made = await create();
  expect(made.state).toMatchObject({ ...told, applicationId: made.id });
  expect(made.state.clientSecret).toMatch(/./);
  expect(await find()).toMatchObject({ id: made.id, state: told });
  const read = await store.read(made.id, inputs as never);
  expect(read?.state).toMatchObject(told);
  expect(read?.state).not.toHaveProperty("clientSecret");
  expect(await update(made.id, { name: "renamed", scopes: [] }, made.state)).toMatchObject({
    state: { name: "renamed", scopes: [] },
  });
  const rotated = await update(made.id, { credentials: { version: 2 } }, { credentials });
  expect(rotated.state.clientSecret).not.toBe(made.state.clientSecret);
  expect(rotated.state.clientSecretHint).toMatch(/./);
  await store.delete(made.id, inputs as never);
  expect(await store.read(made.id, inputs as never)).toBeUndefined();
  await store.delete(made.id, inputs as never);
});

test("a flag's switch and targets, named by its slug", async () => {
  const inputs = { flag: "beta", environment, enabled: true, organizations: [organization] };
  const { store, claim, update } = object(platform, "FeatureFlagRule", inputs);
  const claimed = (await claim())!;
  expect(claimed.state).toMatchObject({ enabled: false, organizations: [], users: [] });
  const fields = { enabled: true, organizations: [organization] };
  expect(await update(claimed.id, fields, claimed.state)).toMatchObject({ state: { enabled: true } });
  const [rule] = await storeOf(dashboard, "FeatureFlagRule").list!({ environment });
  expect(rule?.state).toMatchObject({ enabled: true, organizations: [organization] });
  await store.delete(claimed.id, inputs as never);
  expect(await store.read(claimed.id, inputs as never)).toMatchObject({ state: { enabled: false } });
  expect(await store.read(`other/${environment}`, {})).toBeUndefined();
});

describe("the default application", () => {
  const uri = "https://a.example.com/cb";
  const second = "https://b.example.com/cb";

  test("its redirect URIs and CORS origins", async () => {
    const inputs = {
      environment,
      name: "web",
      isDefault: true,
      redirectUris: [{ uri, default: true }],
      corsOrigins: ["https://a.example.com"],
    };
    const { store, claim, update } = object(platform, "Application", inputs);
    const { id, state } = (await claim())!;
    expect(state).toMatchObject({ environment, isDefault: true, redirectUris: [], corsOrigins: [] });
    const { redirectUris, corsOrigins } = inputs;
    expect(await update(id, { redirectUris, corsOrigins })).toMatchObject({ state: { redirectUris, corsOrigins } });
    const two = [{ uri, default: true }, { uri: second }];
    const after = await update(id, { redirectUris: two });
    expect(after.state.redirectUris).toHaveLength(2);
    expect((await update(id, { redirectUris })).state.redirectUris).toEqual(redirectUris);
    await expect(update(id, { redirectUris: [{ uri: second, default: true }] })).rejects.toThrow(/GOLIVE_TOKEN/);
    await expect(update(id, { corsOrigins: [] })).rejects.toThrow(/deletes no CORS origin/);
    await expect(update(id, { name: "other" })).rejects.toThrow(/cannot rename/);
    expect(await store.delete(id, inputs as never)).toMatch(/stays/);
  });
});

test("a key that is not valid is an error that says so, never an empty answer", async () => {
  const stranger = adapter(rehearsal, { apiKey: "sk_test_nobody" });
  for (const kind of ["WebhookEndpoint", "Application"] as const)
    await expect(storeOf(stranger, kind).read("we_1", { kind: "oauth" } as never)).rejects.toThrow(
      /401.*the test's apiKey/s,
    );
});

test("with a token and a key, the real API's endpoints have a signing secret in the key's environment only", async () => {
  const { token } = rehearsal;
  const [other] = (await storeOf(dashboard, "Environment").list!({})).filter(
    ({ id, state }) => id !== environment && state.type === "staging",
  );
  const key = await object(dashboard, "ApiKey", { environment, name: "both" }).create();
  const real = adapter(rehearsal, { token, apiKey: key.state.value! }, "workos");
  const inputs = { url: "https://c.example.com/hook", events: ["user.created"] };
  const here = await object(real, "WebhookEndpoint", { ...inputs, environment }).create();
  const there = await object(real, "WebhookEndpoint", { ...inputs, environment: other!.id }).create();
  expect(here.state).toMatchObject({ secretHeld: true, signingSecret: expect.stringMatching(/./) });
  expect(there.state).toMatchObject({ secretHeld: false });
  expect(there.state).not.toHaveProperty("signingSecret");
});

test("a key of another environment makes nothing in the declared one", async () => {
  const { token } = rehearsal;
  const project = await object(dashboard, "Project", { name: "Mixed" }).create();
  const declared = project.state.stagingEnvironmentId!;
  const key = await object(dashboard, "ApiKey", { environment, name: "mixed" }).create();
  const both = adapter(rehearsal, { token, apiKey: key.state.value! });
  const application = object(both, "Application", { environment: declared, name: "cli", kind: "oauth" });
  const hook = { events: ["user.created"] };
  // without anything to compare there is no proof
  expect(await application.find()).toBeUndefined();
  await object(both, "WebhookEndpoint", { ...hook, environment, url: "https://here.example.com" }).create();
  await object(both, "WebhookEndpoint", { ...hook, environment: declared, url: "https://there.example.com" }).create();
  await expect(application.find()).rejects.toThrow(/belongs to another environment than environment_/);
  expect(await object(both, "Application", { environment, name: "cli", kind: "oauth" }).find()).toBeUndefined();
});

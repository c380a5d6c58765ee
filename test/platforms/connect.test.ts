// Applications that other software connects through: with a person's token, with a key, and with both.
import type { Platform } from "@golive/provider/platforms/platform";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adapter, object, storeOf, tokenOf } from "./rig";

let rehearsal: Rehearsal;
let token: Platform;
let key: Platform;
let both: Platform;
let staging: string;
let production: string;
let organization: string;
beforeAll(async () => {
  rehearsal = await createRehearsal({ environmentHeader: "strict", billing: true });
  token = adapter(rehearsal, tokenOf(rehearsal), "workos");
  const [project] = await storeOf(token, "Project").list!({});
  staging = project!.state.stagingEnvironmentId!;
  production = project!.state.productionEnvironmentId!;
  const minted = await object(adapter(rehearsal, tokenOf(rehearsal)), "ApiKey", {
    environment: staging,
    name: "ci",
  }).create();
  const apiKey = minted.state.value!;
  key = adapter(rehearsal, { apiKey });
  both = adapter(rehearsal, { ...tokenOf(rehearsal), apiKey });
  const made = await fetch(`${rehearsal.url}/organizations`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ name: "Acme" }),
  });
  organization = ((await made.json()) as { id: string }).id;
});
afterAll(() => rehearsal.close());

const uris = [{ uri: "https://a.example.com/cb", default: true }];

describe.each<[name: string, inputs: () => Record<string, unknown>]>([
  ["one's own", () => ({ kind: "oauth", description: "For the shell", pkce: true, redirectUris: uris })],
  ["somebody else's", () => ({ kind: "oauth", organization, firstParty: false, pkce: false })],
  ["a machine's", () => ({ kind: "m2m", organization, description: "Nightly" })],
])("%s", (name, inputs) => {
  test.each(["token", "key", "both"] as const)("has a whole life with a %s", async (by) => {
    const platform = { token, key, both }[by];
    const declared: Record<string, unknown> = { environment: staging, name: `${name} by ${by}`, ...inputs() };
    const { store, create, find, update } = object(platform, "Application", declared);
    const made = await create();
    expect(made.state).toMatchObject({ ...declared, applicationId: made.id, isDefault: false });
    expect(made.state.clientId).toMatch(/^client_/);
    expect(await find()).toMatchObject({ id: made.id, state: declared });
    expect(await store.read(made.id, declared as never)).toMatchObject({ id: made.id, state: declared });
    const change = {
      name: `${name} 2`,
      description: "Another",
      ...(declared["kind"] === "oauth" && { redirectUris: [{ uri: "https://b.example.com/cb", default: true }] }),
    };
    expect((await update(made.id, change)).state).toMatchObject({ ...declared, ...change });
    await store.delete(made.id, declared as never);
    expect(await store.read(made.id, made.state as never)).toBeUndefined();
    await store.delete(made.id, declared as never);
  });
});

test("with its own name and origins, a key sets what the contract has", async () => {
  const corsOrigins = ["https://a.example.com"];
  const { create, update } = object(key, "Application", {
    environment: staging,
    name: "spa",
    kind: "oauth",
    corsOrigins,
  });
  const made = await create();
  expect(made.state).toMatchObject({ corsOrigins, firstParty: true, pkce: false });
  expect((await update(made.id, { corsOrigins: ["https://b.example.com"] })).state.corsOrigins).toEqual([
    "https://b.example.com",
  ]);
});

test("is read by its id alone, with the environment that it is in", async () => {
  const made = await object(token, "Application", {
    environment: production,
    name: "imported",
    kind: "oauth",
  }).create();
  expect(await storeOf(token, "Application").read(made.id, {})).toMatchObject({ state: { environment: production } });
  expect(await storeOf(token, "Application").read("conn_app_none", {})).toBeUndefined();
});

test("the key of staging lists nothing of its own as production's", async () => {
  const here = await object(key, "Application", { environment: staging, name: "here", kind: "oauth" }).create();
  const there = await object(token, "Application", { environment: production, name: "there", kind: "oauth" }).create();
  for (const platform of [token, both]) {
    const list = async (environment: string) =>
      (await storeOf(platform, "Application").list!({ environment })).map(({ id, state }) => [id, state.environment]);
    expect(await list(production)).toContainEqual([there.id, production]);
    expect((await list(production)).map(([id]) => id)).not.toContain(here.id);
    expect(await list(staging)).toContainEqual([here.id, staging]);
    expect((await list(staging)).map(([id]) => id)).not.toContain(there.id);
  }
});

test("with a token alone, what takes a key is refused before anything is made", () => {
  const refused = (inputs: object) =>
    token.refusals("Application", { environment: staging, name: "x", kind: "oauth", ...inputs });
  expect(refused({})).toEqual([]);
  for (const inputs of [{ credentials: { version: 1 } }, { scopes: ["a"] }, { corsOrigins: ["https://a.example.com"] }])
    expect(refused(inputs)).toEqual([
      { property: Object.keys(inputs)[0], reason: expect.stringMatching(/GOLIVE_API_KEY/) as string },
    ]);
});

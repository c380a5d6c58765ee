// Keys of environments: four for two of them, what may be read again, and what each opens.
import { createRehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, type Data, dashboard, mutate, unlockedWorld, type World } from "./rig";

let world: World;
beforeAll(async () => {
  world = await unlockedWorld();
});
afterAll(() => world.rehearsal.close());
const keysOf = async (environment: string, scope = "Active") => {
  const asked = `{ keys(environmentId: "${environment}", scope: ${scope}) { data { id name kind value last4 expiredAt } } }`;
  return (await world.dash<{ data: Data[] }>(asked)).data;
};
const mint = async (input: Data) =>
  mutate(world.dash, "mintKey", input, "... on ApiKeyMinted { value key { id value last4 } }") as Promise<{
    __typename: string;
    value: string;
    key: { id: string; value: string | null; last4: string };
  }>;
const status = async (key: string) => (await ask(world.rehearsal, key, "GET", "/organizations")).status;
const at = (prefix: string): unknown => expect.stringMatching(new RegExp(`^${prefix}_[A-Za-z0-9]{32}$`));

it("a new account has four keys for its two environments; a production secret is not among what can be read", async () => {
  const rehearsal = await createRehearsal();
  try {
    const dash = dashboard(rehearsal);
    const found = [];
    for (const { id } of rehearsal.projects[0]!.environments)
      found.push((await dash<{ data: Data[] }>(`{ keys(environmentId: "${id}") { data { kind value } } }`)).data);
    expect(found).toEqual([
      [
        { kind: "SECRET", value: at("sk_test") },
        { kind: "PUBLISHABLE", value: at("pk_test") },
      ],
      [
        { kind: "SECRET", value: null },
        { kind: "PUBLISHABLE", value: at("pk_live") },
      ],
    ]);
  } finally {
    await rehearsal.close();
  }
});

it.each([
  ["staging", "SECRET", true],
  ["staging", "PUBLISHABLE", true],
  ["production", "PUBLISHABLE", true],
  ["production", "SECRET", false],
] as const)("a new %s %s key can be read again: %s", async (place, kind, isReadable) => {
  const { value, key } = await mint({ environmentId: world[place].id, name: `${place} ${kind}`, kind });
  expect(key).toMatchObject({ value: isReadable ? value : null, last4: value.slice(-4) });
  const listed = (await keysOf(world[place].id)).find(({ id }) => id === key.id);
  expect(listed).toMatchObject({ value: isReadable ? value : null, last4: value.slice(-4) });
});

describe("what a key opens", () => {
  it("its environment and no other", async () => {
    await ask(world.rehearsal, world.staging.key, "POST", "/organizations", { name: "Only in staging" });
    const names = async (key: string) =>
      ((await ask(world.rehearsal, key, "GET", "/organizations")).body["data"] as Data[]).map(({ name }) => name);
    expect(await names(world.staging.key)).toEqual(["Only in staging"]);
    expect(await names(world.production.key)).toEqual([]);
  });

  it.each([
    ["no key", () => ""],
    ["an unknown key", () => "sk_test_unknown"],
    ["a dashboard token", () => world.rehearsal.token],
    ["the client secret of the Platform API", () => world.rehearsal.clientSecret],
  ])("%s: 401", async (_title, key) => {
    expect(await ask(world.rehearsal, key(), "GET", "/organizations")).toMatchObject({
      status: 401,
      body: { message: "Unauthorized", code: "unauthorized" },
    });
  });

  it("a publishable key is none for the management API", async () => {
    const [, publishable] = await keysOf(world.staging.id);
    expect(await status(String(publishable!["value"]))).toBe(401);
  });

  it("an environment's key is none for the dashboard API nor the Platform API", async () => {
    for (const path of ["/graphql", `/platform/teams/${world.rehearsal.account.id}`])
      expect((await ask(world.rehearsal, world.staging.key, "POST", path, { query: "{ me { id } }" })).status).toBe(
        401,
      );
  });
});

describe("the end of a key", () => {
  it("now: 401 from the next request on, and what is over stays over", async () => {
    const { value, key } = await mint({ environmentId: world.staging.id, name: "Short" });
    expect(await status(value)).toBe(200);
    const expire = (expiresAt?: string) =>
      mutate(world.dash, "expireKey", { keyId: key.id, expiresAt }, "... on ApiKeyExpired { key { expiredAt } }");
    const over = await expire();
    expect(await status(value)).toBe(401);
    expect(await expire("2099-01-01T00:00:00.000Z")).toEqual(over);
    expect(await status(value)).toBe(401);
  });

  it("later: both the old and the new one work until then", async () => {
    const old = await mint({ environmentId: world.production.id, name: "Rotated" });
    const next = await mint({ environmentId: world.production.id, name: "Rotated" });
    await mutate(world.dash, "expireKey", { keyId: old.key.id, expiresAt: "2099-01-01T00:00:00.000Z" });
    expect([await status(old.value), await status(next.value)]).toEqual([200, 200]);
  });

  it.each([
    ["a date that is over", { expiresAt: "2001-01-01T00:00:00.000Z" }, "ApiKeyInvalid"],
    ["no date", { expiresAt: "soon" }, "ApiKeyInvalid"],
    ["no name", { name: " " }, "ApiKeyInvalid"],
    ["an unknown application", { applicationId: "app_01" }, "UserlandApplicationNotFound"],
    ["an unknown environment", { environmentId: "environment_01" }, "EnvironmentNotFound"],
  ])("a new key is refused: %s", async (_title, change, expected) => {
    const made = await mint({ environmentId: world.staging.id, name: "Refused", ...change });
    expect(made.__typename).toBe(expected);
  });

  it("an environment takes its keys with it", async () => {
    const made = await mutate(
      world.dash,
      "createEnvironment",
      { name: "Preview", isSandbox: true },
      "environment { id }",
    );
    const { id } = made["environment"] as { id: string };
    const { value } = await mint({ environmentId: id, name: "CI" });
    expect(await status(value)).toBe(200);
    await mutate(world.dash, "deleteEnvironment", { environmentId: id });
    expect(await status(value)).toBe(401);
  });
});

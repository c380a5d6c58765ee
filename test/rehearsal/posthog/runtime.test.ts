// What an application asks at run time: flags in every version of the answer, definitions, remote configuration, events.
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer, Data } from "../rig";
import { posthogWorld, refusal, request, type World } from "./rig";

let world: World;
let secret: string;
const flag = async (key: string, body: Data = {}): Promise<void> => {
  const { status } = await world.inside("POST", "feature_flags/", {
    key,
    filters: { groups: [{ rollout_percentage: 100 }] },
    ...body,
  });
  expect(status).toBe(201);
};
beforeAll(async () => {
  world = await posthogWorld();
  const key = await world.inside("POST", "project_secret_api_keys/", { label: "App", scopes: ["feature_flag:read"] });
  secret = key.body["value"] as string;
  await flag("on", { filters: { groups: [{}], payloads: { true: { a: 1 } } } });
  await flag("off", { active: false });
  await flag("nobody", { filters: { groups: [{ rollout_percentage: 0 }] } });
  await flag("split", {
    filters: { groups: [{}], multivariate: { variants: [{ key: "a", rollout_percentage: 100 }] } },
  });
  await flag("server-only", { evaluation_runtime: "server" });
  await flag("client-only", { evaluation_runtime: "client" });
  await flag("checkout", { evaluation_contexts: ["checkout"] });
  await flag("gone");
  const { body } = await world.inside("GET", "feature_flags/?key=gone");
  await world.inside("PATCH", `feature_flags/${(body["results"] as Data[])[0]!["id"]}/`, { deleted: true });
});
afterAll(() => world.rehearsal.close());

const ask = (path: string, body: Data = {}): Promise<Answer> =>
  request(world.rehearsal.url, "", "POST", path, { token: world.token, distinct_id: "user", ...body });
const keys = ({ body }: Answer): string[] => Object.keys(body["flags"] as Data).toSorted();

describe("/flags", () => {
  it("says of each flag what it is, why, and what goes with it", async () => {
    const { body } = await ask("/flags/?v=2");
    const flags = body["flags"] as Record<string, Data>;
    expect(body).toMatchObject({ errorsWhileComputingFlags: false, requestId: expect.any(String) as string });
    expect(flags["on"]).toEqual({
      key: "on",
      enabled: true,
      variant: null,
      reason: { code: "condition_match", condition_index: 0, description: "Matched condition set 1" },
      metadata: { id: expect.any(Number) as number, version: 1, description: null, payload: '{"a":1}' },
    });
    expect(flags["split"]).toMatchObject({ enabled: true, variant: "a" });
    expect(flags["nobody"]).toMatchObject({ enabled: false, variant: null, reason: { code: "out_of_rollout_bound" } });
  });

  it.each<[string, string, Data]>([
    [
      "v1 of flags",
      "/flags/",
      { featureFlags: { on: true, nobody: false, split: "a", checkout: true }, featureFlagPayloads: { on: '{"a":1}' } },
    ],
    [
      "v3 of decide",
      "/decide?v=3",
      { featureFlags: { on: true, nobody: false, split: "a", checkout: true }, featureFlagPayloads: { on: '{"a":1}' } },
    ],
    ["v2 of decide: what is on", "/decide/?v=2", { featureFlags: { on: true, split: "a", checkout: true } }],
    ["v1 of decide: a list", "/decide/", { featureFlags: ["on", "split", "checkout"] }],
  ])("%s", async (_case, path, wanted) => {
    const { status, body } = await ask(path);
    expect(status).toBe(200);
    expect(body).toMatchObject(wanted);
    expect(JSON.stringify(body)).not.toContain("gone");
  });

  it.each<[string, Data, string[]]>([
    ["nobody knows where it runs", {}, ["checkout", "nobody", "on", "split"]],
    ["on a server", { evaluation_runtime: "server" }, ["checkout", "nobody", "on", "server-only", "split"]],
    ["on a client", { evaluation_runtime: "client" }, ["checkout", "client-only", "nobody", "on", "split"]],
    ["of a context", { evaluation_contexts: ["account"] }, ["nobody", "on", "split"]],
    ["of its context", { evaluation_contexts: ["checkout"] }, ["checkout", "nobody", "on", "split"]],
    ["some by name", { flag_keys_to_evaluate: ["on", "off", "none"] }, ["on"]],
  ])("%s", async (_case, body, wanted) => expect(keys(await ask("/flags/?v=2", body))).toEqual(wanted));

  it.each<[string, Data, readonly unknown[]]>([
    ["no token", { token: undefined }, [401, "missing_api_key", null]],
    ["a token that is none", { token: "phc_none" }, [401, "invalid_api_key", null]],
    ["a token that is an object", { token: {} }, [401, "missing_api_key", null]],
    ["no person", { distinct_id: undefined }, [400, "missing_distinct_id", "distinct_id"]],
    ["an empty person", { distinct_id: "" }, [400, "empty_distinct_id", "distinct_id"]],
    ["properties that are a list", { person_properties: [] }, [400, "not_a_dict", "person_properties"]],
    ["groups that are a text", { groups: "x" }, [400, "not_a_dict", "groups"]],
  ])("refused: %s", async (_case, body, wanted) => expect(refusal(await ask("/flags/?v=2", body))).toEqual(wanted));

  it("a personal key is no token, and GET is no way to ask", async () => {
    expect((await ask("/flags/?v=2", { token: world.rehearsal.posthog.key })).status).toBe(401);
    expect((await request(world.rehearsal.url, "", "GET", "/flags/?v=2")).status).toBe(405);
  });

  it("packed as a client sends it", async () => {
    const body = gzipSync(JSON.stringify({ token: world.token, distinct_id: "user" }));
    const headers = { "content-encoding": "gzip", "content-type": "application/json" };
    const answer = await fetch(`${world.rehearsal.url}/flags/?v=2`, { method: "POST", headers, body });
    expect([answer.status, Object.keys(((await answer.json()) as { flags: Data }).flags).length]).toEqual([200, 4]);
    const bomb = await fetch(`${world.rehearsal.url}/flags/?v=2`, {
      method: "POST",
      headers,
      body: gzipSync("x".repeat(20_000_000)),
    });
    const lie = await fetch(`${world.rehearsal.url}/flags/?v=2`, { method: "POST", headers, body: "no gzip" });
    expect([bomb.status, lie.status]).toEqual([400, 400]);
  });

  it("an expression without end is no match, and holds nobody up", async () => {
    await flag("evil", {
      filters: { groups: [{ properties: [{ key: "a", type: "person", operator: "regex", value: "^(a+)+$" }] }] },
    });
    const evil = { person_properties: { a: `${"a".repeat(40)}!` }, flag_keys_to_evaluate: ["evil"] };
    expect((await ask("/flags/?v=2", evil)).body["flags"]).toMatchObject({ evil: { enabled: false } });
    const started = performance.now();
    for (let i = 0; i < 20; i++) await ask("/flags/?v=2", evil);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe("/flags/definitions", () => {
  const definitions = (key: string, query = `?token=${world.token}&send_cohorts`) =>
    request(world.rehearsal.url, key, "GET", `/flags/definitions${query}`);
  it("has every flag that is not deleted, those that are off too, but no remote configuration", async () => {
    await flag("config", { is_remote_configuration: true, filters: { groups: [{}], payloads: { true: "1" } } });
    const { body } = await definitions(secret);
    const found = (body["flags"] as Data[]).map(({ key }) => key);
    expect(found).toEqual(expect.arrayContaining(["on", "off", "server-only", "client-only"]));
    expect(found.filter((key) => key === "config" || key === "gone")).toEqual([]);
    expect(body).toMatchObject({ group_type_mapping: {}, cohorts: {} });
  });

  it("names flags by their keys, with all that they go by, the furthest first", async () => {
    const id = async (key: string) =>
      ((await world.inside("GET", `feature_flags/?key=${key}`)).body["results"] as Data[])[0]!["id"];
    const after = (of: unknown): Data => ({
      filters: {
        groups: [{ properties: [{ key: String(of), type: "flag", operator: "flag_evaluates_to", value: true }] }],
      },
    });
    await flag("second", after(await id("on")));
    await flag("third", after(await id("second")));
    const { body } = await definitions(secret);
    const third = (body["flags"] as Data[]).find(({ key }) => key === "third");
    expect(third).toMatchObject({
      filters: { groups: [{ properties: [{ key: "second", dependency_chain: ["on", "second"] }] }] },
    });
  });

  it("sends only what changed", async () => {
    const first = await definitions(secret);
    const etag = first.headers.get("etag")!;
    const again = () =>
      fetch(`${world.rehearsal.url}/flags/definitions?token=${world.token}&send_cohorts`, {
        headers: { authorization: `Bearer ${secret}`, "if-none-match": etag },
      });
    expect((await again()).status).toBe(304);
    await flag("newer");
    expect((await again()).status).toBe(200);
  });

  it("is for keys that read flags, of the same project", async () => {
    const { posthog } = world.rehearsal;
    const other = posthog.addOrganization({ name: "Others", founder: "none" });
    const reads = posthog.addKey({ label: "r", scopes: ["feature_flag:read"] });
    const lacks = posthog.addKey({ label: "l", scopes: ["project:read"] });
    const statuses = [];
    for (const [key, query] of [
      [secret, undefined],
      [reads, undefined],
      ["", undefined],
      ["phs_none", undefined],
      [lacks, undefined],
      [other.key, undefined],
      [secret, "?token=phc_none"],
      [secret, ""],
      [reads, ""],
    ] as const)
      statuses.push((await definitions(key, query)).status);
    expect(statuses).toEqual([200, 200, 401, 401, 403, 403, 401, 200, 403]);
    const theirs = posthog.projects.find(({ organization }) => organization === other.organization.id)!;
    expect((await definitions(secret, `?token=${theirs.token}`)).status).toBe(403);
  });
});

describe("remote configuration", () => {
  it("by the key of the flag, with a project's secret key", async () => {
    await flag("shown", {
      is_remote_configuration: true,
      has_encrypted_payloads: true,
      filters: { groups: [{}], payloads: { true: { limit: 5 } } },
    });
    const read = (key: string, credential: string) =>
      request(
        world.rehearsal.url,
        credential,
        "GET",
        `/api/projects/@current/feature_flags/${key}/remote_config?token=${world.token}`,
      );
    expect((await read("shown", secret)).body).toEqual({ value: '{"limit":5}' });
    expect([(await read("on", secret)).status, (await read("shown", "phs_none")).status]).toEqual([404, 401]);
  });
});

describe("events", () => {
  it("make a project one that is used, and kinds of groups as they come", async () => {
    const { body: made } = await world.ask("POST", `/api/organizations/${world.organization}/projects/`, {
      name: "Events",
    });
    const path = `/api/projects/${made["id"]}/`;
    const send = (at: string, body: Data) =>
      request(world.rehearsal.url, "", "POST", at, { api_key: made["api_token"], ...body });
    const group = (type: string): Data => ({
      event: "$groupidentify",
      properties: { $group_type: type, $group_key: "x" },
    });
    expect((await world.ask("GET", path)).body).toMatchObject({ ingested_event: false, has_group_types: false });
    expect((await send("/capture/", { event: "a", distinct_id: "x" })).status).toBe(200);
    await send("/batch/", {
      batch: [group("company"), group("team"), group("company"), "nonsense", ...["c", "d", "e", "f"].map(group)],
    });
    const { body } = await world.ask("GET", path);
    expect(body).toMatchObject({ ingested_event: true, has_group_types: true });
    expect((body["group_types"] as Data[]).map(({ group_type }) => group_type)).toEqual([
      "company",
      "team",
      "c",
      "d",
      "e",
    ]);
    const types = await world.ask("GET", `${path}groups_types/`);
    expect((types.body["value"] as Data[])[1]).toMatchObject({ group_type: "team", group_type_index: 1 });
    expect((await request(world.rehearsal.url, "", "POST", "/batch/", { api_key: "phc_none", batch: [] })).status).toBe(
      401,
    );
  });
});

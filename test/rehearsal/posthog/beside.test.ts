// PostHog beside WorkOS: one store, one address, one set of faults; limits; the rehearsal's own routes.
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { createRehearsal } from "@golive/rehearsal";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { rateLimits } from "../../../rehearsal/dist/posthog/limits.js";
import type { Head } from "../../../rehearsal/dist/http/exchange.js";
import { ask as workos, type Data } from "../rig";
import { posthogWorld, refusal, request, type World } from "./rig";

let world: World;
beforeAll(async () => void (world = await posthogWorld()));
afterEach(() => world.rehearsal.faults.clear());
afterAll(() => world.rehearsal.close());

describe("one store", () => {
  it("what was written is there after a restart, of both platforms", async () => {
    const folder = mkdtempSync(join(os.tmpdir(), "golive-beside-"));
    const file = join(folder, "rehearsal.db");
    const first = await createRehearsal({ file, billing: true });
    const { key, organization, projects } = first.posthog;
    const made = await request(first.url, key, "POST", `/api/projects/${projects[0]!.id}/feature_flags/`, {
      key: "kept",
    });
    const before = first.projects;
    await first.close();
    const second = await createRehearsal({ file });
    expect(second.posthog).toMatchObject({ key, organization, projects });
    expect(second.projects).toEqual(before);
    expect(
      (await request(second.url, key, "GET", `/api/projects/${projects[0]!.id}/feature_flags/${made.body["id"]}/`))
        .body["key"],
    ).toBe("kept");
    second.reset();
    expect(second.posthog.key).not.toBe(key);
    expect((await request(second.url, key, "GET", "/api/users/@me/")).status).toBe(401);
    expect(second.posthog.projects.map(({ name }) => name)).toEqual(["Default project"]);
    await second.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each<[string, boolean | undefined, unknown]>([
    ["with billing a plan holds six projects", true, 6],
    ["without, one", undefined, undefined],
  ])("%s", async (_case, billing, limit) => {
    const rehearsal = await createRehearsal(billing === undefined ? {} : { billing });
    const { key, organization } = rehearsal.posthog;
    const { body } = await request(rehearsal.url, key, "GET", `/api/organizations/${organization.id}/`);
    const feature = (body["available_product_features"] as Data[]).find(
      (one) => one["key"] === "organizations_projects",
    );
    expect(feature?.["limit"]).toBe(limit);
    await rehearsal.close();
  });

  it("a key of one platform is none of the other", async () => {
    const { rehearsal } = world;
    const workosKey = rehearsal.projects[0]!.environments[0]!.apiKey!;
    expect((await request(rehearsal.url, workosKey, "GET", "/api/users/@me/")).status).toBe(401);
    expect((await request(rehearsal.url, rehearsal.token, "GET", "/api/users/@me/")).status).toBe(401);
    expect((await workos(rehearsal, rehearsal.posthog.key, "GET", "/organizations")).status).toBe(401);
    expect((await workos(rehearsal, workosKey, "GET", "/organizations")).status).toBe(200);
  });

  it("the page holds no secret of either", async () => {
    const html = await (await fetch(world.rehearsal.url)).text();
    expect(html).toContain("Default project");
    for (const secret of [world.rehearsal.posthog.key, world.rehearsal.posthog.session, world.token])
      expect(html).not.toContain(secret);
  });
});

describe("faults, in PostHog's own form", () => {
  it.each<[number, Data]>([
    [429, { type: "throttled_error", code: "throttled" }],
    [500, { type: "server_error", code: "error" }],
    [503, { type: "server_error", code: "error" }],
    [403, { type: "authentication_error", code: "permission_denied" }],
    [404, { type: "invalid_request", code: "not_found" }],
    [409, { type: "server_error", code: "conflict" }],
  ])("%s", async (status, wanted) => {
    world.rehearsal.faults.add({ path: "/api/users/*", status, times: 1, retryAfter: 3 });
    const answer = await world.ask("GET", "/api/users/@me/");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([status, "3"]);
    expect(answer.body).toEqual({ ...wanted, detail: "A fault that was asked for.", attr: null });
    expect((await world.ask("GET", "/api/users/@me/")).status).toBe(200);
  });

  it("dropped after: it was written, and nobody heard of it", async () => {
    world.rehearsal.faults.add({ method: "POST", path: "*/feature_flags/", drop: "after", times: 1 });
    await expect(world.inside("POST", "feature_flags/", { key: "unheard" })).rejects.toThrow();
    expect(refusal(await world.inside("POST", "feature_flags/", { key: "unheard" }))).toEqual([400, "unique", "key"]);
  });
});

describe("documented limits", () => {
  const head = (path: string, key = "phx_a") =>
    ({ method: "GET", path, headers: key === "" ? {} : { authorization: `Bearer ${key}` } }) as Head;
  /** How many go through before the first is refused, and what that is told. */
  function exhaust(path: string, most: number): [number, Data] {
    let now = 0;
    const limit = rateLimits(() => now);
    for (let i = 0; i < most; i++) {
      // a minute passes before the burst is used up
      if (most > 1_000 && i > 0 && i % 400 === 0) now += 60_000;
      try {
        limit(head(path));
      } catch (error) {
        return [i, (error as { reply(): { body: Data } }).reply().body];
      }
    }
    return [most, {}];
  }
  it.each<[string, string, number, number, string]>([
    ["burst", "/api/users/@me/", 600, 480, "60 seconds"],
    ["an hour", "/api/users/@me/", 6_000, 4_800, "2880 seconds"],
    ["definitions", "/flags/definitions", 700, 600, "60 seconds"],
    ["flags are not counted", "/flags/", 700, 700, ""],
  ])("%s", (_case, path, most, wanted, words) => {
    const [through, body] = exhaust(path, most);
    expect(through).toBe(wanted);
    if (words)
      expect(body).toEqual({
        type: "throttled_error",
        code: "throttled",
        detail: `Request was throttled. Expected available in ${words}.`,
        attr: null,
      });
  });
  it("they hold on the wire, for each key by itself, and for nobody who is signed in", async () => {
    const { rehearsal, ask } = await posthogWorld({ rateLimits: true });
    const other = rehearsal.posthog.addKey({ label: "other", scopes: ["*"] });
    let refused = await ask("GET", "/api/users/@me/");
    for (let i = 1; i < 480; i++) refused = await ask("GET", "/api/users/@me/");
    expect(refused.status).toBe(200);
    refused = await ask("GET", "/api/users/@me/");
    expect([refused.status, refused.body["code"], Number(refused.headers.get("retry-after")) > 0]).toEqual([
      429,
      "throttled",
      true,
    ]);
    expect((await ask("GET", "/api/users/@me/", undefined, other)).status).toBe(200);
    expect((await ask("GET", "/api/users/@me/", undefined, rehearsal.posthog.session)).status).toBe(200);
    await rehearsal.close();
  }, 60_000);
});

describe("what no key can do, by the rehearsal's own routes", () => {
  const own = (name: string, body?: unknown, key = world.rehearsal.token, method = "POST") =>
    request(world.rehearsal.url, key, method, `/_rehearsal/posthog/${name}`, body);
  it("tokens, moves, plans, keys, ends", async () => {
    const { posthog } = world.rehearsal;
    const { body: organization } = await own("organizations", { name: "By route", projects: 2 });
    const target = (organization["organization"] as Data)["id"] as string;
    const { body: project } = await world.ask("POST", `/api/organizations/${world.organization}/projects/`, {
      name: "By route",
    });
    const { body: reset } = await own("reset_token", { project: project["id"] });
    expect(reset["api_token"]).not.toBe(project["api_token"]);
    expect((await own("change_organization", { project: project["id"], organization_id: target })).status).toBe(204);
    expect(posthog.projects.find(({ id }) => id === project["id"])).toMatchObject({
      organization: target,
      token: reset["api_token"],
    });
    expect((await own("plan", { projects: null, organization: target })).status).toBe(204);
    const { body: key } = await own("personal_api_keys", {
      label: "CI",
      scopes: ["project:read"],
      scoped_teams: [project["id"]],
    });
    expect((await world.ask("GET", `/api/projects/${project["id"]}/`, undefined, key["value"] as string)).status).toBe(
      200,
    );
    await world.ask("DELETE", `/api/projects/${project["id"]}/`);
    expect((await own("purge")).body).toEqual({ purged: 1 });
    expect((await own("key_policy", { members_use_keys: true })).status).toBe(204);
    expect((await own("approval", { project: world.project, approval: false })).status).toBe(204);
    expect((await own("account", undefined, posthog.session, "GET")).body).toMatchObject({
      key: posthog.key,
      organization: posthog.organization,
    });
  });
  it.each<[string, string, unknown, string | undefined, number]>([
    ["without a token", "purge", {}, "", 401],
    ["with a personal key", "purge", {}, "key", 401],
    ["a route that is not there", "__proto__", {}, undefined, 404],
    ["a project that is not there", "reset_token", { project: 5 }, undefined, 404],
    ["no project", "reset_token", {}, undefined, 400],
    ["a plan of nothing", "plan", { projects: 0 }, undefined, 400],
    ["a flag that is not there", "claim_flag", { flag: 5 }, undefined, 404],
  ])("refused: %s", async (_case, name, body, key, status) => {
    const credential = key === "key" ? world.rehearsal.posthog.key : key;
    expect((await own(name, body, credential)).status).toBe(status);
  });
});

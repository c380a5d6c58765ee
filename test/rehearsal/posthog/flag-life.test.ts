// The life of a flag among others: what goes by it, its end and its return, who else has a say, lists of them.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer, Data } from "../rig";
import { flagsOf, targeting } from "./flag";
import { names, posthogWorld, refusal, request, type World } from "./rig";

let world: World;
let flag: ReturnType<typeof flagsOf>;
beforeAll(async () => {
  world = await posthogWorld();
  flag = flagsOf(world);
});
afterAll(() => world.rehearsal.close());

const after = (id: number, value: unknown = true): Data => ({
  filters: { groups: [{ properties: [{ key: String(id), type: "flag", operator: "flag_evaluates_to", value }] }] },
});
describe("flags that go by others", () => {
  it("what others go by stays, and is on", async () => {
    const base = await flag();
    const top = await flag(after(base.id));
    for (const refused of [
      await base.act("disable"),
      await base.patch({ active: false }),
      await base.patch({ deleted: true }),
    ]) {
      expect(refused.status).toBe(400);
      expect(refused.body["detail"]).toContain(`other active flags depend on it: ${top.key} (ID: ${top.id})`);
    }
    await top.act("disable");
    expect((await base.act("disable")).status).toBe(200);
    const refused = await top.act("enable");
    expect([refused.status, refused.body["detail"]]).toEqual([
      400,
      expect.stringContaining(`depends on disabled flags: ${base.key}`),
    ]);
  });

  it("none goes by itself, or round in a circle", async () => {
    const [a, b] = [await flag(), await flag()];
    await b.patch(after(a.id));
    for (const id of [a.id, b.id]) {
      const refused = await a.patch(after(id));
      expect(refusal(refused)).toEqual([400, "circular_dependency", "filters"]);
    }
  });

  it("a cohort that a flag goes by stays", async () => {
    const { body } = await world.inside("POST", "cohorts/", {
      name: "Needed",
      filters: { properties: { type: "AND", values: [{ key: "a", type: "person", value: "b" }] } },
    });
    const one = await flag({
      filters: { groups: [{ properties: [{ key: "id", type: "cohort", value: body["id"], operator: "in" }] }] },
    });
    expect(refusal(await world.inside("PATCH", `cohorts/${body["id"]}/`, { deleted: true }))).toEqual([
      400,
      "invalid_input",
      "deleted",
    ]);
    await one.patch({ deleted: true });
    expect((await world.inside("PATCH", `cohorts/${body["id"]}/`, { deleted: true })).status).toBe(200);
  });
});

describe("the end of a flag", () => {
  it("it is read as deleted, is in no list, and its key is free", async () => {
    const one = await flag();
    expect((await one.patch({ deleted: true })).body).toMatchObject({ deleted: true, status: "DELETED" });
    expect(await one.read()).toMatchObject({ deleted: true, key: one.key });
    expect(names(await world.inside("GET", `feature_flags/?key=${one.key}`), "id")).toEqual([]);
    for (const [action, body] of [["enable"], ["disable"], ["roll_out_to_everyone", { version: 2 }]] as const) {
      const refused = await one.act(action, body);
      expect([refused.status, refused.body]).toEqual([
        400,
        { success: false, error: expect.stringContaining("has been deleted") as string },
      ]);
    }
    expect((await one.patch({ deleted: true })).status).toBe(400);
    expect((await one.patch({ deleted: false })).body).toMatchObject({ deleted: false, version: 3 });
    await one.patch({ deleted: true });
    // a new one of the key ends the old one for good
    const next = await flag({ key: one.key });
    expect((await world.inside("GET", `feature_flags/${one.id}/`)).status).toBe(404);
    expect(names(await world.inside("GET", `feature_flags/?key=${one.key.toUpperCase()}`), "id")).toEqual([next.id]);
  });

  it("a deleted one does not return beside another of its key", async () => {
    const [one, two] = [await flag(), await flag()];
    await one.patch({ deleted: true });
    await two.patch({ key: `${one.key}-x` });
    const { body } = await world.inside("POST", "feature_flags/", { key: `${one.key}-y` });
    await world.inside("PATCH", `feature_flags/${body["id"]}/`, { key: one.key });
    expect((await one.patch({ deleted: false })).status).toBe(404);
  });

  it("an experiment's flag stays, with its variants", async () => {
    const one = await flag(targeting);
    world.rehearsal.posthog.claimFlag(one.id, { experiments: [7] });
    expect((await one.read())["experiment_set"]).toEqual([7]);
    expect(refusal(await one.patch({ deleted: true }))).toEqual([400, "invalid_input", "deleted"]);
    expect(
      (await one.patch({ filters: { multivariate: { variants: [{ key: "control", rollout_percentage: 100 }] } } }))
        .body["detail"],
    ).toContain("test");
  });
});

describe("what is not ours to change", () => {
  it("a flag of config version 2: its targeting is refused, each write tells the version", async () => {
    const one = await flag();
    world.rehearsal.posthog.claimFlag(one.id, { version2: true });
    expect(await one.read()).toMatchObject({ version: 2, filters: { version: 2, rules: [] } });
    expect(refusal(await one.patch({ name: "x" }))).toEqual([400, "required", "version"]);
    expect(refusal(await one.patch({ name: "x", version: 1 }))).toEqual([409, "conflict", null]);
    expect(refusal(await one.patch({ version: 2, filters: { groups: [{}] } }))).toEqual([
      400,
      "unsupported_config_version",
      "filters",
    ]);
    expect(refusal(await one.act("roll_out_to_everyone", { version: 2 }))).toEqual([
      400,
      "unsupported_config_version",
      null,
    ]);
    expect((await one.act("disable")).status).toBe(200);
    expect((await one.patch({ deleted: true, version: 3 })).status).toBe(200);
  });

  it("where somebody must approve, a change is a request", async () => {
    const one = await flag();
    world.rehearsal.posthog.setApproval(world.project, true);
    for (const answer of [
      await one.patch({ name: "x" }),
      await one.act("disable"),
      await world.inside("POST", "feature_flags/", { key: "asks" }),
    ]) {
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({
        code: "approval_required",
        status: "approval_required",
        resource_type: "feature_flag",
        change_request_id: expect.any(String) as string,
      });
    }
    world.rehearsal.posthog.setApproval(world.project, false);
    expect(await one.read()).toMatchObject({ version: 1, name: "" });
  });
});

describe("encrypted payloads", () => {
  it("a key reads them, a person at a screen does not, and no flag is answered with one", async () => {
    const one = await flag({
      is_remote_configuration: true,
      has_encrypted_payloads: true,
      filters: { groups: [{}], payloads: { true: '"geheim"' } },
    });
    const { url, posthog } = world.rehearsal;
    const path = `/api/projects/${world.project}/feature_flags/${one.id}/`;
    const payload = ({ body }: Answer) => ((body["filters"] as Data)["payloads"] as Data)["true"];
    expect(payload(await world.ask("GET", path))).toBe('"geheim"');
    expect(payload(await request(url, posthog.session, "GET", path))).toContain("encrypted");
    const flags = await request(url, "", "POST", "/flags/?v=2", {
      token: world.token,
      distinct_id: "x",
      flag_keys_to_evaluate: [one.key],
    });
    expect(JSON.stringify(flags.body)).toContain("encrypted");
    expect(JSON.stringify(flags.body)).not.toContain("geheim");
  });
});

describe("lists", () => {
  it("in pages of the own host, the latest first", async () => {
    const { body: made } = await world.ask("POST", `/api/organizations/${world.organization}/projects/`, {
      name: "Lists",
    });
    const path = `/api/projects/${made["id"]}/feature_flags/`;
    for (const key of ["a", "b", "c", "d", "e"])
      await world.ask("POST", path, { key, active: key !== "c", archived: false, name: `Name of ${key}` });
    await world.ask("POST", path, { key: "old", active: false, archived: true });
    const seen: unknown[] = [];
    for (let next: string | null = `${world.rehearsal.url}${path}?limit=2`; next !== null;) {
      const page: Answer = await world.ask("GET", next.slice(world.rehearsal.url.length));
      expect(page.body["count"]).toBe(5);
      seen.push(names(page, "key"));
      next = page.body["next"] as string | null;
      if (next) expect(next.startsWith(`${world.rehearsal.url}${path}?limit=2&offset=`)).toBe(true);
    }
    expect(seen).toEqual([["e", "d"], ["c", "b"], ["a"]]);
    const last = await world.ask("GET", `${path}?limit=2&offset=4`);
    expect(last.body["previous"]).toBe(`${world.rehearsal.url}${path}?limit=2&offset=2`);
    for (const [query, keys] of [
      ["active=false", ["c"]],
      ["search=of%20B", ["b"]],
      ["key=A", ["a"]],
      ["archived=true", ["old"]],
      ["limit=-1&offset=x", ["e", "d", "c", "b", "a"]],
    ] as const)
      expect(names(await world.ask("GET", `${path}?${query}`), "key")).toEqual(keys);
  });

  it("300 flags are read in three requests", async () => {
    const { body: made } = await world.ask("POST", `/api/organizations/${world.organization}/projects/`, {
      name: "Many",
    });
    const path = `/api/projects/${made["id"]}/feature_flags/`;
    for (let i = 0; i < 300; i++) await world.ask("POST", path, { key: `f${i}` });
    const before = world.rehearsal.requestCount();
    const keys = new Set<unknown>();
    for (let next: string | null = path; next !== null;) {
      const page: Answer = await world.ask("GET", next.replace(world.rehearsal.url, ""));
      for (const key of names(page, "key")) keys.add(key);
      next = page.body["next"] as string | null;
    }
    expect([keys.size, world.rehearsal.requestCount() - before]).toEqual([300, 3]);
  });
});

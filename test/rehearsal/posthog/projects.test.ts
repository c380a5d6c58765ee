// Organizations, projects and their settings: names, plans, the end of a project, and what a write keeps.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { settings } from "../../../rehearsal/dist/posthog/domain/settings.js";
import type { Data } from "../rig";
import { names, posthogWorld, refusal, type World } from "./rig";

let world: World;
beforeAll(async () => void (world = await posthogWorld()));
afterAll(() => world.rehearsal.close());

const projects = (organization = world.organization) => `/api/organizations/${organization}/projects/`;
const change = (body: unknown) => world.ask("PATCH", `/api/projects/${world.project}/`, body);

/** For each setting: what it takes and keeps as it is, and what it refuses. */
const values: Readonly<Record<string, { good: unknown[]; bad: unknown[] }>> = {
  product_description: { good: ["Sells hats", null], bad: [1] },
  timezone: { good: ["Europe/Berlin", "UTC"], bad: ["Mars/Olympus", "CEST", null, 1] },
  week_start_day: { good: [0, 1, null], bad: [2, -1, "1", 0.5] },
  app_urls: { good: [["https://app.example.com"], []], bad: ["https://app.example.com", [1], null] },
  recording_domains: { good: [["https://app.example.com"], null], bad: ["x", {}] },
  anonymize_ips: { good: [true, false], bad: ["true", 1, null] },
  completed_snippet_onboarding: { good: [true], bad: [0] },
  has_completed_onboarding_for: { good: [{ analytics: true }, null], bad: [[]] },
  autocapture_opt_out: { good: [true, null], bad: ["no"] },
  autocapture_exceptions_opt_in: { good: [true, null], bad: [1] },
  autocapture_exceptions_errors_to_ignore: { good: [["a"], null], bad: [{}] },
  autocapture_web_vitals_opt_in: { good: [true, null], bad: ["x"] },
  autocapture_web_vitals_allowed_metrics: { good: [["LCP"], null], bad: ["LCP"] },
  capture_console_log_opt_in: { good: [true, null], bad: ["x"] },
  capture_performance_opt_in: { good: [true, null], bad: ["x"] },
  capture_dead_clicks: { good: [true, null], bad: ["x"] },
  heatmaps_opt_in: { good: [true, null], bad: ["x"] },
  surveys_opt_in: { good: [true, null], bad: ["x"] },
  session_recording_opt_in: { good: [true], bad: [null, "x"] },
  session_recording_sample_rate: { good: ["0.10", "1.00", null], bad: [0.1, "1.01", "0.123", "-1", "x"] },
  session_recording_minimum_duration_milliseconds: { good: [2_000, null], bad: [-1, 30_001, "5"] },
  session_recording_retention_period: { good: ["90d", "5y"], bad: ["2y", 30] },
  session_recording_linked_flag: { good: [{ id: 1, key: "x" }, null], bad: ["x"] },
  session_recording_network_payload_capture_config: { good: [{ recordHeaders: true }, null], bad: ["x"] },
  session_recording_masking_config: { good: [{ maskAllInputs: true }, null], bad: ["x"] },
  session_replay_config: { good: [{ record_canvas: true }, null], bad: ["x"] },
  survey_config: { good: [{ appearance: {} }, null], bad: ["x"] },
  conversations_settings: { good: [{ a: 1 }, null], bad: ["x"] },
  cookieless_server_hash_mode: { good: [0, 2, null], bad: [3, "0"] },
  test_account_filters: {
    good: [[{ key: "email", type: "person", operator: "not_icontains", value: "@example.com" }], []],
    bad: [null, ["x"]],
  },
  test_account_filters_default_checked: { good: [true, null], bad: ["x"] },
  path_cleaning_filters: { good: [[{ alias: "a", regex: "b" }], null], bad: ["x", [1]] },
  data_attributes: { good: [["data-attr", "data-test"]], bad: ["x", null] },
  person_display_name_properties: { good: [["email"], null], bad: ["x"] },
  flags_persistence_default: { good: [true, null], bad: ["x"] },
  feature_flag_confirmation_enabled: { good: [true, null], bad: ["x"] },
  feature_flag_confirmation_message: { good: ["Sure?", null], bad: [1] },
  require_evaluation_contexts: { good: [true, false], bad: [null] },
  default_evaluation_contexts_enabled: { good: [true], bad: [null] },
  business_model: { good: ["b2b", null], bad: ["c2c"] },
  base_currency: { good: ["EUR"], bad: ["XXX", 1] },
  access_control: { good: [true], bad: [null] },
  modifiers: { good: [{ a: 1 }, null], bad: ["x"] },
  primary_dashboard: { good: [5, null], bad: ["x", 0] },
  correlation_config: { good: [{ excluded_event_names: [] }, null], bad: ["x"] },
  live_events_columns: { good: [["event"], null], bad: ["x"] },
  inject_web_apps: { good: [true, null], bad: ["x"] },
  human_friendly_comparison_periods: { good: [true, null], bad: ["x"] },
  extra_settings: { good: [{ a: 1 }, null], bad: ["x"] },
};

describe("settings", () => {
  it("every one is in the table", () => expect(Object.keys(values)).toEqual(Object.keys(settings)));

  it.each(Object.keys(values))("%s", async (name) => {
    for (const value of values[name]!.good) {
      // a config is merged into; begin without one
      if (settings[name]!.merge !== undefined) await change({ [name]: null });
      expect((await change({ [name]: value })).body[name]).toEqual(value);
      expect((await world.ask("GET", `/api/projects/${world.project}/`)).body[name]).toEqual(value);
    }
    for (const value of values[name]!.bad) {
      const { status, body } = await change({ [name]: value });
      expect([status, body["type"], String(body["attr"]).split("__")[0]]).toEqual([400, "validation_error", name]);
    }
    expect((await world.ask("GET", `/api/projects/${world.project}/`)).body[name]).toEqual(values[name]!.good.at(-1));
  });

  it.each<[name: string, before: Data, change: Data, after: Data]>([
    ["survey_config", { a: { x: 1 }, b: 1 }, { a: { y: 2 } }, { a: { y: 2 }, b: 1 }],
    ["modifiers", { a: 1, b: 2 }, { b: 3 }, { a: 1, b: 3 }],
    [
      "session_replay_config",
      { a: { x: 1, z: { deep: 1 } } },
      { a: { y: 2, z: { other: 1 } } },
      { a: { x: 1, y: 2, z: { other: 1 } } },
    ],
    ["session_recording_masking_config", { a: 1 }, { b: 1 }, { b: 1 }],
    ["has_completed_onboarding_for", { a: true }, { b: true }, { b: true }],
  ])("%s: what a write keeps of what was there", async (name, before, next, after) => {
    await change({ [name]: null });
    await change({ [name]: before });
    expect((await change({ [name]: next })).body[name]).toEqual(after);
  });

  it("what is read-only or unknown is ignored, and one that is wrong keeps all others out", async () => {
    const before = (await world.ask("GET", `/api/projects/${world.project}/`)).body;
    const { status, body } = await change({
      api_token: "phc_mine",
      id: 1,
      nothing: true,
      organization: "x",
      is_pending_deletion: true,
    });
    expect([status, body["api_token"], body["id"], body["nothing"], body["organization"]]).toEqual([
      200,
      before["api_token"],
      world.project,
      undefined,
      world.organization,
    ]);
    expect((await change({ heatmaps_opt_in: false, timezone: "nowhere" })).status).toBe(400);
    expect((await world.ask("GET", `/api/projects/${world.project}/`)).body["heatmaps_opt_in"]).toBe(
      before["heatmaps_opt_in"],
    );
  });

  it("an older server takes what it does not know, and keeps nothing", async () => {
    const older = await posthogWorld({ without: ["heatmaps_opt_in"] });
    const { status, body } = await older.ask("PATCH", `/api/projects/${older.project}/`, {
      heatmaps_opt_in: true,
      surveys_opt_in: true,
    });
    expect([status, body["surveys_opt_in"], "heatmaps_opt_in" in body]).toEqual([200, true, false]);
    await older.rehearsal.close();
  });
});

describe("names", () => {
  it.each<[string, unknown, readonly unknown[]]>([
    ["of another, in another case and with blanks", " default PROJECT ", [409, "conflict", null]],
    ["blank", "  ", [400, "blank", "name"]],
    ["too long", "x".repeat(201), [400, "max_length", "name"]],
    ["no text", 5, [400, "invalid_input", "name"]],
    ["null", null, [400, "null", "name"]],
  ])("%s", async (_case, name, wanted) => {
    expect(refusal(await world.ask("POST", projects(), { name }))).toEqual(wanted);
  });

  it("are trimmed, and free in another organization", async () => {
    const { body, status } = await world.ask("POST", projects(), { name: "  Staging " });
    expect([status, body["name"], body["ingested_event"]]).toEqual([201, "Staging", false]);
    const other = world.rehearsal.posthog.addOrganization({ name: "Other", projects: 3 }).organization.id;
    expect((await world.ask("POST", projects(other), { name: "Staging" })).status).toBe(201);
  });

  it("left out, it is one that is unused; kept, it is never a conflict", async () => {
    const [first, second] = [await world.ask("POST", projects(), {}), await world.ask("POST", projects(), {})];
    expect([first.body["name"], second.body["name"]]).toEqual(["Default project 2", "Default project 3"]);
    const path = `/api/projects/${first.body["id"]}/`;
    expect((await world.ask("PATCH", path, { name: "Default project 2" })).status).toBe(200);
    expect(refusal(await world.ask("PATCH", path, { name: "default project 3" }))).toEqual([409, "conflict", null]);
  });
});

describe("plans and ends", () => {
  it("a free organization holds one project, and its page of features says so", async () => {
    const free = await posthogWorld();
    free.rehearsal.posthog.setPlan(undefined);
    const path = projects(free.organization);
    const read = async () => (await free.ask("GET", `/api/organizations/${free.organization}/`)).body;
    expect((await read())["available_product_features"]).toEqual([{ key: "zapier", name: "Zapier" }]);
    const refused = await free.ask("POST", path, { name: "Second" });
    expect(refusal(refused)).toEqual([403, "permission_denied", null]);
    expect(refused.body["detail"]).toContain(
      "You have reached the maximum limit of allowed projects for your current plan",
    );
    free.rehearsal.posthog.setPlan(2);
    expect((await read())["available_product_features"]).toContainEqual({
      key: "organizations_projects",
      name: "Projects",
      limit: 2,
      unit: "projects",
    });
    expect((await free.ask("POST", path, { name: "Second" })).status).toBe(201);
    // PUT asks the plan again, PATCH does not
    expect((await free.ask("PUT", `/api/projects/${free.project}/`, { name: "First" })).status).toBe(403);
    expect((await free.ask("PATCH", `/api/projects/${free.project}/`, { name: "First" })).status).toBe(200);
    free.rehearsal.posthog.setPlan(null);
    expect((await free.ask("POST", path, { name: "Third" })).status).toBe(201);
    expect(names(await free.ask("GET", path))).toEqual(["First", "Second", "Third"]);
    await free.rehearsal.close();
  });

  it("a deleted project is gone and its name is free, but its room is not until it has ended", async () => {
    const short = await posthogWorld({ projects: 2 });
    const path = projects(short.organization);
    const { body } = await short.ask("POST", path, { name: "Short" });
    const own = `/api/projects/${body["id"]}/`;
    await short.ask("POST", `${own}feature_flags/`, { key: "inside" });
    const gone = await short.ask("DELETE", own);
    expect([gone.status, gone.body]).toEqual([204, {}]);
    const after = [];
    for (const [method, at] of [
      ["GET", own],
      ["PATCH", own],
      ["DELETE", own],
      ["GET", `${own}feature_flags/`],
      ["GET", `${path}${body["id"]}/`],
    ] as const)
      after.push((await short.ask(method, at, method === "PATCH" ? {} : undefined)).status);
    expect(after).toEqual([404, 404, 404, 404, 404]);
    expect(names(await short.ask("GET", path))).toEqual(["Default project"]);
    // its token serves nobody
    const flags = await fetch(`${short.rehearsal.url}/flags/?v=2`, {
      method: "POST",
      body: JSON.stringify({ token: body["api_token"], distinct_id: "x" }),
    });
    expect(flags.status).toBe(401);
    expect((await short.ask("POST", path, { name: "Short" })).status).toBe(403);
    expect(short.rehearsal.posthog.purge()).toBe(1);
    const again = await short.ask("POST", path, { name: "Short" });
    expect([again.status, again.body["id"] === body["id"]]).toEqual([201, false]);
    expect((await short.ask("GET", `/api/projects/${again.body["id"]}/feature_flags/`)).body["count"]).toBe(0);
    await short.rehearsal.close();
  });

  it("time ends it too", async () => {
    const quick = await posthogWorld({ projects: 2, purgeAfterMs: 0 });
    const path = projects(quick.organization);
    const { body } = await quick.ask("POST", path, { name: "Short" });
    await quick.ask("DELETE", `/api/projects/${body["id"]}/`);
    expect((await quick.ask("POST", path, { name: "Next" })).status).toBe(201);
    await quick.rehearsal.close();
  });

  it("the last project stays where somebody pays", async () => {
    const paid = await posthogWorld({ projects: 2 });
    expect(refusal(await paid.ask("DELETE", `/api/projects/${paid.project}/`))).toEqual([400, "invalid_input", null]);
    paid.rehearsal.posthog.setPlan(undefined);
    expect((await paid.ask("DELETE", `/api/projects/${paid.project}/`)).status).toBe(204);
    await paid.rehearsal.close();
  });

  it("a new project becomes the current one of who made it", async () => {
    const { body } = await world.ask("POST", projects(), { name: "Latest" });
    expect((await world.ask("GET", "/api/projects/@current/")).body["id"]).toBe(body["id"]);
    expect((await world.ask("GET", "/api/organizations/@current/")).body["id"]).toBe(world.organization);
  });
});

describe("names of a split that was taken back", () => {
  it("environments are projects", async () => {
    const path = `/api/environments/${world.project}/`;
    expect((await world.ask("GET", path)).body["id"]).toBe(world.project);
    const { body } = await world.ask("POST", `${path}feature_flags/`, { key: "by-alias" });
    expect((await world.inside("GET", `feature_flags/${body["id"]}/`)).body["key"]).toBe("by-alias");
  });
  it("but a project has none", async () => {
    expect(refusal(await world.inside("GET", "environments/"))).toEqual([403, "permission_denied", null]);
  });
  it.each([
    ["GET", "/api/nothing/", 404, "not_found"],
    ["GET", "/api/projects/1/feature_flags", 404, "not_found"],
    ["DELETE", "/api/organizations/", 405, "method_not_allowed"],
    ["POST", "/api/users/@me/", 405, "method_not_allowed"],
  ])("%s %s", async (method, path, status, code) => {
    expect(refusal(await world.ask(method, path))).toEqual([status, code, null]);
  });
});

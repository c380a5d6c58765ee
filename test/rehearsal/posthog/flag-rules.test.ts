// What a flag may be: every rule of its fields and of its filters, with the code and the field of the refusal.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Data } from "../rig";
import { cases, groups, half, property } from "./flag-cases";
import { posthogWorld, refusal, request, type World } from "./rig";

let world: World;
let ids: Record<string, number>;
beforeAll(async () => {
  world = await posthogWorld();
  const event = { event: "$groupidentify", properties: { $group_type: "company", $group_key: "x" } };
  await request(world.rehearsal.url, "", "POST", "/batch/", { api_key: world.token, batch: [event] });
  const made = async (path: string, body: unknown) => (await world.inside("POST", path, body)).body["id"] as number;
  const cohort = (...values: Data[]): Data => ({ properties: { type: "OR", values: [{ type: "AND", values }] } });
  ids = {
    taken: await made("feature_flags/", { key: "taken" }),
    off: await made("feature_flags/", { key: "off", active: false }),
    people: await made("cohorts/", { name: "People", filters: cohort({ key: "a", type: "person", value: "b" }) }),
    behaves: await made("cohorts/", {
      name: "Behaves",
      filters: cohort({ key: "$pageview", type: "behavioral", value: "performed_event" }),
    }),
  };
});
afterAll(() => world.rehearsal.close());

describe("refused when it is made, and when a flag is changed to it", () => {
  it.each(cases)("%s", async (_case, given, wanted) => {
    const body = { key: "fresh", ...(typeof given === "function" ? given(ids) : given) };
    const refused = await world.inside("POST", "feature_flags/", body);
    expect([refused.body["type"], refusal(refused)]).toEqual(["validation_error", wanted]);
    const onlyNew = new Set(["contextual.groups_empty_on_create"]);
    const { body: made } = await world.inside("POST", "feature_flags/", {
      key: `changes-${Math.random().toString(36).slice(2)}`,
    });
    const changed = await world.inside(
      "PATCH",
      `feature_flags/${made["id"]}/`,
      typeof given === "function" ? given(ids) : given,
    );
    if (onlyNew.has(String(wanted[1])) || (wanted[1] === "required" && wanted[2] === "key"))
      return expect(changed.status).toBe(200);
    expect(refusal(changed)).toEqual(wanted);
    // nothing of it was kept
    expect((await world.inside("GET", `feature_flags/${made["id"]}/`)).body).toMatchObject({
      version: 1,
      key: made["key"],
    });
  });
});

describe("kept otherwise than it was sent", () => {
  it.each<[string, Data, Data]>([
    ["tags", { tags: [" B ", "a", "b"] }, { tags: ["a", "b"] }],
    [
      "every condition says whom it is about",
      { filters: half },
      {
        filters: {
          aggregation_group_type_index: null,
          groups: [{ aggregation_group_type_index: null, properties: [], rollout_percentage: 50 }],
        },
      },
    ],
    ["no filters are no conditions", {}, { filters: { aggregation_group_type_index: null, groups: [] } }],
    [
      "min is gte",
      property({ operator: "min", value: "5" }),
      { filters: { groups: [{ properties: [{ operator: "gte", value: "5" }] }] } },
    ],
    ["a number as a property's key", property({ key: 5 }), { filters: { groups: [{ properties: [{ key: "5" }] }] } }],
    ["null for no properties", groups({ properties: null }), { filters: { groups: [{ properties: [] }] } }],
    [
      "payloads are texts",
      { filters: { ...half, payloads: { true: { a: [1] } } } },
      { filters: { payloads: { true: '{"a":[1]}' } } },
    ],
    [
      "a remote configuration is for everybody",
      { is_remote_configuration: true, filters: { groups: [{ rollout_percentage: 0 }], payloads: { true: "1" } } },
      { filters: { groups: [{ rollout_percentage: 100 }] } },
    ],
    [
      "what filters do not know goes",
      { filters: { ...half, super_groups: [1], groups: [{ rollout_percentage: 50, colour: 1 }] } },
      { filters: { groups: [{ rollout_percentage: 50 }] } },
    ],
  ])("%s", async (_case, sent, kept) => {
    const { status, body } = await world.inside("POST", "feature_flags/", {
      key: `kept-${Math.random().toString(36).slice(2)}`,
      ...sent,
    });
    expect(status).toBe(201);
    expect(body).toMatchObject(kept);
    expect(JSON.stringify(body)).not.toMatch(/super_groups|colour/);
  });

  it("a cohort is read with its name", async () => {
    const { body } = await world.inside("POST", "feature_flags/", {
      key: "named",
      ...property({ type: "cohort", key: "id", value: ids["people"], operator: "in" }),
    });
    expect(body).toMatchObject({
      filters: { groups: [{ properties: [{ value: ids["people"], cohort_name: "People" }] }] },
    });
  });

  it("a project can ask for contexts", async () => {
    await world.ask("PATCH", `/api/projects/${world.project}/`, { require_evaluation_contexts: true });
    expect(refusal(await world.inside("POST", "feature_flags/", { key: "no-context" }))).toEqual([
      400,
      "required",
      "evaluation_contexts",
    ]);
    expect(
      (await world.inside("POST", "feature_flags/", { key: "with-context", evaluation_contexts: ["web", "web"] })).body[
        "evaluation_contexts"
      ],
    ).toEqual(["web"]);
    await world.ask("PATCH", `/api/projects/${world.project}/`, { require_evaluation_contexts: false });
  });
});

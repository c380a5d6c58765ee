// Writing a flag: versions and conflicts, switches, rollouts.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Data } from "../rig";
import { flagsOf, targeting } from "./flag";
import { posthogWorld, refusal, type World } from "./rig";

let world: World;
let flag: ReturnType<typeof flagsOf>;
beforeAll(async () => {
  world = await posthogWorld();
  flag = flagsOf(world);
});
afterAll(() => world.rehearsal.close());

describe("writing", () => {
  it("each write is a version; a write of filters keeps the others at the top", async () => {
    const one = await flag(targeting);
    const changed = await one.patch({ name: "Renamed", filters: { groups: [{ rollout_percentage: 80 }] } });
    expect(changed.body).toMatchObject({
      version: 2,
      name: "Renamed",
      filters: {
        groups: [{ rollout_percentage: 80 }],
        multivariate: { variants: [{ key: "control" }, { key: "test" }] },
        payloads: { control: '{"copy":"a"}' },
      },
    });
    const dropped = await one.patch({ filters: { multivariate: null, payloads: {} } });
    expect(dropped.body).toMatchObject({
      version: 3,
      filters: { multivariate: null, payloads: {}, groups: [{ rollout_percentage: 80 }] },
    });
    expect((await one.patch({ filters: { groups: [] } })).body).toMatchObject({ filters: { groups: [] } });
  });

  it("a variant that a payload or a group needs is not dropped alone", async () => {
    const one = await flag(targeting);
    expect(refusal(await one.patch({ filters: { multivariate: null } }))).toEqual([
      400,
      "cross_field.payload_key_not_true",
      "filters",
    ]);
  });

  it.each<[string, (seen: Data) => Data, number]>([
    ["the version alone: nobody is asked", () => ({ version: 1, name: "Mine" }), 200],
    ["a field that somebody changed since", (seen) => ({ version: 1, name: "Mine", original_flag: seen }), 409],
    ["a field that nobody changed", (seen) => ({ version: 1, tags: ["mine"], original_flag: seen }), 200],
    [
      "a field as it was before",
      (seen) => ({ version: 1, name: seen["name"], tags: ["mine"], original_flag: seen }),
      200,
    ],
    ["the version of now", (seen) => ({ version: 2, name: "Mine", original_flag: seen }), 200],
    [
      "filters that somebody changed",
      (seen) => ({ version: 1, filters: { groups: [{ rollout_percentage: 1 }] }, original_flag: seen }),
      409,
    ],
    ["no version", () => ({ name: "Mine" }), 200],
  ])("%s", async (_case, body, status) => {
    const one = await flag({ name: "First", filters: { groups: [{ rollout_percentage: 50 }] } });
    const seen = await one.read();
    await one.patch({ name: "Theirs", filters: { groups: [{ rollout_percentage: 60 }] } });
    const answer = await one.patch(body(seen));
    expect(answer.status).toBe(status);
    if (status === 409)
      expect(answer.body).toEqual({
        type: "server_error",
        code: "conflict",
        detail:
          "The feature flag was updated by founder@example.com since you started editing it. Please refresh and try again.",
        attr: null,
      });
  });

  it("a version that is no number is refused", async () => {
    expect(refusal(await (await flag()).patch({ version: "1" }))).toEqual([400, "invalid_input", "version"]);
  });

  it("DELETE is refused without a word", async () => {
    const one = await flag();
    const { status, body } = await world.inside("DELETE", `feature_flags/${one.id}/`);
    expect([status, body]).toEqual([405, {}]);
  });
});

describe("switches", () => {
  it("say what they do, ignore their body, and write nothing twice", async () => {
    const one = await flag();
    const seen: unknown[] = [];
    for (const action of ["disable", "disable", "archive", "archive", "unarchive", "enable", "enable"]) {
      const { status, body } = await one.act(action, { active: "nonsense", version: -5 });
      seen.push([action, status, body["active"], body["archived"], body["version"], body["status"]]);
    }
    expect(seen).toEqual([
      ["disable", 200, false, false, 2, "INACTIVE"],
      ["disable", 200, false, false, 2, "INACTIVE"],
      ["archive", 200, false, true, 3, "ARCHIVED"],
      ["archive", 200, false, true, 3, "ARCHIVED"],
      ["unarchive", 200, false, false, 4, "INACTIVE"],
      ["enable", 200, true, false, 5, "ACTIVE"],
      ["enable", 200, true, false, 5, "ACTIVE"],
    ]);
    expect(refusal(await one.act("archive"))).toEqual([400, "invalid_input", "archived"]);
  });
});

describe("rollouts", () => {
  it("of one condition", async () => {
    const one = await flag(targeting);
    const { body, status } = await one.act("set_release_condition_rollout", {
      condition_index: 1,
      rollout_percentage: 0.5,
      version: 1,
    });
    expect([status, body["version"]]).toEqual([200, 2]);
    expect(body).toMatchObject({
      filters: {
        groups: [{ rollout_percentage: 10 }, { rollout_percentage: 0.5 }],
        payloads: { control: '{"copy":"a"}' },
      },
    });
    const again = await one.act("set_release_condition_rollout", {
      condition_index: 1,
      rollout_percentage: 0.5,
      version: 2,
    });
    expect([again.status, again.body["version"]]).toEqual([200, 2]);
  });

  it("to everyone", async () => {
    const one = await flag(targeting);
    const { body } = await one.act("roll_out_to_everyone", { variant_key: "test", version: 1 });
    expect(body).toMatchObject({
      version: 2,
      filters: {
        groups: [{ properties: [], rollout_percentage: 100 }, { rollout_percentage: 10 }, { rollout_percentage: 5 }],
        multivariate: {
          variants: [
            { key: "control", rollout_percentage: 0 },
            { key: "test", rollout_percentage: 100 },
          ],
        },
      },
    });
    expect((await one.act("roll_out_to_everyone", { variant_key: "test", version: 2 })).body["version"]).toBe(2);
    const plain = await flag({ filters: { groups: [{ rollout_percentage: 10 }] } });
    expect((await plain.act("roll_out_to_everyone", { version: 1 })).body).toMatchObject({
      filters: { groups: [{ rollout_percentage: 100 }, { rollout_percentage: 10 }] },
    });
  });

  it.each<[string, string, Data, readonly unknown[], string]>([
    [
      "no version",
      "set_release_condition_rollout",
      { condition_index: 0, rollout_percentage: 5 },
      [400, "required", "version"],
      "required",
    ],
    [
      "a stale version",
      "set_release_condition_rollout",
      { condition_index: 0, rollout_percentage: 5, version: 0 },
      [409, "conflict", null],
      "changed since version 0",
    ],
    [
      "past the end",
      "set_release_condition_rollout",
      { condition_index: 2, rollout_percentage: 5, version: 1 },
      [400, "invalid_input", "condition_index"],
      "It has 2",
    ],
    [
      "a negative index",
      "set_release_condition_rollout",
      { condition_index: -1, rollout_percentage: 5, version: 1 },
      [400, "min_value", "condition_index"],
      "greater than or equal to 0",
    ],
    [
      "above 100",
      "set_release_condition_rollout",
      { condition_index: 0, rollout_percentage: 101, version: 1 },
      [400, "max_value", "rollout_percentage"],
      "less than or equal to 100",
    ],
    [
      "everyone, of which variant?",
      "roll_out_to_everyone",
      { version: 1 },
      [400, "invalid_input", "variant_key"],
      "control, test",
    ],
    [
      "everyone, an unknown variant",
      "roll_out_to_everyone",
      { version: 1, variant_key: "green" },
      [400, "invalid_input", "variant_key"],
      "no variant 'green'",
    ],
    [
      "everyone, stale",
      "roll_out_to_everyone",
      { version: 9, variant_key: "test" },
      [409, "conflict", null],
      "changed since version 9",
    ],
  ])("refused: %s", async (_case, action, body, wanted, words) => {
    const one = await flag(targeting);
    const refused = await one.act(action, body);
    expect(refusal(refused)).toEqual(wanted);
    expect(refused.body["detail"]).toContain(words);
    expect((await one.read())["version"]).toBe(1);
  });
});

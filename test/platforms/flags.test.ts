import { describe, expect, test } from "vitest";
import { dashboard, fresh } from "./fresh";
import { object, storeOf } from "./rig";

const here = fresh();

describe("flags and rules", () => {
  const flagged = async (more: object = {}) => {
    const { platform, project, staging } = here;
    const declared = object(platform, "FeatureFlag", { project, slug: "beta", name: "Beta", ...more });
    const { id } = await declared.create();
    return {
      declared,
      id,
      rule: (change: object) =>
        object(platform, "FeatureFlagRule", { flag: id, environment: staging, ...change }).update(`${id}/${staging}`, {
          ...change,
        }),
    };
  };
  test("fields that are not declared stay as people set them", async () => {
    const { declared, id } = await flagged();
    await dashboard(
      here,
      `mutation { updateFlag(input: { flagId: "${id}", name: "Beta", description: "By hand", tags: ["people"] }) { __typename } }`,
    );
    expect(await declared.update(id, { name: "Beta 2" })).toMatchObject({
      state: { name: "Beta 2", description: "By hand", tags: ["people"], owner: expect.stringMatching(/^user_/) },
    });
  });
  test("many writes of one rule at once all hold", async () => {
    const { platform, staging } = here;
    const { declared, id, rule } = await flagged();
    await Promise.all([
      rule({ enabled: true }),
      rule({ access: "some" }),
      rule({ organizations: ["org_01HZX3QK5S0000000000000000"] }),
      rule({ users: ["user_01HZX3QK5S0000000000000000"] }),
      declared.update(id, { defaultValue: true }),
    ]);
    expect(await storeOf(platform, "FeatureFlagRule").read(`${id}/${staging}`, {})).toMatchObject({
      state: {
        enabled: true,
        access: "some",
        organizations: ["org_01HZX3QK5S0000000000000000"],
        users: ["user_01HZX3QK5S0000000000000000"],
      },
    });
    expect(await declared.store.read(id, {})).toMatchObject({ state: { defaultValue: true } });
  });
  test("a default that differs between environments is no value, whatever was declared", async () => {
    const { declared, id } = await flagged({ defaultValue: false });
    const text = `{ flag(id: "${id}") { flagEnvironments { id } } }`;
    const { flag } = (await dashboard(here, text)) as { flag: { flagEnvironments: { id: string }[] } };
    const ruleId = flag.flagEnvironments[0]!.id;
    await dashboard(
      here,
      `mutation { updateFlagEnvironment(input: { flagEnvironmentId: "${ruleId}", flagEnabled: false, defaultEnabled: true, accessType: NONE }) { __typename } }`,
    );
    expect(await declared.store.read(id, {})).toMatchObject({ state: { defaultValue: null } });
    expect(await declared.update(id, { defaultValue: false })).toMatchObject({ state: { defaultValue: false } });
  });
  test("a rule is claimed only where flag and environment meet", async () => {
    const { platform } = here;
    const { id } = await flagged();
    const nowhere = object(platform, "FeatureFlagRule", { flag: id, environment: "environment_unknown" });
    expect(await nowhere.claim()).toBeUndefined();
    await expect(nowhere.create()).rejects.toThrow(/has no rule in environment environment_unknown/);
    await nowhere.store.delete("flag_gone/environment_gone", {});
  });
});

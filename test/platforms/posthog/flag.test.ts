// A flag of PostHog: its definition in state, and what it does in one project.
import { expect, test } from "vitest";
import { failure, object, refusals, requestsOf, world } from "./rig";

const here = world();
let count = 0;
type Data = Record<string, unknown>;

/** A flag's definition and its rule in the first project. */
async function flagged(definition: Data = {}, rule: Data = {}) {
  const slug = `flag-${++count}`;
  const flag = object(here.platform, "FeatureFlag", { project: here.organization, slug, name: slug, ...definition });
  const made = await flag.create();
  const inputs = {
    flag: made.id,
    environment: here.project,
    definition: made.state.definition,
    ...(definition["secretPayload"] === undefined ? {} : { secretPayload: definition["secretPayload"] }),
    ...rule,
  };
  const of = object(here.platform, "FeatureFlagRule", inputs);
  return { slug, flag, inputs, of, made };
}
const there = async (id: string) => here.inside("GET", `feature_flags/${id.split("/")[1]}/`);
const byMail = { properties: [{ key: "email", operator: "icontains", value: "@example.com" }] };

test("a definition asks nothing and is told as text that says no more than was declared", async () => {
  const sent = await requestsOf(here, async () => {
    const { made } = await flagged({ tags: ["Shop", "beta", "shop"], runtime: "all", variants: [] });
    expect(JSON.parse(made.state.definition!)).toEqual({ text: `flag-${count}`, tags: ["beta", "shop"] });
  });
  expect(sent).toEqual([]);
});

test("a flag is made inactive and then enabled: three requests with the look for another", async () => {
  const { of } = await flagged({}, { enabled: true, conditions: [byMail] });
  const sent = await requestsOf(here, async () => {
    await of.find();
    await of.create();
  });
  expect(sent.filter((one) => !one.includes("@current")).map((one) => one.split(" ")[0])).toEqual([
    "GET",
    "POST",
    "PATCH",
  ]);
});

test("what is declared comes back: conditions by name, shares, payloads, runtime", async () => {
  await here.inside("POST", "cohorts/", { name: "Staff", filters: { properties: { type: "OR", values: [] } } });
  const first = await flagged({}, { enabled: true, access: "all" });
  await first.of.create();
  const { of, made, inputs } = await flagged(
    {
      description: "For people",
      variants: [
        { key: "a", share: 30, payload: '{"n": 1}' },
        { key: "b", name: "B", share: 70 },
      ],
      runtime: "server",
      bucketing: "device",
      contexts: ["web"],
    },
    {
      enabled: true,
      shares: [
        { variant: "b", share: 1 },
        { variant: "a", share: 99 },
      ],
      conditions: [
        { ...byMail, cohorts: ["Staff"], flags: [{ flag: first.slug }], rolloutPercentage: 10, variant: "a" },
        { description: "all", properties: [{ key: "plan", operator: "is_set" }], notCohorts: ["Staff"], cohorts: [] },
      ],
    },
  );
  const rule = await of.create();
  const read = await of.read(rule.id);
  expect(read!.state).toMatchObject({ enabled: true, definition: made.state.definition });
  expect(read!.state.conditions).toMatchObject(inputs["conditions" as never] as object[]);
  expect(await there(rule.id)).toMatchObject({
    name: "For people",
    active: true,
    evaluation_runtime: "server",
    bucketing_identifier: "device_id",
    filters: {
      payloads: { a: '{"n":1}' },
      multivariate: {
        variants: [
          { key: "a", rollout_percentage: 99 },
          { key: "b", rollout_percentage: 1 },
        ],
      },
    },
  });
});

test("a changed definition is written where the rule is, and the targeting stays", async () => {
  const { of, flag, made, inputs, slug } = await flagged({}, { enabled: true, rolloutPercentage: 25 });
  const rule = await of.create();
  const next = await flag.update(made.id, { project: here.organization, slug, name: "New words", tags: ["x"] });
  await of.update(rule.id, { ...inputs, definition: next.state.definition });
  expect(await there(rule.id)).toMatchObject({
    name: "New words",
    tags: ["x"],
    active: true,
    filters: { groups: [{ rollout_percentage: 25 }] },
  });
});

test("an encrypted payload is a secret of its own", async () => {
  const secretPayload = '{"token":"s3cret-payload"}';
  const { of, made } = await flagged({ remoteConfig: true, secretPayload }, { enabled: true });
  expect(made.state.definition).not.toContain("s3cret");
  const rule = await of.create();
  expect((await of.read(rule.id))!.state).toMatchObject({ secretPayload, definition: made.state.definition });
  expect(await there(rule.id)).toMatchObject({ has_encrypted_payloads: true, is_remote_configuration: true });
});

test("what people changed shows as drift, and only what was declared of it", async () => {
  const { of } = await flagged({ tags: ["a"] }, { enabled: true, conditions: [byMail] });
  const rule = await of.create();
  const path = `feature_flags/${rule.id.split("/")[1]}/`;
  await here.inside("PATCH", path, { active: false, tags: ["b"], filters: { groups: [{ rollout_percentage: 3 }] } });
  const { state } = (await of.read(rule.id))!;
  expect(state).toMatchObject({ enabled: false, conditions: [{ rolloutPercentage: 3 }] });
  expect(JSON.parse(state.definition!)).toMatchObject({ tags: ["b"] });
});

test("raw filters stand for what has no field, and drift in them shows", async () => {
  const filters = JSON.stringify({ groups: [{ properties: [], rollout_percentage: 7 }], early_exit: true });
  const { of, inputs } = await flagged({}, { enabled: true, filters });
  const rule = await of.create();
  expect((await of.read(rule.id))!.state.filters).toBe(filters);
  await of.update(rule.id, { ...inputs, filters: JSON.stringify({ groups: [{ rollout_percentage: 8 }] }) });
  expect(await there(rule.id)).toMatchObject({ filters: { early_exit: null, groups: [{ rollout_percentage: 8 }] } });
});

test("somebody edits in between: it is read once more, and both changes stand", async () => {
  const { of, inputs } = await flagged({}, { enabled: true, rolloutPercentage: 10 });
  const rule = await of.create();
  const path = `feature_flags/${rule.id.split("/")[1]}/`;
  here.rehearsal.faults.add({ method: "PATCH", path: `*${path}`, times: 1, latencyMs: 300 });
  const update = of.update(rule.id, { ...inputs, rolloutPercentage: 20 });
  await new Promise((resolve) => setTimeout(resolve, 120));
  await here.inside("POST", `${path}set_release_condition_rollout/`, {
    condition_index: 0,
    rollout_percentage: 15,
    version: 2,
  });
  await update;
  expect(await there(rule.id)).toMatchObject({ version: 4, filters: { groups: [{ rollout_percentage: 20 }] } });
});

test("a change that needs approval is reported as that, and nothing is made", async () => {
  here.rehearsal.posthog.setApproval(Number(here.project), true);
  const { of } = await flagged({}, { enabled: true });
  expect(await failure(of.create())).toMatch(/^Refused: .*change request.*Have the change request approved/);
  here.rehearsal.posthog.setApproval(Number(here.project), false);
  expect(await of.find()).toBeUndefined();
});

test("what an experiment owns is no drift, and not golive's to write", async () => {
  const { of, inputs } = await flagged({}, { enabled: true, rolloutPercentage: 10 });
  const rule = await of.create();
  here.rehearsal.posthog.claimFlag(Number(rule.id.split("/")[1]), { experiments: [7] });
  const { state } = (await of.read(rule.id))!;
  expect(state).not.toHaveProperty("rolloutPercentage");
  expect(state).not.toHaveProperty("enabled");
  expect(await failure(of.update(rule.id, { ...inputs, rolloutPercentage: 50 }))).toMatch(/belongs to experiment 7/);
});

test("a flag of config version 2 keeps its targeting, and can be switched off and deleted", async () => {
  const { of, inputs } = await flagged({}, { enabled: true, rolloutPercentage: 10 });
  const rule = await of.create();
  here.rehearsal.posthog.claimFlag(Number(rule.id.split("/")[1]), { version2: true });
  expect(await failure(of.update(rule.id, { ...inputs, rolloutPercentage: 50 }))).toMatch(/config version 2/);
  await of.update(rule.id, { ...inputs, enabled: false });
  expect(await there(rule.id)).toMatchObject({ active: false });
  await of.delete(rule.id);
  expect(await of.read(rule.id)).toBeUndefined();
});

test("a deleted flag is gone, and its key is free again", async () => {
  const { of } = await flagged({}, { enabled: true });
  const rule = await of.create();
  await of.delete(rule.id);
  expect(await of.read(rule.id)).toBeUndefined();
  const again = await of.create();
  expect(again.id).not.toBe(rule.id);
});

test.each<[what: string, rule: Data, words: RegExp]>([
  ["a cohort that is not there", { conditions: [{ cohorts: ["Nobody"] }] }, /has no cohort "Nobody"/],
  ["a flag that is not there", { conditions: [{ flags: [{ flag: "nothing" }] }] }, /has no flag "nothing"/],
  ["a kind of group that is not there", { conditions: [{ group: "company" }] }, /has no kind of group "company"/],
])("%s is one sentence, and no flag is made", async (_, rule, words) => {
  const { of } = await flagged({}, { enabled: true, ...rule });
  expect(await failure(of.create())).toMatch(words);
  expect(await of.find()).toBeUndefined();
});

const variants = JSON.stringify({ text: "x", variants: [{ key: "a", share: 100 }] });
test.each<[what: string, rule: Data, words: string]>([
  ["lists of ids", { users: ["u"] }, "users PostHog's flags go by what people are"],
  ["access for some", { access: "some" }, "access PostHog's flags go by what people are"],
  ["two words for whom", { access: "all", rolloutPercentage: 3 }, "access says whom the flag is for"],
  [
    "filters beside conditions",
    { filters: '{"groups":[{}]}', conditions: [byMail] },
    "conditions is said by `filters`",
  ],
  ["filters without groups", { filters: '{"groups":[]}' }, "filters has no `groups`"],
  ["filters of version 2", { filters: '{"version":2}' }, "filters is of config version 2"],
  ["filters that are no JSON", { filters: "{" }, "filters is no JSON"],
  [
    "an operator that is none",
    { conditions: [{ properties: [{ key: "a", operator: "like", value: "b" }] }] },
    '"like" is no operator',
  ],
  [
    "an operator for cohorts",
    { conditions: [{ properties: [{ key: "a", operator: "in", value: "b" }] }] },
    "use `cohorts`",
  ],
  [
    "no regular expression",
    { conditions: [{ properties: [{ key: "a", operator: "regex", value: "(" }] }] },
    "no regular expression",
  ],
  [
    "people in a condition of groups",
    { conditions: [{ group: "company", cohorts: ["x"] }] },
    "cohorts is about people",
  ],
  ["a variant that is none", { definition: variants, conditions: [{ variant: "b" }] }, '"b" is no variant'],
  ["a share of no variant", { definition: variants, shares: [{ variant: "z", share: 100 }] }, '"z" is no variant'],
  ["shares that are no whole", { shares: [{ variant: "a", share: 99 }] }, "shares shares sum to 99"],
  ["a project that is no number", { environment: "prod" }, "is no id of a project"],
])("%s: refused before anything is sent", (_, rule, words) => {
  const inputs = { flag: `${here.organization}/x`, environment: here.project, ...rule };
  expect(refusals(here.platform, "FeatureFlagRule", inputs).join("\n")).toContain(words);
});

test("three hundred flags are refreshed in a few requests", async () => {
  const slug = (n: number) => `many-${n}`;
  const rules = await Promise.all(
    Array.from({ length: 300 }, async (_, n) => {
      const inputs = { flag: `${here.organization}/${slug(n)}`, environment: here.project, enabled: false };
      const of = object(here.platform, "FeatureFlagRule", inputs);
      return { of, id: (await of.create()).id };
    }),
  );
  const sent = await requestsOf(here, async () => {
    // an engine on two cores reads eight at a time
    for (let i = 0; i < rules.length; i += 8)
      await Promise.all(rules.slice(i, i + 8).map(async ({ of, id }) => expect(await of.read(id)).toBeDefined()));
  });
  expect(sent.length).toBeLessThanOrEqual(4);
}, 60_000);

import { expect, test } from "vitest";
import { object, world, requestsOf } from "./rig";
const here = world();
test("smoke", async () => {
  const env = object(here.platform, "Environment", { project: here.organization, name: "Dev", type: "development" });
  const made = await env.claim();
  expect(made?.state).toMatchObject({ name: "Default project" });
  const flag = object(here.platform, "FeatureFlag", {
    project: here.organization,
    slug: "beta",
    name: "Beta",
    tags: ["B", "a"],
    variants: [
      { key: "x", share: 50, payload: '{"a": 1}' },
      { key: "y", share: 50 },
    ],
  });
  const f = await flag.create();
  console.log(f);
  const rule = object(here.platform, "FeatureFlagRule", {
    flag: f.id,
    environment: here.project,
    definition: f.state.definition,
    enabled: true,
    conditions: [
      { properties: [{ key: "email", operator: "icontains", value: "@example.com" }], rolloutPercentage: 30 },
    ],
  });
  console.log(
    await requestsOf(here, async () => {
      const r = await rule.create();
      console.log(r);
      console.log(await rule.read(r.id));
      await rule.delete(r.id);
      console.log(await rule.read(r.id));
    }),
  );
  const hook = object(here.platform, "WebhookEndpoint", {
    environment: here.project,
    url: "https://a.example.com/x",
    events: ["$pageview"],
    headers: [{ name: "Authorization", value: "Bearer abcdefgh" }],
    filters: JSON.stringify({ filter_test_accounts: true }),
  });
  const h = await hook.create();
  console.log(h);
  console.log(await hook.read(h.id));
  const key = object(here.platform, "ApiKey", { environment: here.project, name: "ci", scopes: ["feature_flag:read"] });
  const k = await key.create();
  console.log(k);
});

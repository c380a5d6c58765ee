import { describe, expect, test } from "vitest";
import { fresh, requestsOf } from "./fresh";
import { object, storeOf } from "./rig";

const here = fresh();

describe("a refresh of many costs few requests", () => {
  test("applications, endpoints, flags, rules and keys", async () => {
    const { platform, project, staging } = here;
    const names = Array.from({ length: 30 }, (_, i) => `n${i}`);
    const made = {
      Application: names.map((name) => ({ environment: staging, name })),
      WebhookEndpoint: names.map((name) => ({
        environment: staging,
        url: `https://${name}.example.com`,
        events: ["user.created"],
      })),
      FeatureFlag: names.map((name) => ({ project, slug: name, name })),
      ApiKey: names.map((name) => ({ environment: staging, name })),
    } as const;
    for (const [kind, all] of Object.entries(made) as [keyof typeof made, object[]][]) {
      const objects = await Promise.all(all.map((inputs) => object(platform, kind, { ...inputs }).create()));
      const seen = await requestsOf(here, async () => {
        const read = await Promise.all(
          objects.map(({ id, state }) => storeOf(platform, kind).read(id, state as never)),
        );
        expect(read.map((live) => live?.id)).toEqual(objects.map(({ id }) => id));
      });
      expect(
        Object.values(seen).reduce((a, b) => a + b, 0),
        kind,
      ).toBeLessThanOrEqual(2);
    }
  });
  test("one that cannot be read does not keep the others from being read", async () => {
    const { platform, staging } = here;
    const one = await object(platform, "Application", { environment: staging, name: "one" }).create();
    const store = storeOf(platform, "Application");
    const [known, gone] = await Promise.all([store.read(one.id, {}), store.read("app_gone", {})]);
    expect([known?.id, gone]).toEqual([one.id, undefined]);
  });
});

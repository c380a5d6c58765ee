// What a platform says at check beside the definition: its rules, with and without a connection, its refusals, its warnings.
import { lifecycle } from "@golive/provider/lifecycle";
import type { Connection, Rules } from "@golive/provider/platforms/platform";
import { expect, test } from "vitest";
import { least } from "./declared";
import { MemoryPlatform } from "./memory-platform";

const rules: Rules = {
  WebhookEndpoint: ({ url }) => (url?.startsWith("http:") ? [{ property: "url", reason: "is http" }] : []),
};
const wrong = { ...least.WebhookEndpoint, url: "http://shop.example.com/hooks" };
const problem = { property: "provider.token", reason: "is no token" };
const checked = (connection: Connection, inputs: object, kind: "WebhookEndpoint" | "Project" = "WebhookEndpoint") =>
  lifecycle(kind, () => connection).check({}, { ...inputs });

test.each<[what: string, platform: boolean, problems: readonly (typeof problem)[]]>([
  ["with a connection", true, []],
  ["where the settings are wrong", false, [problem]],
])("a platform's rule is applied %s", (_, connected, problems) => {
  const platform = new MemoryPlatform();
  const connection = { ...(connected && { platform }), rules, problems };
  expect(checked(connection, wrong).failures).toEqual([{ property: "url", reason: "is http" }]);
  expect(checked(connection, least.WebhookEndpoint).failures).toEqual(problems);
  expect(checked(connection, least.Project, "Project").failures).toEqual(problems);
});

test("a rule sees inputs that the definition has no fault with", () => {
  const never: Rules = {
    WebhookEndpoint: () => {
      throw new Error("asked of inputs that are wrong already");
    },
  };
  expect(checked({ rules: never, problems: [] }, { ...wrong, events: [] }).failures).toHaveLength(1);
});

test("a warning stops nothing, and names the resource and the property", () => {
  const platform = new MemoryPlatform();
  platform.warned = [{ property: "events[0]", reason: 'is no event; did you mean "user.created"?' }];
  const answer = checked({ platform, problems: [] }, least.WebhookEndpoint);
  expect(answer).toMatchObject({
    failures: [],
    warnings: ['WebhookEndpoint "https://shop.example.com/hooks": events[0] is no event; did you mean "user.created"?'],
  });
});

test("what is refused is not warned of beside", () => {
  const platform = new MemoryPlatform();
  platform.warned = [{ property: "url", reason: "is odd" }];
  platform.refused = [{ property: "url", reason: "is refused" }];
  expect(checked({ platform, problems: [] }, least.WebhookEndpoint)).not.toHaveProperty("warnings");
});

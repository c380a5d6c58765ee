// Event names that are probably mistakes: the catalogue grows, so nothing is refused.
import { eventWarnings as warnings, warningsFor } from "@golive/provider/platforms/workos/warnings";
import { configOf } from "./rig";
import { events } from "@golive/provider/platforms/workos/events";
import type { Kind } from "@golive/provider";
import { UNKNOWN } from "@golive/provider/define";
import { webhookEvents } from "../../rehearsal/rules/webhook-events";
import { expect, test } from "vitest";

test.each<[event: unknown, said: RegExp | undefined]>([
  ["user.created", undefined],
  ["user.creatd", /"user\.creatd" is no event that golive knows; did you mean "user\.created"\?/],
  ["User.Created", /did you mean "user\.created"/],
  ["billing.invoice.paid", /see that the platform sends it/],
  ["feature_flags.updated", undefined],
  ["agent.instance.created", undefined],
  [UNKNOWN, undefined],
])("%s", (event, said) => {
  const found = warnings("WebhookEndpoint", { events: ["user.created", event] });
  expect(found).toEqual(said ? [{ property: "events[1]", reason: expect.stringMatching(said) as string }] : []);
});

test("other kinds, and events that are not known yet, are left alone", () => {
  expect(warnings("Project", { events: ["x"] })).toEqual([]);
  expect(warnings("WebhookEndpoint", { events: UNKNOWN })).toEqual([]);
});

test("every event that the rehearsal sends is known", () => {
  expect(webhookEvents.filter((event) => !events.includes(event))).toEqual([]);
});

type Bag = Record<string, unknown>;
const [sandbox, live] = ["sk_test_hidden1", "sk_live_hidden1"];
const hook = { events: ["user.created"] };
test.each<[what: string, credentials: Record<string, string>, kind: Kind, inputs: Bag, said: RegExp | undefined]>([
  [
    "a test key and production",
    { apiKey: sandbox },
    "WebhookEndpoint",
    { ...hook, environmentType: "production" },
    /^the key from the test's apiKey begins with `sk_test_`.*declared as production/,
  ],
  [
    "a live key and staging",
    { apiKey: live },
    "FeatureFlagRule",
    { environmentType: "staging" },
    /begins with `sk_live_`.*declared as staging/,
  ],
  [
    "a test key and staging",
    { apiKey: sandbox },
    "WebhookEndpoint",
    { ...hook, environmentType: "staging" },
    undefined,
  ],
  ["a type that nobody says", { apiKey: sandbox }, "WebhookEndpoint", hook, undefined],
  [
    "a type that is not known yet",
    { apiKey: sandbox },
    "WebhookEndpoint",
    { ...hook, environmentType: UNKNOWN },
    undefined,
  ],
  [
    "a key that says nothing",
    { apiKey: "sk_a1" },
    "WebhookEndpoint",
    { ...hook, environmentType: "production" },
    undefined,
  ],
  [
    "a token beside it, which is used",
    { apiKey: sandbox, token: "t" },
    "WebhookEndpoint",
    { ...hook, environmentType: "production" },
    undefined,
  ],
  [
    "a token, where the key is used all the same",
    { apiKey: sandbox, token: "t" },
    "Application",
    { kind: "m2m", environmentType: "production" },
    /sk_test_/,
  ],
  [
    "a value of staging in production",
    { token: "t" },
    "ApiKey",
    { value: sandbox, environmentType: "production" },
    /^the key begins with `sk_test_`/,
  ],
  [
    "a value that is not known yet",
    { token: "t" },
    "ApiKey",
    { value: UNKNOWN, environmentType: "production" },
    undefined,
  ],
])("of keys: %s", (_, credentials, kind, inputs, said) => {
  const found = warningsFor(configOf(credentials))(kind, inputs);
  expect(found.map(({ reason }) => reason)).toEqual(said ? [expect.stringMatching(said)] : []);
  expect(JSON.stringify(found)).not.toContain("hidden1");
});

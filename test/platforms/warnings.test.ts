// Event names that are probably mistakes: the catalogue grows, so nothing is refused.
import { warnings } from "@golive/provider/platforms/workos/warnings";
import { events } from "@golive/provider/platforms/workos/events";
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

import { definitions, type Kind } from "@golive/provider";
import { check } from "@golive/provider/lifecycle/check";
import type { Rules } from "@golive/provider/platforms/platform";

export type Bag = Record<string, unknown>;

/** The least that each kind is declared with. */
export const least: Readonly<Record<Kind, Bag>> = {
  Project: { name: "shop" },
  Environment: { project: "project_1", name: "Staging", type: "staging" },
  Application: { environment: "environment_1", name: "web" },
  ApiKey: { environment: "environment_1", name: "backend" },
  FeatureFlag: { project: "project_1", slug: "new-checkout", name: "New checkout" },
  FeatureFlagRule: { flag: "flag_1", environment: "environment_1" },
  WebhookEndpoint: { environment: "environment_1", url: "https://shop.example.com/hooks", events: ["user.created"] },
};

/** Check of the least and what is given beside it; `rules` are a platform's. */
export const checked = (kind: Kind, given: Bag, olds: Bag = {}, rules: Rules = {}) =>
  check(definitions[kind], olds, { ...least[kind], ...given }, rules);

/** Its failures, as `path: reason`. */
export const failures = (kind: Kind, given: Bag, olds?: Bag, rules?: Rules): string[] =>
  checked(kind, given, olds, rules).failures.map(({ property, reason }) => `${property}: ${reason}`);

/** The inputs after a check that must pass, as the other verbs get them. */
export function inputsOf(kind: Kind, given: Bag = {}): Bag {
  const { inputs, failures: found } = checked(kind, given);
  if (found.length > 0) throw new Error(`${kind}: ${JSON.stringify(found)}`);
  return inputs;
}

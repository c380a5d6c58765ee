import { type Failure, isUnknown } from "../../../define";
import type { Inputs } from "../../../resources";
import type { Rules } from "../../platform";
import { flagRules, targetingRules } from "./targeting";

/** Scopes that a project's secret key can have, as far as golive knows; a newer one is the server's to judge. */
export const keyScopes = ["endpoint:read", "feature_flag:read", "account:read", "loop:write", "experiment:read"];
const longestLabel = 40;

function keyRules({ name = "", kind, scopes }: Partial<Inputs<"ApiKey">>): Failure[] {
  const isLong = !isUnknown(name) && name.length > longestLabel;
  // what is publishable is refused for that alone
  const lacksScopes = kind !== "publishable" && !scopes?.length;
  const named: readonly string[] = scopes === undefined || isUnknown(scopes) ? [] : scopes;
  return [
    ...(isLong ? [{ property: "name", reason: `is longer than ${longestLabel} characters, the most of a key` }] : []),
    ...(lacksScopes
      ? [{ property: "scopes", reason: "is required: name what the key may do, e.g. `feature_flag:read`" }]
      : []),
    ...named.flatMap((scope, i) =>
      scope === "*"
        ? [{ property: `scopes[${i}]`, reason: "is everything, which no key of a project may do: name its scopes" }]
        : [],
    ),
  ];
}

function webhookRules({ url = "", environmentType, filters }: Partial<Inputs<"WebhookEndpoint">>): Failure[] {
  const isPlain = environmentType === "production" && !isUnknown(url) && /^http:/i.test(url);
  return [
    ...(isPlain
      ? [{ property: "url", reason: "is http: what production's people do would cross the network in the clear" }]
      : []),
    ...(filters === undefined || isUnknown(filters) ? [] : filterFaults(filters)),
  ];
}
function filterFaults(filters: string): Failure[] {
  const value: unknown = JSON.parse(filters);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [{ property: "filters", reason: "is an object of PostHog's filters, as JSON text" }];
  return "events" in value ? [{ property: "filters", reason: "holds `events`, which have an input of their own" }] : [];
}

/** What PostHog takes in an environment of each type. */
export const rules: Rules = {
  ApiKey: keyRules,
  WebhookEndpoint: webhookRules,
  FeatureFlag: flagRules,
  FeatureFlagRule: targetingRules,
};

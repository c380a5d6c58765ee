import { type Failure, isUnknown } from "../../../define";
import type { Inputs } from "../../../resources";
import type { Rules } from "../../platform";
import { flagRules, targetingRules } from "./targeting";

/** What PostHog says of a field that is known by now. */
const fault = (property: string, value: unknown, fails: boolean, reason: string): Failure[] =>
  value !== undefined && !isUnknown(value) && fails ? [{ property, reason }] : [];

/** Scopes that a project's secret key can have, as far as golive knows; a newer one is the server's to judge. */
export const keyScopes = ["endpoint:read", "feature_flag:read", "account:read", "loop:write", "experiment:read"];
const longestLabel = 40;

function keyRules({ name, kind, scopes, application, expiresAt, overlap }: Partial<Inputs<"ApiKey">>): Failure[] {
  return [
    ...fault(
      "name",
      name,
      (name?.length ?? 0) > longestLabel,
      `is longer than ${longestLabel} characters, the most that PostHog takes`,
    ),
    ...fault(
      "kind",
      kind,
      kind === "publishable",
      "is secret at PostHog: the public token is the output `token` of the Environment",
    ),
    ...(kind !== "publishable" && (scopes === undefined || scopes.length === 0)
      ? [{ property: "scopes", reason: `is required: name what the key may do, e.g. \`feature_flag:read\`` }]
      : []),
    ...(isUnknown(scopes)
      ? []
      : (scopes ?? []).flatMap((scope, i) =>
          scope === "*"
            ? [{ property: `scopes[${i}]`, reason: "is everything, which no key of a project may do: name its scopes" }]
            : [],
        )),
    ...fault("application", application, true, "is not known to PostHog: a key is its project's. Leave it out"),
    ...fault(
      "expiresAt",
      expiresAt,
      true,
      "is not known to PostHog, whose keys do not end: leave it out, and raise `version` to roll the key",
    ),
    // the default is not told from what was written
    ...fault(
      "overlap",
      overlap,
      overlap !== undefined && overlap !== 3600 && overlap !== 0,
      "is not to be had at PostHog: a key that is rolled is worth nothing at once. Leave it out",
    ),
  ];
}

function webhookRules({ url, environmentType, secretVersion, filters }: Partial<Inputs<"WebhookEndpoint">>): Failure[] {
  const isPlain = environmentType === "production" && /^http:/i.test(url ?? "");
  return [
    ...fault("url", url, isPlain, "is http: what production's people do would cross the network in the clear"),
    ...fault(
      "secretVersion",
      secretVersion,
      (secretVersion ?? 1) > 1,
      "rotates nothing: PostHog signs no delivery. Change a secret header in `headers`",
    ),
    ...(typeof filters === "string" && !isUnknown(filters) ? filterFaults(filters) : []),
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

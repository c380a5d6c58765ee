import type { Config } from "../../config";
import type { Bag, Failure } from "../../define";
import { isUnknown } from "../../define";
import type { Kind } from "../../resources";

/** What to do when production is locked. */
export const billingStep =
  "Add billing information in the WorkOS dashboard to unlock production, then run `pulumi up` again.";

/** What the API offers nobody today, and only the rehearsal does. By verb, for messages. */
export const byHand = {
  deleteProject:
    "The API deletes no project: delete it in the dashboard, and set `retainOnDelete: true` to drop it from state.",
  deleteEnvironment:
    "The API deletes an environment only with Platform API credentials (GOLIVE_CLIENT_ID, GOLIVE_CLIENT_SECRET): set them, or delete it in the dashboard and set `retainOnDelete: true`.",
  moveEnvironment: "The API moves no environment: move it in the dashboard, then run `pulumi refresh`.",
  rotateWebhookSecret:
    "The API rotates no signing secret: replace the endpoint (`--replace`), or rotate it in the dashboard.",
  rotateClientSecret: "The API issues client secrets for `oauth` and `m2m` applications only: leave `credentials` out.",
  renameApiKey: "The API renames no key: declare a new one.",
} as const;

const token = "needs a dashboard token: set GOLIVE_TOKEN, or `pulumi config set --secret golive:token`";
const key =
  "needs the secret key of its environment: set GOLIVE_API_KEY, or `pulumi config set --secret golive:apiKey`";
const either = `${token}; or GOLIVE_API_KEY, the environment's secret key`;
const platform = "needs Platform API credentials: set GOLIVE_CLIENT_ID and GOLIVE_CLIENT_SECRET";

type Needs = (
  has: { token: boolean; apiKey: boolean; platform: boolean; extensions: boolean },
  inputs: Bag,
) => string | undefined;

const isConnect = (inputs: Bag) => inputs["kind"] === "oauth" || inputs["kind"] === "m2m";

/** Which credential each kind needs; the answer is what is missing. */
const needs: Record<Kind, Needs> = {
  Project: (has) => (has.token ? undefined : token),
  Environment: (has) => (has.token ? undefined : token),
  Application: (has, inputs) => {
    if (isConnect(inputs)) return has.apiKey ? undefined : key;
    if (has.token || (has.apiKey && inputs["isDefault"] === true)) return undefined;
    return has.apiKey
      ? `${token}; with an environment's key alone only the default application (\`isDefault: true\`) can be managed`
      : token;
  },
  ApiKey: (has) =>
    has.extensions
      ? has.token
        ? undefined
        : token
      : has.token && has.platform
        ? undefined
        : `${platform}, and a dashboard token (GOLIVE_TOKEN) to list keys`,
  FeatureFlag: (has) => (has.token ? undefined : token),
  FeatureFlagRule: (has) => (has.token || has.apiKey ? undefined : either),
  WebhookEndpoint: (has) => (has.token || has.apiKey ? undefined : either),
};

/** Inputs that only the rehearsal can serve. */
const extensionsOnly: readonly (readonly [Kind, (inputs: Bag) => boolean, string, string])[] = [
  [
    "WebhookEndpoint",
    (i) => i["description"] !== undefined,
    "description",
    "WorkOS keeps no description of an endpoint: leave it out",
  ],
  ["WebhookEndpoint", (i) => Number(i["secretVersion"]) > 1, "secretVersion", byHand.rotateWebhookSecret],
  ["Application", (i) => i["credentials"] !== undefined && !isConnect(i), "credentials", byHand.rotateClientSecret],
  [
    "ApiKey",
    (i) => i["kind"] === "publishable",
    "kind",
    "the Platform API makes secret keys only: read the publishable key in the dashboard",
  ],
];

/** Inputs that the environment's key alone cannot write. */
const withKeyOnly: readonly (readonly [Kind, string, string])[] = [
  ["FeatureFlagRule", "access", token],
  ["WebhookEndpoint", "description", "WorkOS keeps no description of an endpoint: leave it out"],
  ...["logoutUris", "homepageUrl", "initiateLoginUri", "sessions", "credentials"].map(
    (name) => ["Application", name, token] as const,
  ),
];

/** What of these inputs the credentials cannot do. */
export function missing(config: Config, kind: Kind, inputs: Bag): Failure[] {
  const extensions = config.platform === "rehearsal";
  const has = {
    token: config.token !== undefined,
    apiKey: config.apiKey !== undefined,
    platform: config.clientId !== undefined && config.clientSecret !== undefined,
    extensions,
  };
  const lacking = needs[kind](has, inputs);
  if (lacking) return [{ property: "provider", reason: `${kind} ${lacking}` }];
  const beyond = extensions
    ? []
    : extensionsOnly.filter(([k, applies]) => k === kind && !isUnknown(inputs) && applies(inputs));
  const keyed =
    has.token || isConnect(inputs) ? [] : withKeyOnly.filter(([k, name]) => k === kind && inputs[name] !== undefined);
  return [
    ...beyond.map(([, , property, reason]) => ({ property, reason })),
    ...keyed.map(([, property, reason]) => ({ property, reason })),
  ];
}

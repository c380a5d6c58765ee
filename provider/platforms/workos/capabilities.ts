import type { Config } from "../../config";
import { type Bag, type Failure, isUnknown } from "../../define";
import type { Kind } from "../../resources";

/** What to do when production is locked. */
export const billingStep =
  "Add billing information in the WorkOS dashboard to unlock production, then run `pulumi up` again.";

/** What the API offers nobody today and only the rehearsal does: the step to take by hand. */
export const byHand = {
  deleteProject:
    "The API deletes no project: delete it in the dashboard, and set `retainOnDelete: true` to drop it from state.",
  deleteEnvironment:
    "The API deletes an environment only with Platform API credentials (GOLIVE_CLIENT_ID, GOLIVE_CLIENT_SECRET): set them, or delete it in the dashboard and set `retainOnDelete: true`.",
  moveEnvironment: "The API moves no environment: move it in the dashboard, then run `pulumi refresh`.",
  rotateWebhookSecret:
    "The API rotates no signing secret: replace the endpoint (`--replace`), or rotate it in the dashboard.",
  rotateClientSecret: "The API issues client secrets for `oauth` and `m2m` applications only: leave `credentials` out.",
  renameKey: "The API renames no key: declare a new one, or rename it in the dashboard and run `pulumi refresh`.",
} as const;

/** The credentials there are, and how to give them. */
export const needed = {
  token: "a dashboard token: set GOLIVE_TOKEN, or `pulumi config set --secret golive:token`",
  apiKey: "the secret key of its environment: set GOLIVE_API_KEY, or `pulumi config set --secret golive:apiKey`",
  platformApi: "Platform API credentials: set GOLIVE_CLIENT_ID and GOLIVE_CLIENT_SECRET",
  rehearsal: "the rehearsal",
} as const;
type Need = keyof typeof needed;
type Subject = Kind | "the default Application" | "an `oauth` or `m2m` Application";

/** What each kind is managed with: any one of these combinations. */
const combinations: Readonly<Record<Subject, readonly (readonly Need[])[]>> = {
  Project: [["token"]],
  Environment: [["token"]],
  Application: [["token"]],
  "the default Application": [["token"], ["apiKey"]],
  "an `oauth` or `m2m` Application": [["apiKey"]],
  ApiKey: [
    ["token", "rehearsal"],
    ["token", "platformApi"],
  ],
  FeatureFlag: [["token"]],
  FeatureFlagRule: [["token"], ["apiKey"]],
  WebhookEndpoint: [["token"], ["apiKey"]],
};

/** Whether it connects other software, instead of signing users in. */
export const isConnect = (kind: unknown): boolean => kind === "oauth" || kind === "m2m";

const subjectOf = (kind: Kind, inputs: Bag): Subject => {
  if (kind !== "Application") return kind;
  if (isConnect(inputs["kind"])) return "an `oauth` or `m2m` Application";
  return inputs["isDefault"] === true ? "the default Application" : kind;
};

/** Which credentials are missing to manage this, if any are. */
export function missing(config: Config, kind: Kind, inputs: Bag): Failure[] {
  // which API it is on is not known until `up`
  if (isUnknown(inputs["kind"]) || isUnknown(inputs["isDefault"])) return [];
  const has: Readonly<Record<Need, boolean>> = {
    token: config.token !== undefined,
    apiKey: config.apiKey !== undefined,
    platformApi: config.clientId !== undefined && config.clientSecret !== undefined,
    rehearsal: config.platform === "rehearsal",
  };
  const subject = subjectOf(kind, inputs);
  const ways = combinations[subject].map((needs) => needs.filter((need) => !has[need]));
  if (ways.some((lacking) => lacking.length === 0)) return [];
  // nobody turns a real account into a rehearsal to get on, and nobody needs more than the shortest way there
  const open = ways.filter((lacking) => !lacking.includes("rehearsal"));
  const shortest = open.filter((lacking) => lacking.length === Math.min(...open.map(({ length }) => length)));
  const words = shortest.map((lacking) => lacking.map((need) => needed[need]).join("; and ")).join("; or ");
  const hint =
    subject === "Application" && has.apiKey ? "; a key alone manages the default application (`isDefault: true`)" : "";
  return [{ property: "provider", reason: `${subject} needs ${words}${hint}` }];
}

import type { Capabilities } from "../platform";
import { access, type Credentials } from "./access";

/** What to do when production is locked. */
export const billingStep =
  "Add billing information in the WorkOS dashboard to unlock production, then run `pulumi up` again.";

/** What the API offers nobody today and only the rehearsal does: the step to take by hand. */
export const byHand = {
  deleteProject:
    "The API deletes no project: delete it in the dashboard, and set `retainOnDelete: true` to drop it from state.",
  deleteEnvironment:
    "Delete it in the dashboard, and set `retainOnDelete: true` to drop it from state. The API deletes an environment only for platforms, in teams that they created: with their Platform API credentials (GOLIVE_CLIENT_ID, GOLIVE_CLIENT_SECRET).",
  moveEnvironment: "The API moves no environment: move it in the dashboard, then run `pulumi refresh`.",
  rotateWebhookSecret:
    "The API rotates no signing secret: replace the endpoint (`--replace`), or rotate it in the dashboard.",
  rotateClientSecret: "The API issues client secrets for `oauth` and `m2m` applications only: leave `credentials` out.",
  revokeClientSecret:
    "The API revokes no client secret of an application that signs users in, so it would stay valid: keep `credentials`, or revoke it in the dashboard and replace the application (`--replace`).",
  makeKey:
    "everybody else makes the key in the dashboard and gives it to golive as the `value` of an ApiKey that is `external`",
  keepKey:
    "The API takes no end of a key back: raise `version` in the same change for a new key without one, or keep `expiresAt`.",
  renameKey: "The API renames no key: declare a new one, or rename it in the dashboard and run `pulumi refresh`.",
} as const;

/** The credentials, and how to give them. */
export const needed = {
  token: access.credentials.token.give,
  apiKey: access.credentials.apiKey.give,
} as const;

/** Whether it connects other software, instead of signing users in. */
export const isConnect = (kind: unknown): boolean => kind === "oauth" || kind === "m2m";

/** What each kind is managed with. */
export const capabilities: Capabilities<Credentials> = {
  Project: [{ ways: [["token"]], byHand: { delete: byHand.deleteProject } }],
  Environment: [{ ways: [["token"]], byHand: { delete: byHand.deleteEnvironment, move: byHand.moveEnvironment } }],
  Application: [
    { subject: "an `oauth` or `m2m` Application", when: { kind: ["oauth", "m2m"] }, ways: [["apiKey"], ["token"]] },
    {
      subject: "the default Application",
      when: { isDefault: [true] },
      ways: [["token"], ["apiKey"]],
      byHand: { rotate: byHand.rotateClientSecret },
    },
    {
      ways: [["token"]],
      hints: { apiKey: "a key alone manages the default application (`isDefault: true`)" },
      byHand: { rotate: byHand.rotateClientSecret },
    },
  ],
  ApiKey: [
    { subject: "an external ApiKey", when: { external: [true] }, ways: [["token"], ["apiKey"]] },
    {
      hints: { token: byHand.makeKey, apiKey: byHand.makeKey },
      ways: [
        ["token", "rehearsal"],
        ["token", "clientId", "clientSecret"],
      ],
      byHand: { rename: byHand.renameKey },
    },
  ],
  FeatureFlag: [{ ways: [["token"]] }],
  FeatureFlagRule: [{ ways: [["token"], ["apiKey"]] }],
  WebhookEndpoint: [{ ways: [["token"], ["apiKey"]], byHand: { rotate: byHand.rotateWebhookSecret } }],
};

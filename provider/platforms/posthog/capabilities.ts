import type { Capabilities } from "../platform";
import type { Credentials } from "./access";

/** What to do when the plan holds no further project. */
export const planStep =
  "Upgrade the plan, or delete a project that is not needed: one that was deleted counts until it is purged.";
/** What to do when a change waits for somebody's word. */
export const approvalStep =
  "Have the change request approved in PostHog, then run `pulumi refresh` and `pulumi up`; nothing was changed so far.";

/** What no key may do: the step to take by hand. */
export const byHand = {
  createOrganization:
    "PostHog's API makes no organization: sign up for one, and declare its name, slug or id as the name of the Project.",
  renameOrganization:
    "golive renames no organization: rename it in its settings, and declare the new name, or its slug or id, which stay.",
  moveEnvironment:
    "no key moves a project to another organization: an admin of both does so in the project's settings, then run `pulumi refresh`",
  resetToken: "Reset the token in the project's settings, then run `pulumi refresh`: no key may.",
  lastProject: "An organization that pays keeps one project: make another first, or set `retainOnDelete: true`.",
} as const;

/** What each kind is managed with. */
export const capabilities: Capabilities<Credentials> = {
  Project: [{ ways: [["apiKey"]], byHand: { create: byHand.createOrganization, rename: byHand.renameOrganization } }],
  Environment: [{ ways: [["apiKey"]], byHand: { move: byHand.moveEnvironment } }],
  Application:
    "applications share the public token of their project, an output of its Environment. Remove it from the program",
  ApiKey: [{ ways: [["apiKey"]] }],
  FeatureFlag: [{ ways: [["apiKey"]] }],
  FeatureFlagRule: [{ ways: [["apiKey"]] }],
  WebhookEndpoint: [{ ways: [["apiKey"]] }],
};

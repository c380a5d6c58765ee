import type { Rules } from "../../platform";
import { slugRules, typeRules } from "./names";
import { originRules } from "./origins";
import { logoutUriRules, redirectUriRules } from "./redirect-uris";
import { webhookUrlRules } from "./webhook-url";

/** What WorkOS takes in an environment of each type. */
export const rules: Rules = {
  Environment: (inputs) => typeRules(inputs),
  FeatureFlag: (inputs) => slugRules(inputs),
  Application: (inputs) => [...redirectUriRules(inputs), ...logoutUriRules(inputs), ...originRules(inputs)],
  WebhookEndpoint: (inputs) => webhookUrlRules(inputs),
};

/** Names of the built-in identity provider for tests, which staging alone has. */
const testProvider = /(^|[_-])test[_-]?(idp|identity[_-]?provider)/i;
/** Why a value of staging makes no sense in production. */
export const stagingOnly = (value: string): string | undefined =>
  testProvider.test(value) ? "the test identity provider is staging's alone" : undefined;

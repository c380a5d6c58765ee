import type { Parsed, State } from "../define";
import { apiKey } from "./api-key";
import { application } from "./application";
import { environment } from "./environment";
import { featureFlag } from "./feature-flag";
import { featureFlagRule } from "./feature-flag-rule";
import { project } from "./project";
import { webhookEndpoint } from "./webhook-endpoint";

/** Every resource of golive by its type. */
export const definitions = {
  Project: project,
  Environment: environment,
  Application: application,
  ApiKey: apiKey,
  FeatureFlag: featureFlag,
  FeatureFlagRule: featureFlagRule,
  WebhookEndpoint: webhookEndpoint,
} as const;

export { apiKey, application, environment, featureFlag, featureFlagRule, project, webhookEndpoint };
export type Kind = keyof typeof definitions;
export type DefinitionOf<K extends Kind> = (typeof definitions)[K];
export type Inputs<K extends Kind> = Parsed<DefinitionOf<K>["inputs"]>;
export type StateOf<K extends Kind> = State<DefinitionOf<K>>;

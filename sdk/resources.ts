import type * as golive from "@golive/provider";
import { type Args, type Managed, type ManagedClass, managed } from "./managed";

export const Project: ManagedClass<typeof golive.project> = managed("Project");
export type Project = Managed<typeof golive.project>;
export type ProjectArgs = Args<typeof golive.project>;

export const Environment: ManagedClass<typeof golive.environment> = managed("Environment");
export type Environment = Managed<typeof golive.environment>;
export type EnvironmentArgs = Args<typeof golive.environment>;

export const Application: ManagedClass<typeof golive.application> = managed("Application");
export type Application = Managed<typeof golive.application>;
export type ApplicationArgs = Args<typeof golive.application>;

export const ApiKey: ManagedClass<typeof golive.apiKey> = managed("ApiKey");
export type ApiKey = Managed<typeof golive.apiKey>;
export type ApiKeyArgs = Args<typeof golive.apiKey>;

export const FeatureFlag: ManagedClass<typeof golive.featureFlag> = managed("FeatureFlag");
export type FeatureFlag = Managed<typeof golive.featureFlag>;
export type FeatureFlagArgs = Args<typeof golive.featureFlag>;

export const FeatureFlagRule: ManagedClass<typeof golive.featureFlagRule> = managed("FeatureFlagRule");
export type FeatureFlagRule = Managed<typeof golive.featureFlagRule>;
export type FeatureFlagRuleArgs = Args<typeof golive.featureFlagRule>;

export const WebhookEndpoint: ManagedClass<typeof golive.webhookEndpoint> = managed("WebhookEndpoint");
export type WebhookEndpoint = Managed<typeof golive.webhookEndpoint>;
export type WebhookEndpointArgs = Args<typeof golive.webhookEndpoint>;

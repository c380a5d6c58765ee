import type * as golive from "@golive/provider";
import { asked, askedOutput, type Direct, type Lifted } from "./invoke";
import type { FunctionArgs, FunctionOutputArgs, FunctionResult } from "./managed";

/** Finds a project by its name or its id. */
export const getProject: Direct<typeof golive.getProject> = asked("getProject");
/** Finds a project by its name or its id. Asked once every argument is known. */
export const getProjectOutput: Lifted<typeof golive.getProject> = askedOutput("getProject");
export type GetProjectArgs = FunctionArgs<typeof golive.getProject>;
export type GetProjectOutputArgs = FunctionOutputArgs<typeof golive.getProject>;
export type GetProjectResult = FunctionResult<typeof golive.getProject>;

/** Finds an environment by its name, by its type where only one of the project has it, or by its id. */
export const getEnvironment: Direct<typeof golive.getEnvironment> = asked("getEnvironment");
/** Finds an environment by its name, by its type where only one of the project has it, or by its id. Asked once every argument is known. */
export const getEnvironmentOutput: Lifted<typeof golive.getEnvironment> = askedOutput("getEnvironment");
export type GetEnvironmentArgs = FunctionArgs<typeof golive.getEnvironment>;
export type GetEnvironmentOutputArgs = FunctionOutputArgs<typeof golive.getEnvironment>;
export type GetEnvironmentResult = FunctionResult<typeof golive.getEnvironment>;

/** Finds an application by its name, by its client id, or as the default one of an environment. It never tells a secret. */
export const getApplication: Direct<typeof golive.getApplication> = asked("getApplication");
/** Finds an application by its name, by its client id, or as the default one of an environment. It never tells a secret. Asked once every argument is known. */
export const getApplicationOutput: Lifted<typeof golive.getApplication> = askedOutput("getApplication");
export type GetApplicationArgs = FunctionArgs<typeof golive.getApplication>;
export type GetApplicationOutputArgs = FunctionOutputArgs<typeof golive.getApplication>;
export type GetApplicationResult = FunctionResult<typeof golive.getApplication>;

/** Finds a feature flag by its slug, or by its id. */
export const getFeatureFlag: Direct<typeof golive.getFeatureFlag> = asked("getFeatureFlag");
/** Finds a feature flag by its slug, or by its id. Asked once every argument is known. */
export const getFeatureFlagOutput: Lifted<typeof golive.getFeatureFlag> = askedOutput("getFeatureFlag");
export type GetFeatureFlagArgs = FunctionArgs<typeof golive.getFeatureFlag>;
export type GetFeatureFlagOutputArgs = FunctionOutputArgs<typeof golive.getFeatureFlag>;
export type GetFeatureFlagResult = FunctionResult<typeof golive.getFeatureFlag>;

/** The names of the events that a WebhookEndpoint may ask for, as far as golive knows them. */
export const getWebhookEventTypes: Direct<typeof golive.getWebhookEventTypes> = asked("getWebhookEventTypes");
/** The names of the events that a WebhookEndpoint may ask for, as far as golive knows them. Asked once every argument is known. */
export const getWebhookEventTypesOutput: Lifted<typeof golive.getWebhookEventTypes> =
  askedOutput("getWebhookEventTypes");
export type GetWebhookEventTypesArgs = FunctionArgs<typeof golive.getWebhookEventTypes>;
export type GetWebhookEventTypesOutputArgs = FunctionOutputArgs<typeof golive.getWebhookEventTypes>;
export type GetWebhookEventTypesResult = FunctionResult<typeof golive.getWebhookEventTypes>;

/** Compares two environments, and says of each difference whether it is meant to be. It tells names and never a value. */
export const getParity: Direct<typeof golive.getParity> = asked("getParity");
/** Compares two environments, and says of each difference whether it is meant to be. It tells names and never a value. Asked once every argument is known. */
export const getParityOutput: Lifted<typeof golive.getParity> = askedOutput("getParity");
export type GetParityArgs = FunctionArgs<typeof golive.getParity>;
export type GetParityOutputArgs = FunctionOutputArgs<typeof golive.getParity>;
export type GetParityResult = FunctionResult<typeof golive.getParity>;

import type { FunctionDefinition } from "./function";
import { getApplication } from "./application";
import { getEnvironment } from "./environment";
import { getFeatureFlag } from "./feature-flag";
import { getParity } from "./parity";
import { getProject } from "./project";
import { getWebhookEventTypes } from "./webhook-event-types";

/** Every function of golive by its name. */
export const functions = {
  getProject,
  getEnvironment,
  getApplication,
  getFeatureFlag,
  getWebhookEventTypes,
  getParity,
} as const;

export { getApplication, getEnvironment, getFeatureFlag, getParity, getProject, getWebhookEventTypes };
export type FunctionName = keyof typeof functions;
export type { FunctionDefinition };

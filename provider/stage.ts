/**
 * The shape of an environment in stack config, shared by the SDK's Stage component and the commands that read config.
 * Each section holds entries by name; an entry has the inputs of its resource, less those that the stage fills in.
 */
export const sections = {
  /** By name. */
  applications: { kind: "Application", named: "name", filled: ["environment", "environmentType"] },
  /** By the flag's slug. */
  flags: { kind: "FeatureFlagRule", named: undefined, filled: ["environment", "environmentType", "flag"] },
  /** By any name; the URL identifies it. */
  webhooks: { kind: "WebhookEndpoint", named: undefined, filled: ["environment", "environmentType"] },
  /** By name. */
  keys: { kind: "ApiKey", named: "name", filled: ["environment", "environmentType"] },
} as const;

export type Section = keyof typeof sections;

/** Config keys of the environment itself; their values are inputs of an Environment. */
export const environmentKeys = ["name", "type", "deletionProtection"] as const;

/**
 * Every operation that golive sends, and what it is about: the whole team, or something inside one environment, whose
 * id then goes along in a header. The server takes a missing or unknown one for the team's production, silently.
 */
export const operations = {
  currentTeam: "team",
  me: "team",
  createProjectWithNewEnvironments: "team",
  renameProject: "team",
  deleteProject: "team",
  environment: "environment",
  createEnvironment: "environment",
  renameEnvironment: "environment",
  moveEnvironment: "environment",
  deleteEnvironment: "environment",
  userlandApplications: "environment",
  userlandApplication: "environment",
  defaultUserlandApplication: "environment",
  createUserlandApplication: "environment",
  updateUserlandApplication: "environment",
  deleteUserlandApplication: "environment",
  rotateUserlandApplicationSecret: "environment",
  setUserlandApplicationRedirectUris: "environment",
  setUserlandApplicationLogoutUris: "environment",
  setUserlandApplicationWebOrigins: "environment",
  application: "environment",
  createApplication: "environment",
  updateApplication: "environment",
  deleteApplication: "environment",
  setRedirectUris: "environment",
  redirectUris: "environment",
  keys: "environment",
  mintKey: "environment",
  expireKey: "environment",
  renameKey: "environment",
  flag: "environment",
  flagBySlug: "environment",
  flagsForProject: "environment",
  createFlag: "environment",
  updateFlag: "environment",
  deleteFlag: "environment",
  updateFlagEnvironment: "environment",
  webhookEndpoints: "environment",
  webhookEndpoint: "environment",
  webhookEvents: "environment",
  createWebhookEndpoint: "environment",
  updateWebhookEndpoint: "environment",
  deleteWebhookEndpoint: "environment",
  rotateWebhookSecret: "environment",
  organizations: "environment",
} as const satisfies Readonly<Record<string, "team" | "environment">>;

type About<S> = {
  [N in keyof typeof operations]: (typeof operations)[N] extends S ? N : never;
}[keyof typeof operations];
export type TeamOperation = About<"team">;
export type EnvironmentOperation = About<"environment">;

import { GraphQLError } from "graphql";
import * as applications from "../../domain/applications";
import * as domains from "../../domain/domains";
import * as environments from "../../domain/environments";
import * as flags from "../../domain/flags";
import * as keys from "../../domain/keys";
import { accountOf, environmentOf } from "../../domain/session";
import * as webhooks from "../../domain/webhooks";
import type { Row } from "../../store/database";
import type {
  ApplicationData,
  EnvironmentData,
  FlagData,
  KeyData,
  ProjectData,
  RuleData,
  WebhookData,
} from "../../store/objects";
import type { Context } from "./queries";
import {
  applicationView,
  environmentView,
  flagView,
  keyView,
  projectView,
  ruleView,
  teamView,
  webhookView,
} from "./views";

type Result = { readonly __typename: string } & Readonly<Record<string, unknown>>;
type Input<F extends (...args: never[]) => unknown> = Parameters<F>[1];

/** The rows in a result, as the schema shows them. */
const views: Readonly<Record<string, (context: Context, row: never) => unknown>> = {
  project: (context, row: Row<ProjectData>) => projectView(context, row),
  environment: (context, row: Row<EnvironmentData>) => environmentView(context, row),
  environments: (context, rows: Row<EnvironmentData>[]) => rows.map((row) => environmentView(context, row)),
  userlandApplication: (context, row: Row<ApplicationData>) => applicationView(context, row),
  key: (_context, row: Row<KeyData>) => keyView(row),
  flag: (context, row: Row<FlagData>) => flagView(context, row),
  flagEnvironment: (_context, row: Row<RuleData>) => ruleView(row),
  webhookEndpoint: (_context, row: Row<WebhookData>) => webhookView(row),
};
const shown = (context: Context, result: Result): Result =>
  Object.fromEntries(
    Object.entries(result).map(([name, value]) => [name, views[name] ? views[name](context, value as never) : value]),
  ) as Result;

/** A mutation of one `input`. */
const mutation =
  <I>(run: (context: Context, input: I) => Result) =>
  ({ input }: { input: I }, context: Context): Result =>
    shown(context, run(context, input));

/** What a mutation that answers an object, and no union, says of a refusal that has no message of its own. */
const sentences: Readonly<Record<string, (result: Result) => string>> = {
  EnvironmentNotFound: ({ environmentId }) => `There is no environment ${environmentId}.`,
  EnvironmentNameAlreadyUsed: ({ name }) => `The project has an environment named '${name}'.`,
  WebhookEndpointNotFound: ({ webhookEndpointId }) => `There is no webhook endpoint ${webhookEndpointId}.`,
  DuplicateWebhookEndpoint: ({ endpointUrl }) => `The environment has an endpoint with the URL '${endpointUrl}'.`,
};
function refusalOf(result: Result): GraphQLError {
  const { __typename, message } = result;
  const code = __typename.endsWith("NotFound") ? "NOT_FOUND" : "BAD_USER_INPUT";
  return new GraphQLError(String(message ?? sentences[__typename]!(result)), { extensions: { code } });
}
/** The success of one that answers an object. */
function succeeded(context: Context, result: Result, success: string): Result {
  if (result.__typename !== success) throw refusalOf(result);
  return shown(context, result);
}

const ofDefault = (context: Context, environmentId: string | null | undefined): string => {
  const environment = environmentId && environmentOf(context, environmentId);
  return environment ? (applications.defaultApplicationOf(context, environment.id)?.id ?? "") : "";
};
/** What the API refuses without a typed result. */
const refused = (message: string) => new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
function projectOfHeader(context: Context): string {
  const environment = environments.environmentOfHeader(context, context.header);
  if (!environment) throw refused("The account has no project: create one first.");
  return environment.parent;
}
/** Projects and environments have a name; how long it may be is not published. */
function named(name: string): string {
  if (!name.trim() || name.length > 200) throw refused("name must have 1 to 200 characters.");
  return name;
}
interface Uris {
  readonly applicationId?: string;
  readonly environmentId?: string;
  readonly dryRun?: boolean;
}
type WrittenUris = Parameters<typeof applications.setRedirectUris>[2];

export const mutations = {
  createProjectWithNewEnvironments: mutation<{ name: string; includeProductionEnvironment: boolean | null }>(
    (context, input) =>
      environments.createProject(context, named(input.name), input.includeProductionEnvironment !== false),
  ),
  renameProject: mutation<{ projectId: string; name: string }>((c, i) =>
    environments.renameProject(c, i.projectId, named(i.name)),
  ),
  deleteProject: mutation<{ projectId: string }>((c, i) => environments.deleteProject(c, i.projectId)),
  createEnvironment({ input }: { input: { name: string; isSandbox: boolean } }, c: Context) {
    const made = environments.createEnvironment(c, projectOfHeader(c), named(input.name), input.isSandbox);
    return succeeded(c, made, "EnvironmentCreated");
  },
  renameEnvironment({ input }: { input: { environmentId: string; name: string } }, c: Context) {
    return succeeded(
      c,
      environments.renameEnvironment(c, input.environmentId, named(input.name)),
      "EnvironmentRenamed",
    );
  },
  moveEnvironment: mutation<{ environmentId: string; projectId: string; dryRun: boolean }>((c, i) =>
    environments.moveEnvironment(c, i.environmentId, i.projectId, i.dryRun),
  ),
  deleteEnvironment: mutation<{ environmentId: string }>((c, i) => environments.deleteEnvironment(c, i.environmentId)),
  setCustomDomain: mutation<Input<typeof domains.setCustomDomain>>(domains.setCustomDomain),
  setTestIdentityProvider: mutation<Input<typeof domains.setTestIdentityProvider>>(domains.setTestIdentityProvider),
  setUpBilling(_: unknown, context: Context) {
    const account = accountOf(context);
    context.store.update(account, { data: { ...account.data, productionState: "Active" } });
    return { team: teamView(context) };
  },
  createUserlandApplication: mutation<Input<typeof applications.createApplication>>(applications.createApplication),
  updateUserlandApplication: mutation<Input<typeof applications.updateApplication>>(applications.updateApplication),
  deleteUserlandApplication: mutation<{ applicationId: string }>((c, i) =>
    applications.deleteApplication(c, i.applicationId),
  ),
  setUserlandApplicationRedirectUris: mutation<Uris & { redirectUris: WrittenUris }>((c, i) =>
    applications.setRedirectUris(c, i.applicationId ?? "", i.redirectUris, i.dryRun),
  ),
  setUserlandApplicationLogoutUris: mutation<Uris & { logoutUris: WrittenUris }>((c, i) =>
    applications.setLogoutUris(c, i.applicationId ?? "", i.logoutUris, i.dryRun),
  ),
  setUserlandApplicationWebOrigins: mutation<Uris & { origins: string[] }>((c, i) =>
    applications.setWebOrigins(c, i.applicationId ?? "", i.origins, i.dryRun),
  ),
  setRedirectUris: mutation<Uris & { redirectUris: WrittenUris }>((c, i) =>
    applications.setRedirectUris(c, i.applicationId ?? ofDefault(c, i.environmentId), i.redirectUris, i.dryRun),
  ),
  setLogoutUris: mutation<Uris & { logoutUris: WrittenUris }>((c, i) =>
    applications.setLogoutUris(c, ofDefault(c, i.environmentId), i.logoutUris, i.dryRun),
  ),
  setWebOrigins: ({ environmentId, origins, dryRun }: Uris & { origins: string[] }, c: Context) =>
    applications.setWebOrigins(c, ofDefault(c, environmentId), origins, dryRun),
  rotateUserlandApplicationSecret: mutation<{ applicationId: string }>((c, i) =>
    applications.rotateApplicationSecret(c, i.applicationId),
  ),
  mintKey: mutation<{
    environmentId: string;
    applicationId?: string;
    name: string;
    kind: KeyData["kind"];
    expiresAt?: string;
  }>((c, { environmentId, ...wanted }) => keys.mintKey(c, environmentId, wanted)),
  expireKey: mutation<{ keyId: string; expiresAt?: string | null }>((c, i) => keys.expireKey(c, i.keyId, i.expiresAt)),
  renameKey: mutation<{ keyId: string; name: string }>((c, i) => keys.renameKey(c, i.keyId, i.name)),
  createFlag: mutation<Input<typeof flags.createFlag>>(flags.createFlag),
  updateFlag: mutation<Input<typeof flags.updateFlag>>(flags.updateFlag),
  deleteFlag: mutation<{ flagId: string; projectId: string }>((c, i) => flags.deleteFlag(c, i.flagId, i.projectId)),
  updateFlagEnvironment: mutation<Input<typeof flags.updateRule>>(flags.updateRule),
  createWebhookEndpoint: (args: Input<typeof webhooks.createWebhook>, c: Context) =>
    succeeded(c, webhooks.createWebhook(c, args), "WebhookEndpointCreated")["webhookEndpoint"],
  updateWebhookEndpoint: (args: Input<typeof webhooks.updateWebhook>, c: Context) =>
    succeeded(c, webhooks.updateWebhook(c, args), "WebhookEndpointUpdated")["webhookEndpoint"],
  deleteWebhookEndpoint: ({ id }: { id: string }, c: Context) =>
    succeeded(c, webhooks.deleteWebhook(c, id), "WebhookEndpointDeleted")["webhookEndpointId"],
  rotateWebhookSecret: mutation<{ webhookEndpointId: string }>((c, i) =>
    webhooks.rotateWebhookSecret(c, i.webhookEndpointId),
  ),
};

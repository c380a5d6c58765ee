import { GraphQLError } from "graphql";
import * as applications from "../../domain/applications";
import * as domains from "../../domain/domains";
import * as environments from "../../domain/environments";
import * as flags from "../../domain/flags";
import * as keys from "../../domain/keys";
import { accountOf, environmentOf } from "../../domain/session";
import * as webhooks from "../../domain/webhooks";
import { isName, longestDescription } from "../../rules/texts";
import type { KeyData } from "../../store/objects";
import * as connect from "./connect";
import { refused } from "./instant";
import { type Input, mutation, succeeded } from "./results";
import { allInEnvironment, type ResolverContext } from "./scope";
import { teamView } from "./views/team";

const ofDefault = (context: ResolverContext, environmentId: string | null | undefined): string => {
  const environment = environmentId && environmentOf(context, environmentId);
  const application = environment && applications.defaultApplicationOf(context, environment.id);
  if (!application)
    throw new GraphQLError(`There is no environment ${environmentId}.`, { extensions: { code: "NOT_FOUND" } });
  return application.id;
};
function projectOfHeader(context: ResolverContext): string {
  const environment = environments.environmentOfHeader(context, context.header);
  if (!environment) throw refused("The account has no project: create one first.");
  return environment.parent;
}
/** Projects and environments have a name; how long it may be is not published. */
function named(name: string, longest = 200): string {
  if (!isName(name, longest)) throw refused(`name must have 1 to ${longest} characters.`);
  return name;
}
/** A person who may only work in staging makes no production either. */
function allowed(context: ResolverContext, isSandbox: boolean): void {
  if (!isSandbox && context.role === "sandbox")
    throw new GraphQLError("Your role may not make a production environment.", { extensions: { code: "FORBIDDEN" } });
}
/** A flag has a name too, and perhaps a description. */
function described<F extends { readonly name: string; readonly description?: string | null | undefined }>(flag: F): F {
  named(flag.name);
  if ((flag.description ?? "").length > longestDescription)
    throw refused(`description must have ${longestDescription} characters at most.`);
  return flag;
}
interface Uris {
  readonly applicationId?: string | null;
  readonly environmentId?: string | null;
  readonly dryRun?: boolean | null;
}
type WrittenUris = Parameters<typeof applications.setRedirectUris>[2];

/** Of the whole team, whatever the header says. */
const ofTeam = {
  createProjectWithNewEnvironments: mutation<{ name: string; includeProductionEnvironment: boolean | null }>(
    (context, input) =>
      environments.createProject(context, named(input.name), input.includeProductionEnvironment !== false),
  ),
  renameProject: mutation<{ projectId: string; name: string }>((c, i) =>
    environments.renameProject(c, i.projectId, named(i.name)),
  ),
  deleteProject: mutation<{ projectId: string }>((c, i) => environments.deleteProject(c, i.projectId)),
  setUpBilling(_: unknown, context: ResolverContext) {
    const account = accountOf(context);
    const productionEnabledAt = account.data.productionEnabledAt ?? new Date().toISOString();
    context.store.update(account, { data: { ...account.data, productionState: "Active", productionEnabledAt } });
    return { team: teamView(context) };
  },
};

const ofEnvironment = allInEnvironment({
  createEnvironment({ input }: { input: { name: string; isSandbox: boolean } }, c: ResolverContext) {
    allowed(c, input.isSandbox);
    const made = environments.createEnvironment(c, projectOfHeader(c), named(input.name, 100), input.isSandbox);
    return succeeded(c, made, "EnvironmentCreated");
  },
  renameEnvironment({ input }: { input: { environmentId: string; name: string } }, c: ResolverContext) {
    return succeeded(
      c,
      environments.renameEnvironment(c, input.environmentId, named(input.name, 100)),
      "EnvironmentRenamed",
    );
  },
  moveEnvironment: mutation<{ environmentId: string; projectId: string; dryRun: boolean | null }>((c, i) =>
    environments.moveEnvironment(c, i.environmentId, i.projectId, i.dryRun),
  ),
  deleteEnvironment: mutation<{ environmentId: string }>((c, i) => environments.deleteEnvironment(c, i.environmentId)),
  setCustomDomain: mutation<Input<typeof domains.setCustomDomain>>(domains.setCustomDomain),
  setTestIdentityProvider: mutation<Input<typeof domains.setTestIdentityProvider>>(domains.setTestIdentityProvider),
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
    connect.setRedirectUris(c, i.applicationId ?? ofDefault(c, i.environmentId), i.redirectUris, i.dryRun),
  ),
  setLogoutUris: mutation<Uris & { logoutUris: WrittenUris }>((c, i) => {
    const set = applications.setLogoutUris(c, ofDefault(c, i.environmentId), i.logoutUris, i.dryRun);
    if (set.__typename !== "MultipleDefaultUrisError") return set;
    // at this level the union has no such member
    const uri = i.logoutUris.filter(({ isDefault }) => isDefault)[1]!.uri;
    return { ...set, __typename: "InvalidLogoutUriError", uri };
  }),
  setWebOrigins: ({ environmentId, origins, dryRun }: Uris & { origins: string[] }, c: ResolverContext) =>
    applications.setWebOrigins(c, ofDefault(c, environmentId), origins, dryRun),
  updateInitiateLoginUrl: mutation<{ environmentId: string; url: string }>((c, { environmentId, url }) => {
    if (!environmentOf(c, environmentId)) return { __typename: "EnvironmentNotFound", environmentId };
    const applicationId = ofDefault(c, environmentId);
    const result = applications.updateApplication(c, { applicationId, initiateLoginUri: url });
    if (result.__typename !== "UserlandApplicationUpdated") throw refused("url is not a valid URL.");
    return { __typename: "InitiateLoginUrlUpdated", url };
  }),
  createApplication: mutation(connect.createApplication),
  updateApplication: mutation(connect.updateApplication),
  deleteApplication: mutation<{ applicationId: string }>((c, i) => connect.deleteApplication(c, i.applicationId)),
  deleteApplicationCredential: mutation<{ applicationCredentialId: string }>((c, i) =>
    connect.deleteCredential(c, i.applicationCredentialId),
  ),
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
  createFlag: mutation<Input<typeof flags.createFlag>>((c, i) => flags.createFlag(c, described(i))),
  updateFlag: mutation<Input<typeof flags.updateFlag>>((c, i) => flags.updateFlag(c, described(i))),
  deleteFlag: mutation<{ flagId: string; projectId: string }>((c, i) => flags.deleteFlag(c, i.flagId, i.projectId)),
  updateFlagEnvironment: mutation<Input<typeof flags.updateRule>>(flags.updateRule),
  createWebhookEndpoint: (args: Input<typeof webhooks.createWebhook>, c: ResolverContext) =>
    succeeded(c, webhooks.createWebhook(c, args), "WebhookEndpointCreated")["webhookEndpoint"],
  updateWebhookEndpoint: (args: Input<typeof webhooks.updateWebhook>, c: ResolverContext) =>
    succeeded(c, webhooks.updateWebhook(c, args), "WebhookEndpointUpdated")["webhookEndpoint"],
  deleteWebhookEndpoint: ({ id }: { id: string }, c: ResolverContext) =>
    succeeded(c, webhooks.deleteWebhook(c, id), "WebhookEndpointDeleted")["webhookEndpointId"],
  rotateWebhookSecret: mutation<{ webhookEndpointId: string }>((c, i) =>
    webhooks.rotateWebhookSecret(c, i.webhookEndpointId),
  ),
});

export const mutations = { ...ofTeam, ...ofEnvironment };

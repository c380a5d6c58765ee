import { GraphQLError } from "graphql";
import * as applications from "../../domain/applications";
import * as domain from "../../domain/connect";
import { environmentOfHeader } from "../../domain/environments";
import { seen } from "../../domain/session";
import type { WrittenUri } from "../../rules/redirect-uris";
import type { OrganizationData } from "../../store/objects";
import { refused } from "./instant";
import type { ResolverContext } from "./scope";

// Connect applications on the dashboard API: the environment API has the same ones.

export interface NewApplication {
  readonly name: string;
  readonly type: "OAuth" | "M2M";
  readonly description?: string | null;
  readonly organizationId?: string | null;
  readonly clientConfidentiality?: "Confidential" | "Public" | null;
}
export interface ApplicationUpdate {
  readonly applicationId: string;
  readonly name?: string | null;
  readonly description?: string | null;
  readonly lightLogoFile?: unknown;
  readonly darkLogoFile?: unknown;
}
const notFound = (applicationId: string) => ({ __typename: "ApplicationNotFound", applicationId });
function named(name: string): string {
  if (!name.trim() || name.length > 200) throw refused("name must have 1 to 200 characters.");
  return name;
}

export function createApplication(context: ResolverContext, input: NewApplication) {
  const { name, type, description, organizationId, clientConfidentiality } = input;
  const { store, account } = context;
  const organization =
    organizationId == null
      ? undefined
      : seen(context, "environment", store.get<OrganizationData>("organization", account, organizationId));
  if (organizationId != null && !organization) return { __typename: "OrganizationNotFound", organizationId };
  if (type === "M2M" && !organization)
    throw refused("An M2M application belongs to an organization: organizationId is required.");
  const environment = organization?.parent ?? environmentOfHeader(context, context.header)?.id;
  if (environment === undefined) throw refused("The account has no environment: create a project first.");
  const application = domain.newConnect(context, environment, {
    name: named(name),
    type: type === "M2M" ? "m2m" : "oauth",
    description: description ?? null,
    scopes: [],
    redirectUris: [],
    usesPkce: clientConfidentiality === "Public",
    isFirstParty: !organization,
    organizationId: organization?.id ?? null,
  });
  return { __typename: "ApplicationCreated", application };
}

export function updateApplication(
  context: ResolverContext,
  { applicationId, name, description, ...files }: ApplicationUpdate,
) {
  const row = domain.anyConnectOf(context, applicationId);
  if (!row) return notFound(applicationId);
  if (files.lightLogoFile != null || files.darkLogoFile != null)
    return { __typename: "ApplicationAssetUploadError", message: "A rehearsal takes no files." };
  const application = domain.updateConnect(context, row, {
    ...(name != null && { name: named(name) }),
    ...(description !== undefined && { description }),
  });
  return { __typename: "ApplicationUpdated", application };
}

export function deleteApplication(context: ResolverContext, applicationId: string) {
  if (!domain.anyConnectOf(context, applicationId)) return notFound(applicationId);
  domain.deleteConnect(context, applicationId);
  return { __typename: "ApplicationDeleted", id: applicationId };
}

export function deleteCredential(context: ResolverContext, id: string) {
  if (!domain.secretOf(context, id))
    throw new GraphQLError(`There is no application credential ${id}.`, { extensions: { code: "NOT_FOUND" } });
  context.store.remove(id);
  return { __typename: "ApplicationCredentialDeleted", id };
}

/** Of an application of either kind. */
export function setRedirectUris(
  context: ResolverContext,
  id: string,
  uris: readonly WrittenUri[],
  dryRun?: boolean | null,
) {
  const row = domain.anyConnectOf(context, id);
  if (!row) {
    const result = applications.setRedirectUris(context, id, uris, dryRun);
    if (result.__typename !== "UserlandApplicationNotFound") return result;
    throw new GraphQLError(`There is no application ${id}.`, { extensions: { code: "NOT_FOUND" } });
  }
  const set = domain.setConnectUris(context, row, uris, dryRun);
  if (Array.isArray(set))
    return { __typename: "RedirectUrisSet", redirectUris: domain.withUriIds({ redirectUris: set }) };
  return applications.uriFault(set);
}

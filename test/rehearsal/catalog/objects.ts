// Connect applications, flags, webhook endpoints and organizations.
import { inStaging, meta, mutation, ofEnvironment, type Operation, page, passed, plain, query } from "./builders";
import * as fragment from "./fragments";

const projectGone = "ProjectNotFound { projectId }";
export const connect: readonly Operation[] = [
  mutation(
    "createApplication",
    "createApplication",
    [`ApplicationCreated { application { ${fragment.Application} } }`, "OrganizationNotFound { organizationId }"],
    ({ organization }) => ({
      name: "CLI",
      type: "OAuth",
      description: "Ours",
      organizationId: organization,
      clientConfidentiality: "Public",
    }),
    ["connect", "application", "id"],
  ),
  mutation(
    "updateApplication",
    "updateApplication",
    [
      `ApplicationUpdated { application { ${fragment.Application} } }`,
      "ApplicationNotFound { applicationId }",
      "ApplicationAssetUploadError { message }",
    ],
    ({ connect: applicationId }) => ({ applicationId, name: "Tool", description: null }),
  ),
  query("application", "application", "id: String!", fragment.Application, { values: ({ connect: id }) => ({ id }) }),
  ofEnvironment(
    "environmentApplications",
    `applications${passed(`search: x, type: x, registration: x, ${page}`)} { data { ${fragment.Application} } ${meta} }`,
    `search: String, type: ApplicationIntegrationType, registration: ApplicationRegistration, ${page}`,
    { search: "too", type: "OAuth", registration: "Authenticated" },
  ),
  mutation(
    "deleteApplicationCredential",
    "deleteApplicationCredential",
    ["ApplicationCredentialDeleted { id }"],
    ({ secret }) => ({ applicationCredentialId: secret }),
  ),
  mutation(
    "deleteApplication",
    "deleteApplication",
    ["ApplicationDeleted { id }", "ApplicationNotFound { applicationId }"],
    ({ connect: applicationId }) => ({ applicationId }),
  ),
];
export const flags: readonly Operation[] = [
  mutation(
    "createFlag",
    "createFlag",
    [
      `FlagCreated { flag { ${fragment.Flag} } }`,
      "FlagAlreadyExists { slug }",
      "FlagSlugInvalid { slug }",
      projectGone,
    ],
    ({ project, me }) => ({
      projectId: project,
      slug: "beta",
      name: "Beta",
      userId: me,
      description: "New",
      tags: ["a", "b"],
    }),
    ["flag", "flag", "id"],
  ),
  mutation(
    "updateFlag",
    "updateFlag",
    [`FlagUpdated { flag { ${fragment.Flag} } }`, "FlagNotFound { flagId }"],
    ({ flag, me }) => ({ flagId: flag, name: "Beta 2", description: null, tags: ["a"], userId: me }),
  ),
  query(
    "flags",
    "flagsForProject",
    `projectId: String!, status: String, search: String, tags: [String!], rangeStart: DateTime, rangeEnd: DateTime, ${page}, order: PaginationOrder`,
    `data { ${fragment.FlagListItem} } ${meta}`,
    {
      values: ({ project }) => ({
        projectId: project,
        search: "beta",
        tags: ["a"],
        rangeStart: "2020-01-01T00:00:00Z",
        rangeEnd: "2999-01-01T00:00:00Z",
        order: "Normal",
      }),
    },
  ),
  query("flag", "flag", "id: ID!", fragment.Flag, { values: ({ flag }) => ({ id: flag }) }),
  query("flagBySlug", "flagBySlug", "projectId: String!, slug: String!", fragment.Flag, {
    values: ({ project }) => ({ projectId: project, slug: "beta" }),
    keep: ["rule", "flagEnvironments", 0, "id"],
  }),
  mutation(
    "updateFlagEnvironment",
    "updateFlagEnvironment",
    [
      `FlagEnvironmentUpdated { flagEnvironment { ${fragment.FlagEnvironment} } }`,
      "FlagEnvironmentNotFound { flagEnvironmentId }",
    ],
    ({ rule, organization }) => ({
      flagEnvironmentId: rule,
      flagEnabled: true,
      defaultEnabled: false,
      accessType: "SOME",
      organizationIds: [organization],
      userIds: ["user_1"],
    }),
  ),
  query(
    "tags",
    "tags",
    `projectId: String!, name: String, ${page}`,
    `data { id projectId name createdAt updatedAt } ${meta}`,
    {
      values: ({ project }) => ({ projectId: project, name: "a", limit: 1 }),
    },
  ),
  mutation(
    "deleteFlag",
    "deleteFlag",
    ["FlagDeleted { flagId }", "FlagNotFound { flagId }", projectGone],
    ({ flag, project }) => ({ flagId: flag, projectId: project }),
  ),
];
export const webhooks: readonly Operation[] = [
  plain(
    "createWebhookEndpoint",
    "createWebhookEndpoint",
    "endpointUrl: String!, environmentId: String!, events: [String!]!",
    "id",
    {
      values: (ids) => ({ ...inStaging(ids), endpointUrl: "https://a.example.com/in", events: ["user.created"] }),
      keep: ["hook", "id"],
    },
  ),
  plain(
    "updateWebhookEndpoint",
    "updateWebhookEndpoint",
    "webhookEndpointId: String!, endpointUrl: String, state: WebhookEndpointState, events: [String!]",
    "id",
    { values: ({ hook }) => ({ webhookEndpointId: hook, state: "InActive" }) },
  ),
  query(
    "webhookEndpoints",
    "webhookEndpoints",
    `environmentId: String!, ${page}`,
    `data { ${fragment.WebhookEndpoint} createdAt } ${meta}`,
    {
      values: inStaging,
    },
  ),
  query("webhookEndpoint", "webhookEndpoint", "id: String!", fragment.WebhookEndpoint, {
    values: ({ hook }) => ({ id: hook }),
  }),
  query("webhookEvents", "webhookEvents", "", "id category"),
  query("webhookEventsWithFixtures", "webhookEvents", "", fragment.WebhookEventWithFixture),
  plain("deleteWebhookEndpoint", "deleteWebhookEndpoint", "id: String!", "", { values: ({ hook }) => ({ id: hook }) }),
];
const range = "rangeStart: DateTime, rangeEnd: DateTime";
export const organizations: readonly Operation[] = [
  query(
    "organizations",
    "organizations",
    `environmentId: String!, before: String, after: String, limit: Int = 10, search: String, sortField: OrganizationSortField, order: PaginationOrder, ${range}, connectionState: OrganizationConnectionState, connectionType: ConnectionType, directoryState: OrganizationDirectoryState, directoryType: DirectoryType, auditLogStreamType: AuditLogStreamType, auditLogStreamState: AuditLogStreamState, expiringCertificateWindow: DateTime, hasDataIntegrations: Boolean, hasOrganizationAdmin: Boolean, usersCountMinimum: Int, usersCountMaximum: Int`,
    `data { ${fragment.Organization} } ${meta}`,
    { values: inStaging },
  ),
  query(
    "organizationsForSelect",
    "organizations",
    "environmentId: String!, before: String, after: String, limit: Int = 10, search: String, sortField: OrganizationSortField, order: PaginationOrder",
    `data { id name } ${meta}`,
    { values: (ids) => ({ ...inStaging(ids), sortField: "Name", order: "Asc" }) },
  ),
  query("organization", "organization", "id: String!", fragment.Organization, {
    values: ({ organization }) => ({ id: organization }),
  }),
  query("organizationCount", "organizationCount", "environmentId: String!", "", { values: inStaging }),
];

// Projects, environments, and the applications that sign users in.
import { inStaging, meta, mutation, ofEnvironment, type Operation, page, plain, query } from "./builders";
import * as fragment from "./fragments";

const notThere = "UserlandApplicationNotFound { applicationId }";
const redirects = [
  "RedirectUrisSet { redirectUris { id uri isDefault } }",
  "InvalidRedirectUriError { message uri }",
  "InvalidWildcardRedirectUri { message uri }",
];
const logouts = [
  "LogoutUrisSet { logoutUris { id uri isDefault } }",
  "InvalidLogoutUriError { message uri }",
  "InvalidWildcardLogoutUri { message uri }",
];
const origins = [
  "WebOriginsSet { origins }",
  "InvalidWebOriginProtocol { message uri }",
  "InvalidWildcardWebOrigin { message uri }",
  "MalformedWebOrigin { message uri }",
  "WildcardNotAllowedInEnvironment { message uri }",
];
const projectTaken = "ProjectNameAlreadyUsed { name }";
const projectGone = "ProjectNotFound { projectId }";
const urls = {
  appHomepageUrl: "https://a.example.com",
  initiateLoginUri: "https://a.example.com/login",
  passwordResetUrl: "https://a.example.com/reset",
  signUpUrl: "https://a.example.com/join",
  userInvitationUrl: "https://a.example.com/invited",
};
const uris = [
  { id: "redir_unknown", uri: "https://a.example.com/cb", isDefault: true },
  { uri: "https://b.example.com/cb", isDefault: false },
];

export const projects: readonly Operation[] = [
  query("teamProjectsV2", "currentTeam", "", `id projectsV2 { id name environments { ${fragment.Environment} } }`),
  {
    ...query("dashboardSession", "currentEnvironment", "", ""),
    body: `currentEnvironment { ${fragment.Environment} projectV2 { id name environments { id name logoUrl sandbox clientId platform
        customAuthDomainScope customAdminPortalDomainScope } } }
      me { id firstName lastName name email workosUserId impersonator { email firstName lastName } impersonationReason
        users_teams { id role state user { id } team { id } } }
      currentTeam { ${fragment.CurrentTeam} }`,
  },
  mutation(
    "createProjectWithNewEnvironments",
    "createProjectWithNewEnvironments",
    ["ProjectCreated { project { id name } }", projectTaken],
    () => ({ name: "Catalog", includeProductionEnvironment: false }),
    ["other", "project", "id"],
  ),
  mutation(
    "renameProject",
    "renameProject",
    ["ProjectRenamed { project { id name } }", projectTaken, projectGone],
    ({ other }) => ({ projectId: other, name: "Catalogue" }),
  ),
  plain("createEnvironment", "createEnvironment", "input: CreateEnvironmentInput!", "environment { id name sandbox }", {
    values: () => ({ input: { name: "QA", isSandbox: true } }),
  }),
  plain("renameEnvironment", "renameEnvironment", "input: RenameEnvironmentInput!", "environment { id name }", {
    values: ({ staging }) => ({ input: { environmentId: staging, name: "Staging 2" } }),
  }),
];
export const authkit: readonly Operation[] = [
  mutation(
    "createAuthkitApplication",
    "createUserlandApplication",
    [
      `UserlandApplicationCreated { userlandApplication { ${fragment.UserlandApplication} } }`,
      "UserlandApplicationValidationFailed { message }",
      "EnvironmentNotFound { __typename }",
    ],
    ({ staging }) => ({ environmentId: staging, name: "web", ...urls }),
    ["application", "userlandApplication", "id"],
  ),
  mutation(
    "updateAuthkitApplication",
    "updateUserlandApplication",
    [
      `UserlandApplicationUpdated { userlandApplication { ${fragment.UserlandApplication} } }`,
      notThere,
      "UserlandApplicationValidationFailed { message }",
    ],
    ({ application }) => ({
      applicationId: application,
      name: "web 2",
      ...urls,
      accessTokenExpiry: 300,
      inactivityTimeout: 600,
      maxSessionTime: 900,
    }),
  ),
  mutation(
    "setAuthkitApplicationRedirectUris",
    "setUserlandApplicationRedirectUris",
    [...redirects, notThere],
    ({ application }) => ({ applicationId: application, redirectUris: uris, dryRun: null }),
  ),
  mutation(
    "setAuthkitApplicationLogoutUris",
    "setUserlandApplicationLogoutUris",
    [...logouts, notThere, "MultipleDefaultUrisError { message }"],
    ({ application }) => ({ applicationId: application, logoutUris: uris, dryRun: false }),
  ),
  mutation(
    "setAuthkitApplicationWebOrigins",
    "setUserlandApplicationWebOrigins",
    [...origins, notThere],
    ({ application }) => ({ applicationId: application, origins: ["https://a.example.com"], dryRun: false }),
  ),
  mutation("setRedirectUris", "setRedirectUris", redirects, (ids) => ({ ...inStaging(ids), redirectUris: uris })),
  mutation("setLogoutUris", "setLogoutUris", logouts, (ids) => ({ ...inStaging(ids), logoutUris: uris })),
  {
    ...mutation("updateCorsConfig", "setWebOrigins", origins, () => ({})),
    variables: "environmentId: String!, origins: [String!]!, dryRun: Boolean",
    body: `setWebOrigins(environmentId: $environmentId, origins: $origins, dryRun: $dryRun) { __typename ${origins.map((member) => `... on ${member}`).join(" ")} }`,
    values: (ids) => ({ ...inStaging(ids), origins: ["https://a.example.com"] }),
  },
  mutation(
    "UpdateInitiateLoginUrl",
    "updateInitiateLoginUrl",
    ["InitiateLoginUrlUpdated { url }", "EnvironmentNotFound { environmentId }"],
    (ids) => ({ ...inStaging(ids), url: "https://a.example.com/login" }),
  ),
  ofEnvironment("corsConfig", "webOrigins { origins }"),
  ofEnvironment("initiateLoginUrl", "initiateLoginUrl"),
  query(
    "authkitApplications",
    "userlandApplications",
    `environmentId: String!, search: String, order: PaginationOrder, ${page}`,
    `data { ${fragment.UserlandApplication} } ${meta}`,
    { values: inStaging },
  ),
  query("authkitApplication", "userlandApplication", "id: ID!", fragment.UserlandApplication, {
    values: ({ application }) => ({ id: application }),
  }),
  query(
    "defaultAuthkitApplication",
    "defaultUserlandApplication",
    "environmentId: String!",
    fragment.UserlandApplication,
    { values: inStaging },
  ),
  query(
    "redirectUris",
    "redirectUris",
    "environmentId: String!, before: String, after: String, limit: Int = 100",
    `data { ${fragment.RedirectURI} } ${meta}`,
    { values: inStaging },
  ),
  query("defaultRedirectUri", "defaultRedirectUri", "environmentId: String!", fragment.RedirectURI, {
    values: inStaging,
  }),
  query("logoutUris", "logoutUris", "environmentId: String!, limit: Int = 100", "data { id uri isDefault }", {
    values: inStaging,
  }),
  {
    ...query("apiKeys", "keys", "environmentId: String!, applicationId: String", ""),
    body: (["activeKeys Active", "expiredKeys RecentlyExpired"] as const)
      .map((two) => two.split(" "))
      .map(
        ([alias, scope]) =>
          `${alias}: keys(environmentId: $environmentId, applicationId: $applicationId, scope: ${scope}) { data { ${fragment.Key} } }`,
      )
      .join(" "),
    values: inStaging,
  },
];
export const deletions: readonly Operation[] = [
  mutation(
    "deleteAuthkitApplication",
    "deleteUserlandApplication",
    ["UserlandApplicationDeleted { applicationId }", notThere, "UserlandApplicationCannotDeleteDefault { message }"],
    ({ application }) => ({ applicationId: application }),
  ),
];

// The input types that the catalog's variables reach, field by field, in the notation of the facts: `x` is a String, `x!` a
// String!, `x:T` of type T (B Boolean, I Int, S String), `=v` a default.
const urls = "appHomepageUrl initiateLoginUri passwordResetUrl signUpUrl userInvitationUrl";
const uri = "id uri! isDefault:B";

export const inputs: Readonly<Record<string, string>> = {
  CreateProjectWithNewEnvironmentsInput: "name! includeProductionEnvironment:B",
  RenameProjectInput: "projectId! name!",
  CreateEnvironmentInput: "name! isSandbox:B!",
  RenameEnvironmentInput: "environmentId! name!",
  CreateUserlandApplicationInput: `environmentId! name! ${urls}`,
  UpdateUserlandApplicationInput: `applicationId! name ${urls} accessTokenExpiry:I inactivityTimeout:I maxSessionTime:I`,
  DeleteUserlandApplicationInput: "applicationId!",
  SetUserlandApplicationRedirectUrisInput:
    "applicationId! redirectUris:[SetUserlandApplicationRedirectUriInput!]! dryRun:B",
  SetUserlandApplicationLogoutUrisInput: "applicationId! logoutUris:[SetUserlandApplicationLogoutUriInput!]! dryRun:B",
  SetUserlandApplicationWebOriginsInput: "applicationId! origins:[S!]! dryRun:B!=false",
  SetRedirectUrisInput: "environmentId applicationId redirectUris:[SetRedirectUriInput!]! dryRun:B",
  SetLogoutUrisInput: "environmentId! logoutUris:[SetLogoutUriInput!]! dryRun:B",
  SetUserlandApplicationRedirectUriInput: uri,
  SetUserlandApplicationLogoutUriInput: uri,
  SetRedirectUriInput: uri,
  SetLogoutUriInput: uri,
  UpdateInitiateLoginUrlInput: "environmentId! url!",
  CreateApplicationInput:
    "name! type:ApplicationType! description organizationId:ID clientConfidentiality:ApplicationClientConfidentiality",
  UpdateApplicationInput: "applicationId! name description lightLogoFile:Upload darkLogoFile:Upload",
  DeleteApplicationInput: "applicationId!",
  DeleteApplicationCredentialInput: "applicationCredentialId:ID!",
  CreateFlagInput: "projectId! slug! name! userId! description tags:[S!]",
  UpdateFlagInput: "flagId! name! description tags:[S!] userId",
  DeleteFlagInput: "flagId! projectId!",
  UpdateFlagEnvironmentInput:
    "flagEnvironmentId! flagEnabled:B! defaultEnabled:B! accessType:FlagEnvironmentAccessType! organizationIds:[S!] userIds:[S!]",
};
/** Enums of which the facts list every value. */
export const enums: Readonly<Record<string, string>> = {
  PaginationOrder: "Asc Desc Normal",
  FlagEnvironmentAccessType: "ALL NONE SOME",
  WebhookEndpointState: "Active InActive",
  ApplicationType: "M2M OAuth",
  ApplicationIntegrationType: "M2M OAuth",
  ApplicationRegistration: "Authenticated Dynamic",
  ApplicationClientConfidentiality: "Confidential Public",
  AuditLogStreamType: "AzureSentinel Datadog GenericHttps GoogleCloudStorage S3 Snowflake Splunk",
  CustomDomainScope: "Environment Project",
};

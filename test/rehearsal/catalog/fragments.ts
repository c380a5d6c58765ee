// What the catalog's documents select of an object, by its type: every field that the facts list, in our own form.
const times = "createdAt updatedAt";
const uri = "id uri isDefault";
const key = "id createdAt expiredAt name platform applicationId";
const organizationDomain = "id domain state subdomain verificationContent verificationStrategy";
const rule = "id environmentId flagId flagEnabled defaultEnabled accessType organizations { id name }";

export const Environment = `id name logoUrl sandbox clientId platform resourceTypeCount authkitDomains { id domain }
  customAuthDomain { domain selfServe } customAuthDomainScope customAdminPortalDomain { domain selfServe } customAdminPortalDomainScope
  expiredConnectionCertificates { connectionId expiryDate organizationId organizationName }
  expiringConnectionCertificates { connectionId expiryDate organizationId organizationName }`;
export const CurrentTeam = `id name domain createdAt organizationId onboarding { ... on TeamOnboarding { nextStep } } isMfaRequired
  isUsingConsumerDomain productionState userManagementActivated mcpServerOptions { isEnabled withProduction withMutations }
  entitlements { id featureId }`;
export const RedirectURI = uri;
export const Key = key;
export const UserlandApplication = `id name clientId environmentId ${times} initiateLoginUri appHomepageUrl signUpUrl
  passwordResetUrl userInvitationUrl maxSessionTime accessTokenExpiry inactivityTimeout isDefault keys { ${key} }
  redirectUris { ${uri} } logoutUris { ${uri} } webOrigins { id origin }`;
export const Application = `id name clientId isClientIdMetadataDocument ${times} clientConfidentiality
  credentials { id ${times} lastUsedAt secretHint } lightLogoPath darkLogoPath description isFirstParty type
  redirectUris { ${uri} } permissions { id name slug } ... on ThirdPartyApplication { organization { id name } }`;
const flag = `id name slug description projectId owner { id email firstName lastName } ${times} tags { id name }`;
export const Flag = `${flag} flagEnvironments { ${rule} users { id email firstName lastName } uniqueUsersCount }`;
export const FlagListItem = `${flag} flagEnvironments { id environmentId flagId flagEnabled }`;
export const FlagEnvironment = rule;
export const WebhookEndpoint = "id endpointUrl events state";
export const WebhookEventWithFixture = "id description fixtures { name payload }";
export const OrganizationDomain = organizationDomain;
export const Organization = `id name createdAt allowProfilesOutsideOrganization usersCount seeded enforcesVerifiedDomains
  domains { ${organizationDomain} domainCaptureEnabled domainCaptureEnabledBy { id name } }
  setupLinks { ... on PortalSetupLink { state intents expiresAt } }
  latestConnection { id type state certificateState certificateExpirationDate } latestDirectory { type state }
  auditLogTrail { id retentionPeriodInDays state ${times} } stripeCustomerId stripeEntitlements externalId metadata { key value }`;

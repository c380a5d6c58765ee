/** What each kind of object holds beside its id, its parent and its key. */
export interface AccountData {
  name: string;
  productionState: "Inactive" | "Active";
  /** Missing in what earlier versions wrote. */
  productionEnabledAt?: string;
  token: string;
  clientId: string;
  clientSecret: string;
  user: { id: string; email: string };
}
export interface ProjectData {
  name: string;
  emailDomains: string[];
}
export interface EnvironmentData {
  name: string;
  sandbox: boolean;
  builtIn: boolean;
  clientId: string;
  emailDomain: string | null;
  customDomain?: string;
  /** In staging, unless switched off. */
  testIdentityProvider?: boolean;
  /** The actions whose schemas were written with a key of this environment: it relies on them. */
  auditLogActions?: string[];
}
export interface RedirectUri {
  id: string;
  uri: string;
  isDefault: boolean;
}
export interface ApplicationData {
  name: string;
  clientId: string;
  isDefault: boolean;
  appHomepageUrl: string | null;
  initiateLoginUri: string | null;
  passwordResetUrl: string | null;
  signUpUrl: string | null;
  userInvitationUrl: string | null;
  accessTokenExpiry: number | null;
  inactivityTimeout: number | null;
  maxSessionTime: number | null;
  redirectUris: RedirectUri[];
  logoutUris: { uri: string; isDefault: boolean }[];
  webOrigins: { id: string; origin: string; createdAt: string }[];
}
export interface KeyData {
  name: string;
  kind: "SECRET" | "PUBLISHABLE";
  last4: string;
  /** Kept for staging only. */
  value: string | null;
  expiredAt: string | null;
  applicationId: string | null;
  platform: boolean;
}
export interface FlagData {
  slug: string;
  name: string;
  description: string | null;
  ownerId: string;
  tags: string[];
}
export interface RuleData {
  flagEnabled: boolean;
  defaultEnabled: boolean;
  accessType: "NONE" | "SOME" | "ALL";
  organizationIds: string[];
  userIds: string[];
}
export interface OrganizationData {
  name: string;
  externalId: string | null;
  metadata: Record<string, string>;
  domains: { domain: string; state: string }[];
  /** These are missing in what earlier versions wrote. */
  allowsProfilesOutside?: boolean;
  stripeCustomerId?: string | null;
}
export interface WebhookData {
  endpointUrl: string;
  events: string[];
  state: "Active" | "InActive";
  secret: string;
  description: string | null;
}

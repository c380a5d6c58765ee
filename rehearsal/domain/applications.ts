import { redirectUriFault, redirectUrisFault, type UriFault, type WrittenUri } from "../rules/redirect-uris";
import { isName } from "../rules/texts";
import { isWebUrl } from "../rules/web-urls";
import { webOriginFault } from "../rules/web-origins";
import { hashOf, newCredential } from "../store/credentials";
import type { Row } from "../store/database";
import type { ApplicationData } from "../store/objects";
import { monotonicFactory } from "ulid";
import { environmentOf, seen, type Session } from "./session";

const ulid = monotonicFactory();
const empty = {
  appHomepageUrl: null,
  initiateLoginUri: null,
  passwordResetUrl: null,
  signUpUrl: null,
  userInvitationUrl: null,
  accessTokenExpiry: null,
  inactivityTimeout: null,
  maxSessionTime: null,
  redirectUris: [],
  logoutUris: [],
  webOrigins: [],
};
const urls = ["appHomepageUrl", "initiateLoginUri", "passwordResetUrl", "signUpUrl", "userInvitationUrl"] as const;
const seconds = ["accessTokenExpiry", "inactivityTimeout", "maxSessionTime"] as const;
type Written = { readonly [F in keyof ApplicationData]?: ApplicationData[F] | null };

export const applicationOf = (session: Session, id: string) =>
  seen(session, "environment", session.store.get<ApplicationData>("application", session.account, id));
export const defaultApplicationOf = ({ store }: Session, environmentId: string) =>
  store.children<ApplicationData>("application", environmentId).find((application) => application.data.isDefault);
const notFound = (applicationId: string) => ({ __typename: "UserlandApplicationNotFound", applicationId });
const invalid = (message: string) => ({ __typename: "UserlandApplicationValidationFailed", message });

export function newApplication(
  { store, account }: Session,
  environmentId: string,
  own: Pick<ApplicationData, "name" | "clientId" | "isDefault"> & Written,
): Row<ApplicationData> {
  const data = { ...empty, ...own } as ApplicationData;
  return store.insert("application", "app", { account, parent: environmentId, key: data.name, data });
}

/** Why these values cannot be an application's, if so. */
function fault(written: Written): string | undefined {
  if (written.name !== undefined && !isName(written.name ?? "")) return "name must have 1 to 200 characters.";
  for (const field of urls) {
    const value = written[field];
    if (typeof value === "string" && !isWebUrl(value)) return `${field} is not a valid URL.`;
  }
  for (const field of seconds) {
    const value = written[field];
    if (typeof value === "number" && value < 1) return `${field} must be a positive number of seconds.`;
  }
  return undefined;
}

export function createApplication(
  session: Session,
  { environmentId, ...written }: { environmentId: string } & Written,
) {
  if (!environmentOf(session, environmentId)) return { __typename: "EnvironmentNotFound", environmentId };
  const wrong = fault(written);
  if (wrong) return invalid(wrong);
  const own = { ...written, name: written.name!, clientId: newCredential("client"), isDefault: false };
  return { __typename: "UserlandApplicationCreated", userlandApplication: newApplication(session, environmentId, own) };
}

export function updateApplication(
  session: Session,
  { applicationId, ...written }: { applicationId: string } & Written,
) {
  const application = applicationOf(session, applicationId);
  if (!application) return notFound(applicationId);
  const wrong = fault(written);
  if (wrong) return invalid(wrong);
  const data = { ...application.data, ...written } as ApplicationData;
  return {
    __typename: "UserlandApplicationUpdated",
    userlandApplication: session.store.update(application, { key: data.name, data }),
  };
}

export function deleteApplication(session: Session, applicationId: string) {
  const application = applicationOf(session, applicationId);
  if (!application) return notFound(applicationId);
  if (application.data.isDefault)
    return {
      __typename: "UserlandApplicationCannotDeleteDefault",
      message: "The default application of an environment cannot be deleted.",
    };
  session.store.remove(applicationId);
  return { __typename: "UserlandApplicationDeleted", applicationId };
}

const isProduction = (session: Session, application: Row<ApplicationData>) =>
  !environmentOf(session, application.parent)!.data.sandbox;
const save = (session: Session, application: Row<ApplicationData>, change: Partial<ApplicationData>) =>
  session.store.update(application, { data: { ...application.data, ...change } });

/** What is wrong with a redirect URI, as a result. */
export const uriFault = ({ kind, message, uri }: UriFault) => ({
  __typename: kind === "wildcard" ? "InvalidWildcardRedirectUri" : "InvalidRedirectUriError",
  message,
  uri,
});

export function setRedirectUris(
  session: Session,
  applicationId: string,
  uris: readonly WrittenUri[],
  dryRun?: boolean | null,
) {
  const application = applicationOf(session, applicationId);
  if (!application) return notFound(applicationId);
  const wrong = redirectUrisFault(uris, { isProduction: isProduction(session, application) });
  if (wrong) return uriFault(wrong);
  const redirectUris = uris.map(({ uri, isDefault }) => ({
    id: application.data.redirectUris.find((known) => known.uri === uri)?.id ?? `redir_${ulid()}`,
    uri,
    isDefault: isDefault === true || uris.length === 1,
  }));
  if (!dryRun) save(session, application, { redirectUris });
  return { __typename: "RedirectUrisSet", redirectUris };
}

/** Logout URIs have an id each, which nothing refers to. */
export const withIds = ({ logoutUris }: Pick<ApplicationData, "logoutUris">) =>
  logoutUris.map(({ uri, isDefault }) => ({ id: `logout_uri_${uri}`, uri, isDefault }));

export function setLogoutUris(
  session: Session,
  applicationId: string,
  uris: readonly WrittenUri[],
  dryRun?: boolean | null,
) {
  const application = applicationOf(session, applicationId);
  if (!application) return notFound(applicationId);
  const place = { isProduction: isProduction(session, application) };
  const [wrong] = uris.flatMap((uri) => redirectUriFault(uri, place) ?? []);
  if (wrong)
    return {
      __typename: wrong.kind === "wildcard" ? "InvalidWildcardLogoutUri" : "InvalidLogoutUriError",
      message: wrong.message.replace(/^Redirect/, "Logout"),
      uri: wrong.uri,
    };
  if (uris.filter((uri) => uri.isDefault).length > 1)
    return { __typename: "MultipleDefaultUrisError", message: "Only one logout URI may be the default." };
  const logoutUris = uris.map(({ uri, isDefault }) => ({ uri, isDefault: isDefault === true }));
  if (!dryRun) save(session, application, { logoutUris });
  return { __typename: "LogoutUrisSet", logoutUris: withIds({ logoutUris }) };
}

export function setWebOrigins(
  session: Session,
  applicationId: string,
  origins: readonly string[],
  dryRun?: boolean | null,
) {
  const application = applicationOf(session, applicationId);
  if (!application) return notFound(applicationId);
  for (const origin of origins) {
    const wrong = webOriginFault(origin, isProduction(session, application));
    if (wrong) return wrong;
  }
  const createdAt = new Date().toISOString();
  const webOrigins = [...new Set(origins)].map(
    (origin) =>
      application.data.webOrigins.find((known) => known.origin === origin) ?? {
        id: `cors_origin_${ulid()}`,
        origin,
        createdAt,
      },
  );
  if (!dryRun) save(session, application, { webOrigins });
  return { __typename: "WebOriginsSet", origins: webOrigins.map(({ origin }) => origin) };
}

export function rotateApplicationSecret(session: Session, applicationId: string) {
  const application = applicationOf(session, applicationId);
  if (!application) return notFound(applicationId);
  const secret = newCredential("cs");
  session.store.addCredential(hashOf(secret), applicationId);
  return {
    __typename: "UserlandApplicationSecretRotated",
    userlandApplication: application,
    secret,
    last4: secret.slice(-4),
  };
}

import { redirectUrisFault, type WrittenUri } from "../rules/redirect-uris";
import { hashOf, newCredential } from "../store/credentials";
import type { Row } from "../store/database";
import { removeWithContents } from "./contents";
import { anyEnvironmentOf, seen, type Session } from "./session";

export interface ConnectData {
  name: string;
  type: "oauth" | "m2m";
  clientId: string;
  description: string | null;
  scopes: string[];
  redirectUris: { uri: string; default: boolean }[];
  usesPkce: boolean;
  isFirstParty: boolean;
  organizationId: string | null;
  /** Missing in what earlier versions wrote. */
  corsOrigins?: string[];
}
export interface SecretData {
  hint: string;
}

/** By its id or its client id. */
export const connectOf = (session: Session, environment: string, idOrClientId: string) => {
  const { store, account } = session;
  const row = idOrClientId.startsWith("client_")
    ? store.byKey<ConnectData>("connect_application", environment, idOrClientId)
    : store.get<ConnectData>("connect_application", account, idOrClientId);
  return row?.parent === environment ? row : undefined;
};
/** Wherever it lies, by its id. */
export const anyConnectOf = (session: Session, id: string) =>
  seen(session, "environment", session.store.get<ConnectData>("connect_application", session.account, id));

export const newConnect = (
  { store, account }: Session,
  environment: string,
  data: Omit<ConnectData, "clientId">,
): Row<ConnectData> => {
  const clientId = newCredential("client");
  return store.insert("connect_application", "conn_app", {
    account,
    parent: environment,
    key: clientId,
    data: { ...data, clientId },
  });
};
export const updateConnect = ({ store }: Session, row: Row<ConnectData>, change: Partial<ConnectData>) =>
  store.update(row, { data: { ...row.data, ...change } });
export const deleteConnect = ({ store }: Session, id: string) => removeWithContents(store, "connect_application", id);

/** A new client secret; the ones before stay valid until each is revoked. */
export function newSecret({ store, account }: Session, application: string): { row: Row<SecretData>; secret: string } {
  const secret = newCredential("cs");
  const row = store.insert<SecretData>("client_secret", "secret", {
    account,
    parent: application,
    data: { hint: secret.slice(-4) },
  });
  store.addCredential(hashOf(secret), row.id);
  return { row, secret };
}
/** A client secret of an application that is seen. */
export function secretOf(session: Session, id: string): Row<SecretData> | undefined {
  const row = session.store.get<SecretData>("client_secret", session.account, id);
  return row && anyConnectOf(session, row.parent) ? row : undefined;
}

/** Redirect URIs have an id each, which nothing refers to. */
export const withUriIds = ({ redirectUris }: Pick<ConnectData, "redirectUris">) =>
  redirectUris.map(({ uri, default: isDefault }) => ({ id: `redirect_uri_${uri}`, uri, isDefault }));

/** Replaces its redirect URIs, or says what is wrong with them. */
export function setConnectUris(
  session: Session,
  row: Row<ConnectData>,
  uris: readonly WrittenUri[],
  dryRun?: boolean | null,
) {
  const isProduction = !anyEnvironmentOf(session, row.parent)!.data.sandbox;
  const wrong = redirectUrisFault(uris, { isProduction });
  if (wrong) return wrong;
  const redirectUris = uris.map(({ uri, isDefault }) => ({ uri, default: isDefault === true || uris.length === 1 }));
  if (!dryRun) updateConnect(session, row, { redirectUris });
  return redirectUris;
}

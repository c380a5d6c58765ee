import { hashOf, newCredential } from "../store/credentials";
import type { Row } from "../store/database";
import type { Session } from "./session";

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
}
export interface SecretData {
  hint: string;
}

export const connectOf = ({ store, account }: Session, environment: string, idOrClientId: string) => {
  const row = idOrClientId.startsWith("client_")
    ? store.byKey<ConnectData>("connect_application", environment, idOrClientId)
    : store.get<ConnectData>("connect_application", account, idOrClientId);
  return row?.parent === environment ? row : undefined;
};

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

import { withIds } from "../../../domain/applications";
import { type ConnectData, type SecretData, withUriIds } from "../../../domain/connect";
import type { Session } from "../../../domain/session";
import type { Row } from "../../../store/database";
import type { ApplicationData, KeyData, OrganizationData, WebhookData } from "../../../store/objects";
import { times } from "./lists";
import { organizationView } from "./organizations";

export const keyView = (row: Row<KeyData>) => ({
  ...row.data,
  id: row.id,
  environmentId: row.parent,
  createdAt: row.createdAt,
});

/** An application that signs users in. */
export const applicationView = (session: Session, row: Row<ApplicationData>) => ({
  ...row.data,
  ...times(row),
  id: row.id,
  environmentId: row.parent,
  logoutUris: withIds(row.data),
  keys: () =>
    session.store
      .children<KeyData>("key", row.parent)
      .filter((key) => key.data.applicationId === row.id)
      .map(keyView),
});

/** An application that other software connects through. */
export function connectView(session: Session, row: Row<ConnectData>): Record<string, unknown> {
  const { store, account } = session;
  const { name, clientId, description, isFirstParty, type, usesPkce, organizationId, scopes } = row.data;
  return {
    __typename: organizationId === null ? "FirstPartyApplication" : "ThirdPartyApplication",
    ...times(row),
    id: row.id,
    name,
    clientId,
    description,
    isFirstParty,
    isClientIdMetadataDocument: false,
    type: type === "m2m" ? "M2M" : "OAuth",
    clientConfidentiality: usesPkce ? "Public" : "Confidential",
    credentials: () =>
      store.children<SecretData>("client_secret", row.id).map((secret) => ({
        ...times(secret),
        id: secret.id,
        lastUsedAt: null,
        secretHint: secret.data.hint,
      })),
    redirectUris: withUriIds(row.data),
    permissions: () =>
      scopes.flatMap((slug) => {
        const permission = store.byKey<{ name: string; slug: string }>("permission", row.parent, slug);
        return permission ? [{ id: permission.id, name: permission.data.name, slug }] : [];
      }),
    organization() {
      const organization = store.get<OrganizationData>("organization", account, organizationId ?? "");
      return organization && organizationView(organization);
    },
  };
}

export const webhookView = (row: Row<WebhookData>) => ({
  ...row.data,
  ...times(row),
  id: row.id,
  environmentId: row.parent,
});

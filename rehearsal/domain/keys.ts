import { isName } from "../rules/texts";
import { hashOf, newCredential } from "../store/credentials";
import type { Row } from "../store/database";
import type { EnvironmentData, KeyData } from "../store/objects";
import { applicationOf } from "./applications";
import { environmentOf, isLocked, requiresBilling, seen, type Session } from "./session";

interface NewKey {
  readonly name: string;
  readonly kind: KeyData["kind"];
  readonly applicationId?: string | null | undefined;
  readonly expiresAt?: string | null | undefined;
  readonly platform?: boolean;
}
export const keyOf = (session: Session, id: string) =>
  seen(session, "environment", session.store.get<KeyData>("key", session.account, id));
export const isExpired = ({ expiredAt }: KeyData): boolean => expiredAt !== null && Date.parse(expiredAt) <= Date.now();

/** A new key and its value, which a production environment shows in this answer only. */
export function newKey({ store, account }: Session, environment: Row<EnvironmentData>, wanted: NewKey) {
  const { sandbox } = environment.data;
  const value = newCredential(`${wanted.kind === "SECRET" ? "sk" : "pk"}_${sandbox ? "test" : "live"}`);
  const data: KeyData = {
    name: wanted.name,
    kind: wanted.kind,
    last4: value.slice(-4),
    value: sandbox || wanted.kind === "PUBLISHABLE" ? value : null,
    expiredAt: wanted.expiresAt ?? null,
    applicationId: wanted.applicationId ?? null,
    platform: wanted.platform ?? false,
  };
  const key = store.insert("key", "api_key", { account, parent: environment.id, key: wanted.name, data });
  store.addCredential(hashOf(value), key.id);
  return { key, value };
}

export function mintKey(session: Session, environmentId: string, wanted: NewKey) {
  const environment = environmentOf(session, environmentId);
  if (!environment) return { __typename: "EnvironmentNotFound", environmentId };
  if (!environment.data.sandbox && isLocked(session)) return requiresBilling;
  const { applicationId, expiresAt, name } = wanted;
  if (applicationId && applicationOf(session, applicationId)?.parent !== environmentId)
    return { __typename: "UserlandApplicationNotFound", applicationId };
  if (!isName(name)) return { __typename: "ApiKeyInvalid", message: "name must have 1 to 200 characters." };
  if (expiresAt && !(Date.parse(expiresAt) > Date.now()))
    return { __typename: "ApiKeyInvalid", message: "expiresAt must be a date in the future." };
  return { __typename: "ApiKeyMinted", ...newKey(session, environment, wanted) };
}

/** Ends a key now, or at a date; what is over stays over. */
export function expireKey(session: Session, keyId: string, at: string | null | undefined) {
  const key = keyOf(session, keyId);
  if (!key || (at != null && Number.isNaN(Date.parse(at)))) return { __typename: "ApiKeyNotFound", keyId };
  if (isExpired(key.data)) return { __typename: "ApiKeyExpired", key };
  const data = { ...key.data, expiredAt: at ?? new Date().toISOString() };
  return { __typename: "ApiKeyExpired", key: session.store.update(key, { data }) };
}

export function renameKey(session: Session, keyId: string, name: string) {
  const key = keyOf(session, keyId);
  if (!key) return { __typename: "ApiKeyNotFound", keyId };
  return { __typename: "ApiKeyRenamed", key: session.store.update(key, { key: name, data: { ...key.data, name } }) };
}

import { hashOf } from "../../store/credentials";
import type { Row, Store } from "../../store/database";
import { invalid } from "../errors";
import { choice, type Json, list, orElse, text, within } from "../fields";
import type { SecretKeyData } from "./rows";
import { add, byId, childrenOf, masked, newToken, newUuid } from "./store";

const scopes = ["endpoint:read", "feature_flag:read", "account:read", "loop:write", "experiment:read"] as const;
const mostKeys = 50;

export const secretKeysOf = (store: Store, project: string): Row<SecretKeyData>[] =>
  childrenOf(store, "ph_secret", project);
export const secretKeyIn = (store: Store, project: string, id: string): Row<SecretKeyData> | undefined => {
  const found = /^[0-9a-f-]{36}$/.test(id) ? byId(store, "ph_secret", `ph_secret_${id}`) : undefined;
  return found?.parent === project ? found : undefined;
};

function written(store: Store, project: string, before: SecretKeyData, body: Json, own?: string): SecretKeyData {
  const label =
    own !== undefined && body["label"] === undefined ? before.label : text(body["label"], "label", { max: 40 });
  if (secretKeysOf(store, project).some(({ id, data }) => id !== own && data.label === label))
    throw invalid("label", "A key with this label already exists in this project.", "unique");
  const read = (value: unknown) => [
    ...new Set(list(value, "scopes").map((one, i) => choice(one, within("scopes", i), scopes))),
  ];
  const kept = own === undefined ? read(body["scopes"]) : orElse(body["scopes"], before.scopes, read);
  if (kept.length === 0) throw invalid("scopes", "This list may not be empty.", "empty");
  return { ...before, label, scopes: kept };
}

/** A value is told when it is made, and never again. */
export function createSecretKey(store: Store, project: string, user: string, body: Json): Row<SecretKeyData> {
  const value = newToken("phs");
  const empty: SecretKeyData = {
    label: "",
    value,
    mask_value: masked(value),
    scopes: [],
    created_by: user,
    last_rolled_at: null,
  };
  const data = written(store, project, empty, body);
  if (secretKeysOf(store, project).length >= mostKeys)
    throw invalid(null, `A project can only have ${mostKeys} secret API keys. Remove an existing key first.`);
  const key = add(store, "ph_secret", project, data, { id: `ph_secret_${newUuid()}` });
  store.addCredential(hashOf(value), key.id);
  return key;
}
export const updateSecretKey = (store: Store, key: Row<SecretKeyData>, body: Json): Row<SecretKeyData> =>
  store.update(key, { data: written(store, key.parent, key.data, body, key.id) });
/** A new value; the old one is worth nothing at once. */
export function rollSecretKey(store: Store, key: Row<SecretKeyData>): Row<SecretKeyData> {
  const value = newToken("phs");
  store.addCredential(hashOf(value), key.id);
  const data = { ...key.data, value, mask_value: masked(value), last_rolled_at: new Date().toISOString() };
  return store.update(key, { data });
}

import { accounts } from "../domain/accounts";
import { createEnvironment, deleteEnvironment } from "../domain/environments";
import { expireKey, keyOf, mintKey } from "../domain/keys";
import { accountOf, billingMessage, environmentOf, projectsOf, type Session } from "../domain/session";
import { type Exchange, HttpError, jsonOf, type Reply, unauthorized } from "../http/exchange";
import type { Caller } from "../http/server";
import { hashOf, newCredential } from "../store/credentials";
import type { Row, Store } from "../store/database";
import type { AccountData, EnvironmentData, KeyData } from "../store/objects";

const hourMs = 3_600_000;
interface TokenData {
  until: number;
}

/** The account of client credentials, which come in the body. */
function accountOfForm(store: Store, { text }: Exchange): Row<AccountData> {
  const form = new URLSearchParams(text);
  const account = accounts(store).find(({ data }) => data.clientId === form.get("client_id"));
  if (form.get("grant_type") !== "client_credentials")
    throw new HttpError(400, "unsupported_grant_type", "unsupported_grant_type");
  if (!account || account.data.clientSecret !== form.get("client_secret"))
    throw new HttpError(401, "invalid_client", "invalid_client");
  return account;
}
/** Client credentials for a bearer of an hour. */
function login(store: Store, exchange: Exchange): Reply {
  const account = accountOfForm(store, exchange);
  const token = newCredential("plat");
  store.transaction(() => {
    const row = store.insert<TokenData>("platform_token", "token", {
      account: account.id,
      parent: account.id,
      data: { until: Date.now() + hourMs },
    });
    store.addCredential(hashOf(token), row.id);
  });
  return {
    status: 200,
    body: { access_token: token, token_type: "Bearer", expires_in: hourMs / 1000, scope: "platform" },
  };
}

/** Somebody who logs in. Client credentials are short. */
export const loginCaller = (store: Store): Caller => ({
  longest: 16 * 1024,
  prove: (exchange) => void accountOfForm(store, exchange),
  answer: (exchange) => login(store, exchange),
});

export function sessionOfPlatform(store: Store, token: string): Session {
  const owner = store.ownerOf(hashOf(token));
  const row = owner === undefined ? undefined : store.any<TokenData>("platform_token", owner);
  if (!row || row.data.until <= Date.now()) throw unauthorized();
  return { store, account: row.account };
}
const environmentView = (row: Row<EnvironmentData>) => ({
  object: "environment",
  id: row.id,
  name: row.data.name,
  client_id: row.data.clientId,
});
const keyView = ({ id, data, createdAt }: Row<KeyData>) => ({
  object: "key",
  id,
  name: data.name,
  expires_at: data.expiredAt,
  created_at: createdAt,
});
const gone = (what: string) => new HttpError(404, `The ${what} was not found.`, `${what}_not_found`);
const needsBilling = () => new HttpError(422, billingMessage, "production_environment_requires_billing");

/** Environments and keys of the account that the credentials belong to. */
export function platformApi(session: Session, exchange: Exchange): Reply {
  const { store } = session;
  const [team, , environmentId, , keyId, verb] = exchange.path.replace("/platform/teams/", "").split("/");
  if (!exchange.path.startsWith("/platform/teams/") || team !== session.account) throw gone("team");
  const route = `${exchange.method} ${exchange.path.slice(`/platform/teams/${team}`.length).replace(/(environment|api_key)_[A-Z0-9]+/g, ":$1")}`;
  const environment = () => {
    const row = environmentOf(session, environmentId ?? "");
    if (!row) throw gone("environment");
    return row;
  };
  switch (route) {
    case "GET ": {
      const { id, data, createdAt, updatedAt } = accountOf(session);
      return {
        status: 200,
        body: {
          object: "team",
          id,
          name: data.name,
          production_state: data.productionState,
          production_enabled_at: data.productionState === "Active" ? (data.productionEnabledAt ?? createdAt) : null,
          created_at: createdAt,
          updated_at: updatedAt,
        },
      };
    }
    case "POST /environments": {
      const { name, production } = jsonOf(exchange);
      if (typeof name !== "string" || !name.trim())
        throw new HttpError(422, "name is required.", "invalid_request_parameters");
      const [project] = projectsOf(session);
      if (!project) throw gone("project");
      const result = store.transaction(() => createEnvironment(session, project.id, name, production !== true));
      if (result.__typename === "ProductionEnvironmentRequiresBilling") throw needsBilling();
      if (result.__typename !== "EnvironmentCreated")
        throw new HttpError(409, "The name is used already.", "environment_name_already_used");
      return { status: 201, body: environmentView((result as { environment: Row<EnvironmentData> }).environment) };
    }
    case "GET /environments/:environment":
      return { status: 200, body: environmentView(environment()) };
    case "DELETE /environments/:environment": {
      const { id } = environment();
      const result = store.transaction(() => deleteEnvironment(session, id));
      if (result.__typename === "EnvironmentCannotDeleteBuiltIn")
        throw new HttpError(422, String(result.message), "environment_cannot_be_deleted");
      return { status: 204 };
    }
    case "POST /environments/:environment/api_keys": {
      const { id } = environment();
      const { name, expires_at: expiresAt } = jsonOf(exchange);
      if (typeof name !== "string") throw new HttpError(422, "name is required.", "invalid_request_parameters");
      const wanted = { name, kind: "SECRET" as const, expiresAt: expiresAt as string | null, platform: true };
      const result = store.transaction(() => mintKey(session, id, wanted));
      if (result.__typename === "ProductionEnvironmentRequiresBilling") throw needsBilling();
      if (result.__typename !== "ApiKeyMinted")
        throw new HttpError(422, String((result as { message?: string }).message), "invalid_request_parameters");
      const { key, value } = result as { key: Row<KeyData>; value: string };
      return { status: 201, body: { ...keyView(key), value } };
    }
    case "POST /environments/:environment/api_keys/:api_key/expire": {
      if (keyOf(session, keyId!)?.parent !== environment().id || verb !== "expire") throw gone("key");
      const at = jsonOf(exchange)["expires_at"];
      const result = store.transaction(() => expireKey(session, keyId!, typeof at === "string" ? at : null));
      if (result.__typename !== "ApiKeyExpired") throw gone("key");
      return { status: 200, body: keyView((result as { key: Row<KeyData> }).key) };
    }
    default:
      throw new HttpError(404, "Not Found", "not_found");
  }
}

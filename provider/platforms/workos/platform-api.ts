import { Unsupported } from "../../errors";
import type { Credential } from "../../config";
import { Secret } from "../../http/secret";
import type { Context } from "./context";

/** The Platform API: environments and keys, with client credentials. Its tokens live for an hour. */
const tokens = new WeakMap<Context, { credential: Credential; until: number }>();
const spareMs = 60_000;

async function credentialOf(context: Context): Promise<Credential> {
  const known = tokens.get(context);
  if (known && known.until > Date.now()) return known.credential;
  const { clientId, clientSecret, platform } = context.config;
  if (!clientId || !clientSecret)
    throw new Unsupported(
      "the Platform API needs client credentials",
      "Set GOLIVE_CLIENT_ID and GOLIVE_CLIENT_SECRET.",
    );
  const { body } = await context.http.send({
    method: "POST",
    path: platform === "workos" ? "https://signin.workos.com/oauth2/token" : "oauth2/token",
    form: {
      grant_type: "client_credentials",
      client_id: clientId.secret.reveal(),
      client_secret: clientSecret.secret.reveal(),
    },
    repeatable: true,
    name: "the Platform API's login",
  });
  const { access_token: token, expires_in: seconds } = body as { access_token: string; expires_in: number };
  const credential = { secret: new Secret(token), origin: clientId.origin };
  tokens.set(context, { credential, until: Date.now() + seconds * 1000 - spareMs });
  return credential;
}

const under = async (context: Context, environmentId: string) =>
  `platform/teams/${(await context.team.known()).id}/environments/${environmentId}`;

export async function deleteEnvironment(context: Context, id: string): Promise<void> {
  const path = await under(context, id);
  await context.http.send({
    method: "DELETE",
    path,
    credential: await credentialOf(context),
    repeatable: true,
    name: "deleteEnvironment",
  });
}

interface MintedWire {
  readonly id: string;
  readonly value: string;
}
/** Makes a secret key. Its value is in this answer and in no other. */
export async function createKey(
  context: Context,
  environmentId: string,
  name: string,
  expiresAt: string | null,
): Promise<MintedWire> {
  const path = `${await under(context, environmentId)}/api_keys`;
  const json = { name, expires_at: expiresAt };
  const { body } = await context.http.send({
    method: "POST",
    path,
    json,
    credential: await credentialOf(context),
    name: "createKey",
  });
  return body as MintedWire;
}

export async function expireKey(context: Context, environmentId: string, id: string, at: string | null): Promise<void> {
  const path = `${await under(context, environmentId)}/api_keys/${id}/expire`;
  await context.http.send({
    method: "POST",
    path,
    json: { expires_at: at },
    credential: await credentialOf(context),
    repeatable: true,
    name: "expireKey",
  });
}

import * as domain from "../../domain/connect";
import { removeWithContents } from "../../domain/contents";
import { environmentOf } from "../../domain/session";
import { redirectUrisFault } from "../../rules/redirect-uris";
import type { Row } from "../../store/database";
import {
  type Call,
  invalid,
  list,
  noContent,
  notFound,
  ok,
  optionalText,
  pageOf,
  type Routes,
  text,
  texts,
  times,
} from "./router";

const view = (row: Row<domain.ConnectData>) => {
  const { name, type, clientId, description, scopes, redirectUris, usesPkce, isFirstParty, organizationId } = row.data;
  return {
    object: "connect_application",
    id: row.id,
    client_id: clientId,
    name,
    description,
    scopes,
    application_type: type,
    ...(type === "oauth" && { redirect_uris: redirectUris, uses_pkce: usesPkce, is_first_party: isFirstParty }),
    ...(organizationId !== null && { organization_id: organizationId }),
    ...times(row),
  };
};
const secretView = (row: Row<domain.SecretData>) => ({
  object: "connect_application_secret",
  id: row.id,
  secret_hint: row.data.hint,
  last_used_at: null,
  ...times(row),
});
const own = (call: Call) => {
  const row = domain.connectOf(call, call.environment.id, call.params["id"]!);
  if (!row) throw notFound("Application", call.params["id"]!);
  return row;
};

function urisOf(call: Call): { uri: string; default: boolean }[] | undefined {
  const value = call.json["redirect_uris"];
  if (value === undefined || value === null) return value === null ? [] : undefined;
  if (!Array.isArray(value)) throw invalid("redirect_uris must be a list.");
  const uris = value.map((item: unknown) => {
    const { uri, default: isDefault } = (item ?? {}) as { uri?: unknown; default?: unknown };
    if (typeof uri !== "string") throw invalid("Each redirect URI has a uri.");
    return { uri, default: isDefault === true };
  });
  const isProduction = !environmentOf(call, call.environment.id)!.data.sandbox;
  const wrong = redirectUrisFault(
    uris.map((u) => ({ uri: u.uri, isDefault: u.default })),
    { isProduction },
  );
  if (wrong) throw invalid(wrong.message);
  return uris.map((uri) => ({ ...uri, default: uri.default || uris.length === 1 }));
}
const requireOrganization = (call: Call, id: string) => {
  if (call.store.get("organization", call.account, id)?.parent !== call.environment.id)
    throw invalid(`Organization not found: '${id}'.`, [{ field: "organization_id", code: "not_found" }]);
  return id;
};

export const connectRoutes: Routes = {
  "GET /connect/applications": ({ store, environment, exchange }) =>
    list(
      store.page<domain.ConnectData>("connect_application", environment.id, pageOf(exchange), {
        organizationId: exchange.query.get("organization_id"),
      }),
      view,
    ),
  "GET /connect/applications/:id": (call) => ok(view(own(call))),
  "POST /connect/applications"(call) {
    const { json, environment } = call;
    const type = json["application_type"];
    if (type !== "oauth" && type !== "m2m") throw invalid("application_type must be oauth or m2m.");
    const isFirstParty = json["is_first_party"];
    if (type === "oauth" && typeof isFirstParty !== "boolean") throw invalid("is_first_party is required for oauth.");
    const organization = optionalText(json, "organization_id");
    if (!organization && (type === "m2m" || isFirstParty === false)) throw invalid("organization_id is required.");
    const data = {
      name: text(json, "name", 200),
      type,
      description: optionalText(json, "description") ?? null,
      scopes: texts(json, "scopes") ?? [],
      redirectUris: type === "oauth" ? (urisOf(call) ?? []) : [],
      usesPkce: json["uses_pkce"] === true,
      isFirstParty: isFirstParty === true,
      organizationId: organization ? requireOrganization(call, organization) : null,
    } as const;
    return ok(view(domain.newConnect(call, environment.id, { ...data, scopes: [...data.scopes] })), 201);
  },
  "PUT /connect/applications/:id"(call) {
    const row = own(call);
    const { json } = call;
    const description = optionalText(json, "description");
    const scopes = json["scopes"] === null ? [] : texts(json, "scopes");
    const redirectUris = row.data.type === "oauth" ? urisOf(call) : undefined;
    const data = {
      ...row.data,
      ...(json["name"] !== undefined && { name: text(json, "name", 200) }),
      ...(description !== undefined && { description }),
      ...(scopes && { scopes }),
      ...(redirectUris && { redirectUris }),
    };
    return ok(view(call.store.update(row, { data })));
  },
  "DELETE /connect/applications/:id"(call) {
    removeWithContents(call.store, "connect_application", own(call).id);
    return noContent;
  },
  "GET /connect/applications/:id/client_secrets": (call) =>
    ok(call.store.children<domain.SecretData>("client_secret", own(call).id).map(secretView)),
  "POST /connect/applications/:id/client_secrets"(call) {
    const { row, secret } = domain.newSecret(call, own(call).id);
    return ok({ ...secretView(row), secret }, 201);
  },
  "DELETE /connect/client_secrets/:id"(call) {
    const row = call.store.get("client_secret", call.account, call.params["id"]!);
    const application = row && domain.connectOf(call, call.environment.id, row.parent);
    if (!application) throw notFound("Client secret", call.params["id"]!);
    call.store.remove(row.id);
    return noContent;
  },
};

import * as domain from "../../domain/connect";
import { environmentOf } from "../../domain/session";
import { redirectUrisFault } from "../../rules/redirect-uris";
import { webOriginFault } from "../../rules/web-origins";
import type { Row } from "../../store/database";
import {
  type Call,
  invalid,
  invalidField,
  list,
  noContent,
  notFound,
  ok,
  optionalFlag,
  optionalText,
  pageOf,
  type Routes,
  text,
  texts,
  times,
} from "./router";

const view = (row: Row<domain.ConnectData>) => {
  const {
    name,
    type,
    clientId,
    description,
    scopes,
    redirectUris,
    usesPkce,
    isFirstParty,
    organizationId,
    corsOrigins = [],
  } = row.data;
  return {
    object: "connect_application",
    id: row.id,
    client_id: clientId,
    name,
    description,
    scopes,
    application_type: type,
    ...(type === "oauth" && {
      redirect_uris: redirectUris,
      cors_origins: corsOrigins,
      uses_pkce: usesPkce,
      is_first_party: isFirstParty,
      // only of what belongs to somebody else it is told how it came to be
      ...(!isFirstParty && { was_dynamically_registered: false }),
    }),
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
/** Origins that a browser may call from, each once. */
function originsOf(call: Call): string[] | undefined {
  const origins = call.json["cors_origins"] === null ? [] : texts(call.json, "cors_origins");
  const isProduction = !call.environment.data.sandbox;
  for (const origin of origins ?? []) {
    const wrong = webOriginFault(origin, isProduction);
    if (wrong) throw invalidField("cors_origins", wrong.__typename, `has '${origin}': ${wrong.message}`);
  }
  return origins && [...new Set(origins)];
}
const requireOrganization = (call: Call, id: string) => {
  if (call.store.get("organization", call.account, id)?.parent !== call.environment.id)
    throw notFound("Organization", id);
  return id;
};
const registrations = ["dynamic", "authenticated"];
/** Applications register themselves only where people sign in, which a rehearsal has none of. */
function asksForAuthenticated({ query }: Call["exchange"]): boolean {
  const types = query
    .getAll("registration_types")
    .flatMap((value) => value.split(","))
    .filter(Boolean);
  const unknown = types.find((type) => !registrations.includes(type));
  if (unknown !== undefined)
    throw invalidField(
      "registration_types",
      "invalid_enum",
      `has '${unknown}': it takes ${registrations.join(" and ")}`,
    );
  return types.length === 0 || types.includes("authenticated");
}
const noneRegistersItself = { rows: [], before: null, after: null };

export const connectRoutes: Routes = {
  "GET /connect/applications": ({ store, environment, exchange }) =>
    list(
      asksForAuthenticated(exchange)
        ? store.page<domain.ConnectData>("connect_application", environment.id, pageOf(exchange), {
            organizationId: exchange.query.get("organization_id"),
          })
        : noneRegistersItself,
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
      corsOrigins: type === "oauth" ? (originsOf(call) ?? []) : [],
      usesPkce: optionalFlag(json, "uses_pkce") ?? false,
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
    const corsOrigins = row.data.type === "oauth" ? originsOf(call) : undefined;
    const change = {
      ...(json["name"] !== undefined && { name: text(json, "name", 200) }),
      ...(description !== undefined && { description }),
      ...(scopes && { scopes }),
      ...(redirectUris && { redirectUris }),
      ...(corsOrigins && { corsOrigins }),
    };
    return ok(view(domain.updateConnect(call, row, change)));
  },
  "DELETE /connect/applications/:id"(call) {
    domain.deleteConnect(call, own(call).id);
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

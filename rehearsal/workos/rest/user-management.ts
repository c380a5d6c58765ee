import * as applications from "../../domain/applications";
import { HttpError } from "../../http/exchange";
import { webOriginFault } from "../../rules/web-origins";
import type { Row } from "../../store/database";
import type { ApplicationData } from "../../store/objects";
import { pageThrough } from "../../store/paging";
import { type Call, invalid, list, noContent, notFound, ok, pageOf, type Routes, text, times } from "./router";

/** What the environment's key reaches of applications is the default one. */
const application = (call: Call): Row<ApplicationData> => applications.defaultApplicationOf(call, call.environment.id)!;
const uriView = (row: Row<ApplicationData>, { id, uri, isDefault }: ApplicationData["redirectUris"][number]) => ({
  object: "redirect_uri",
  id,
  uri,
  default: isDefault,
  ...times(row),
});
const originView = ({ id, origin, createdAt }: ApplicationData["webOrigins"][number]) => ({
  object: "cors_origin",
  id,
  origin,
  created_at: createdAt,
  updated_at: createdAt,
});
const template = (call: Call) => call.store.byKey<{ content: string }>("setting", call.environment.id, "jwt_template");

export const userManagementRoutes: Routes = {
  "GET /user_management/redirect_uris"(call) {
    const row = application(call);
    return list(pageThrough(row.data.redirectUris, pageOf(call.exchange)), (uri) => uriView(row, uri));
  },
  "POST /user_management/redirect_uris"(call) {
    const row = application(call);
    const uri = text(call.json, "uri", 10_000);
    const known = row.data.redirectUris;
    const wanted = [...known, { uri, isDefault: known.length === 0 }];
    const result = applications.setRedirectUris(call, row.id, wanted);
    if (result.__typename !== "RedirectUrisSet") throw invalid((result as { message: string }).message);
    const made = (result as { redirectUris: ApplicationData["redirectUris"] }).redirectUris.find(
      (one) => one.uri === uri,
    )!;
    return ok(uriView(application(call), made), 201);
  },
  "DELETE /user_management/redirect_uris/:id"(call) {
    const row = application(call);
    const uri = row.data.redirectUris.find(({ id }) => id === call.params["id"]);
    if (!uri) throw notFound("Redirect URI", call.params["id"]!);
    if (uri.isDefault) throw new HttpError(409, "The default redirect URI cannot be deleted.", "default_redirect_uri");
    call.store.update(row, { data: { ...row.data, redirectUris: row.data.redirectUris.filter((one) => one !== uri) } });
    return noContent;
  },
  "GET /user_management/cors_origins": (call) =>
    list(pageThrough(application(call).data.webOrigins, pageOf(call.exchange)), originView),
  "POST /user_management/cors_origins"(call) {
    const row = application(call);
    const origin = text(call.json, "origin", 10_000);
    const known = row.data.webOrigins.map((one) => one.origin);
    if (known.includes(origin))
      throw new HttpError(409, `CORS origin '${origin}' already exists.`, "duplicate_cors_origin");
    const wrong = webOriginFault(origin, !call.environment.data.sandbox);
    if (wrong)
      throw invalid("Validation failed.", [
        { property: "origin", code: wrong.__typename, message: wrong.message, constraints: { origin: wrong.message } },
      ]);
    applications.setWebOrigins(call, row.id, [...known, origin]);
    return ok(originView(application(call).data.webOrigins.find((one) => one.origin === origin)!), 201);
  },
  "GET /user_management/jwt_template"(call) {
    const row = template(call);
    if (!row) throw notFound("JWT template", call.environment.id);
    return ok({ object: "jwt_template", content: row.data.content, ...times(row) });
  },
  "PUT /user_management/jwt_template"(call) {
    const data = { content: text(call.json, "content", 100_000) };
    const { store, account, environment } = call;
    const known = template(call);
    const row = known
      ? store.update(known, { data })
      : store.insert("setting", "jwt_template", { account, parent: environment.id, key: "jwt_template", data });
    return ok({ object: "jwt_template", content: data.content, ...times(row) });
  },
};

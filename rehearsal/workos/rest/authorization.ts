import { HttpError } from "../../http/exchange";
import type { Row } from "../../store/database";
import {
  type Call,
  invalidField,
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

interface RoleData {
  slug: string;
  name: string;
  description: string | null;
  permissions: string[];
  resourceType: string;
}
interface PermissionData {
  slug: string;
  name: string;
  description: string | null;
  resourceType: string;
}
const roleView = (row: Row<RoleData>) => ({
  object: "role",
  id: row.id,
  slug: row.data.slug,
  name: row.data.name,
  description: row.data.description,
  permissions: row.data.permissions,
  resource_type_slug: row.data.resourceType,
  type: "EnvironmentRole",
  ...times(row),
});
const permissionView = (row: Row<PermissionData>) => ({
  object: "permission",
  id: row.id,
  slug: row.data.slug,
  name: row.data.name,
  description: row.data.description,
  system: false,
  resource_type_slug: row.data.resourceType,
  ...times(row),
});
const role = (call: Call) => {
  const row = call.store.byKey<RoleData>("role", call.environment.id, call.params["slug"]!);
  if (!row) throw notFound("Role", call.params["slug"]!);
  return row;
};
const permission = (call: Call) => {
  const row = call.store.byKey<PermissionData>("permission", call.environment.id, call.params["slug"]!);
  if (!row) throw notFound("Permission", call.params["slug"]!);
  return row;
};
function slugOf({ json }: Call, pattern: RegExp): string {
  const slug = text(json, "slug", 48);
  if (!pattern.test(slug)) throw invalidField("slug", "invalid_slug", "has signs that a slug may not have");
  return slug;
}
const written = ({ json }: Call, data: { name: string; description: string | null }) => {
  const description = optionalText(json, "description", 150);
  return {
    name: json["name"] === undefined ? data.name : text(json, "name", 48),
    description: description === undefined ? data.description : description,
  };
};
const resourceType = ({ json }: Call) => optionalText(json, "resource_type_slug", 48) ?? "organization";

/** Every permission must exist. */
function known(call: Call, slugs: readonly string[]): string[] {
  const missing = slugs.find((slug) => !call.store.byKey("permission", call.environment.id, slug));
  if (missing !== undefined) throw notFound("Permission", missing);
  return [...new Set(slugs)];
}
const save = (call: Call, row: Row<RoleData>, permissions: string[]) =>
  ok(roleView(call.store.update(row, { data: { ...row.data, permissions } })));

export const authorizationRoutes: Routes = {
  // the one list without paging
  "GET /authorization/roles": ({ store, environment }) =>
    ok({ object: "list", data: store.children<RoleData>("role", environment.id).map(roleView) }),
  "GET /authorization/roles/:slug": (call) => ok(roleView(role(call))),
  "POST /authorization/roles"(call) {
    const { store, account, environment, json } = call;
    const slug = slugOf(call, /^[a-z0-9][a-z0-9_-]*$/);
    if (store.byKey("role", environment.id, slug))
      throw new HttpError(409, `Role '${slug}' already exists.`, "role_slug_conflict");
    const data: RoleData = {
      slug,
      ...written(call, { name: text(json, "name", 48), description: null }),
      permissions: [],
      resourceType: resourceType(call),
    };
    return ok(roleView(store.insert("role", "role", { account, parent: environment.id, key: slug, data })), 201);
  },
  "PATCH /authorization/roles/:slug"(call) {
    const row = role(call);
    return ok(roleView(call.store.update(row, { data: { ...row.data, ...written(call, row.data) } })));
  },
  "PUT /authorization/roles/:slug/permissions"(call) {
    const permissions = texts(call.json, "permissions");
    if (!permissions) throw invalidField("permissions", "required", "is required");
    return save(call, role(call), known(call, permissions));
  },
  "POST /authorization/roles/:slug/permissions"(call) {
    const row = role(call);
    return save(call, row, known(call, [...row.data.permissions, text(call.json, "slug", 48)]));
  },
  "GET /authorization/permissions": ({ store, environment, exchange }) =>
    list(store.page<PermissionData>("permission", environment.id, pageOf(exchange)), permissionView),
  "GET /authorization/permissions/:slug": (call) => ok(permissionView(permission(call))),
  "POST /authorization/permissions"(call) {
    const { store, account, environment, json } = call;
    const slug = slugOf(call, /^[a-z0-9][a-z0-9_.:*-]*$/);
    if (store.byKey("permission", environment.id, slug))
      throw new HttpError(409, `Permission '${slug}' already exists.`, "permission_slug_conflict");
    const data: PermissionData = {
      slug,
      ...written(call, { name: text(json, "name", 48), description: null }),
      resourceType: resourceType(call),
    };
    return ok(
      permissionView(store.insert("permission", "perm", { account, parent: environment.id, key: slug, data })),
      201,
    );
  },
  "PATCH /authorization/permissions/:slug"(call) {
    const row = permission(call);
    return ok(permissionView(call.store.update(row, { data: { ...row.data, ...written(call, row.data) } })));
  },
  "DELETE /authorization/permissions/:slug"(call) {
    const { id, data } = permission(call);
    for (const row of call.store.children<RoleData>("role", call.environment.id))
      if (row.data.permissions.includes(data.slug))
        save(
          call,
          row,
          row.data.permissions.filter((slug) => slug !== data.slug),
        );
    call.store.remove(id);
    return noContent;
  },
};

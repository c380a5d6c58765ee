import type { Row } from "../../store/database";
import { type Call, invalidField, list, notFound, ok, pageOf, type Routes, times } from "./router";

interface SchemaData {
  version: number;
  targets: unknown[];
  actor: unknown;
  metadata: unknown;
}
/** Schemas are the project's: each of its environments has them. */
const actionOf = ({ store, environment }: Call, action: string) =>
  store.byKey("audit_log_action", environment.parent, action);
const schemasOf = ({ store }: Call, action: Row<unknown>) => store.children<SchemaData>("audit_log_schema", action.id);
const schemaView = (row: Row<SchemaData>) => ({
  object: "audit_log_schema",
  version: row.data.version,
  targets: row.data.targets,
  ...(row.data.actor !== null && { actor: row.data.actor }),
  ...(row.data.metadata !== null && { metadata: row.data.metadata }),
  created_at: row.createdAt,
});
const actionView = (call: Call, row: Row<unknown>) => ({
  object: "audit_log_action",
  name: row.key,
  schema: schemaView(schemasOf(call, row).at(-1)!),
  ...times(row),
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const types = ["string", "number", "boolean"];
/** The schema of metadata: an object whose properties are texts, numbers or truths. @throws HttpError */
function metadataOf(value: unknown, field: string): Record<string, unknown> | null {
  if (value === undefined || value === null) return null;
  const fault = (message: string) => invalidField(field, "invalid_schema", message);
  if (!isObject(value) || value["type"] !== "object") throw fault("must be a JSON schema of type object");
  const { properties = {}, required = [] } = value;
  if (!isObject(properties)) throw fault("must have an object of properties");
  for (const [name, property] of Object.entries(properties)) {
    const type = isObject(property) ? property["type"] : undefined;
    if ((Array.isArray(type) ? type : [type]).some((one) => one !== "null" && !types.includes(String(one))))
      throw fault(`has '${name}', which is none of ${types.join(", ")}`);
  }
  if (!Array.isArray(required) || required.some((name) => !Object.hasOwn(properties, String(name))))
    throw fault("requires what is no property");
  return value;
}
/** What a version says of an event: its targets, and the metadata of each part. @throws HttpError */
function schemaOf({ targets, actor, metadata }: Record<string, unknown>) {
  if (!Array.isArray(targets) || targets.length === 0) throw invalidField("targets", "required", "is required");
  const seen = new Set<unknown>();
  for (const [i, target] of (targets as unknown[]).entries()) {
    const type = isObject(target) ? target["type"] : undefined;
    if (typeof type !== "string" || type.trim() === "")
      throw invalidField(`targets[${i}].type`, "required", "is required");
    if (seen.has(type)) throw invalidField(`targets[${i}].type`, "duplicate", `is '${type}' once more`);
    seen.add(type);
    metadataOf((target as Record<string, unknown>)["metadata"], `targets[${i}].metadata`);
  }
  if (actor !== undefined && actor !== null) {
    if (!isObject(actor)) throw invalidField("actor", "invalid_type", "must be an object");
    if (metadataOf(actor["metadata"], "actor.metadata") === null)
      throw invalidField("actor.metadata", "required", "is required");
  }
  return { targets, actor: actor ?? null, metadata: metadataOf(metadata, "metadata") };
}

export const auditLogRoutes: Routes = {
  "GET /audit_logs/actions": (call) =>
    list(call.store.page("audit_log_action", call.environment.parent, pageOf(call.exchange)), (row) =>
      actionView(call, row),
    ),
  "GET /audit_logs/actions/:action/schemas"(call) {
    const action = actionOf(call, call.params["action"]!);
    if (!action) throw notFound("Audit log action", call.params["action"]!);
    return list(call.store.page<SchemaData>("audit_log_schema", action.id, pageOf(call.exchange)), schemaView);
  },
  "POST /audit_logs/actions/:action/schemas"(call) {
    const { store, account, environment, json } = call;
    const name = call.params["action"]!;
    const { targets, actor, metadata } = schemaOf(json);
    const action =
      actionOf(call, name) ??
      store.insert("audit_log_action", "audit_log_action", {
        account,
        parent: environment.parent,
        key: name,
        data: {},
      });
    const auditLogActions = [...new Set([...(environment.data.auditLogActions ?? []), name])];
    store.update(environment, { data: { ...environment.data, auditLogActions } });
    const version = schemasOf(call, action).length + 1;
    const data = { version, targets, actor, metadata };
    const parent = action.id;
    return ok(
      schemaView(store.insert("audit_log_schema", "audit_log_schema", { account, parent, key: String(version), data })),
      201,
    );
  },
};

import type { Row } from "../../store/database";
import { type Call, invalid, list, notFound, ok, pageOf, type Routes, times } from "./router";

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
    const { targets, actor, metadata } = json;
    if (
      !Array.isArray(targets) ||
      targets.length === 0 ||
      targets.some((t: { type?: unknown }) => typeof t?.type !== "string")
    )
      throw invalid("Validation failed.", [{ field: "targets", code: "required" }]);
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
    const data = { version, targets, actor: actor ?? null, metadata: metadata ?? null };
    const parent = action.id;
    return ok(
      schemaView(store.insert("audit_log_schema", "audit_log_schema", { account, parent, key: String(version), data })),
      201,
    );
  },
};

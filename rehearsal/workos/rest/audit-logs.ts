import { projectOf } from "../../domain/session";
import type { Row } from "../../store/database";
import { type Call, invalid, list, notFound, ok, pageOf, type Routes, times } from "./router";

interface SchemaData {
  version: number;
  targets: unknown[];
  actor: unknown;
  metadata: unknown;
}
const schemasOf = ({ store, environment }: Call, action: string) =>
  store.children<SchemaData>("audit_log_schema", `${environment.id}/${action}`);
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
  schema: schemaView(schemasOf(call, row.key).at(-1)!),
  ...times(row),
});

export const auditLogRoutes: Routes = {
  "GET /audit_logs/actions": (call) =>
    list(call.store.page("audit_log_action", call.environment.id, pageOf(call.exchange)), (row) =>
      actionView(call, row),
    ),
  "GET /audit_logs/actions/:action/schemas"(call) {
    const schemas = schemasOf(call, call.params["action"]!);
    if (schemas.length === 0) throw notFound("Audit log action", call.params["action"]!);
    const parent = `${call.environment.id}/${call.params["action"]}`;
    return list(call.store.page<SchemaData>("audit_log_schema", parent, pageOf(call.exchange)), schemaView);
  },
  "POST /audit_logs/actions/:action/schemas"(call) {
    const { store, account, environment, json } = call;
    const action = call.params["action"]!;
    const { targets, actor, metadata } = json;
    if (
      !Array.isArray(targets) ||
      targets.length === 0 ||
      targets.some((t: { type?: unknown }) => typeof t?.type !== "string")
    )
      throw invalid("Validation failed.", [{ field: "targets", code: "required" }]);
    const version = schemasOf(call, action).length + 1;
    if (!store.byKey("audit_log_action", environment.id, action)) {
      store.insert("audit_log_action", "audit_log_action", { account, parent: environment.id, key: action, data: {} });
      const project = projectOf(call, environment.parent)!;
      const auditLogSchemas = [...new Set([...project.data.auditLogSchemas, action])];
      store.update(project, { data: { ...project.data, auditLogSchemas } });
    }
    const data = { version, targets, actor: actor ?? null, metadata: metadata ?? null };
    const parent = `${environment.id}/${action}`;
    return ok(
      schemaView(store.insert("audit_log_schema", "audit_log_schema", { account, parent, key: String(version), data })),
      201,
    );
  },
};

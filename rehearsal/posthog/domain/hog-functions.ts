import type { Row, Store } from "../../store/database";
import { conflict, invalid, required } from "../errors";
import { boolean, choice, integer, isObject, type Json, list, object, orElse, orNull, text, within } from "../fields";
import { readInputs, readSchema } from "./hog-inputs";
import { templateOf } from "./hog-templates";
import type { HogFunctionData } from "./rows";
import { add, byId, newUuid } from "./store";

const types = [
  "destination",
  "site_destination",
  "internal_destination",
  "source_webhook",
  "warehouse_source_webhook",
  "site_app",
  "transformation",
  "transformation_log",
] as const;
const largestCode = 100 * 1024;
const sources = ["events", "person-updates", "data-warehouse-table"] as const;

/** Which events it is for. The server adds how it compiled that. */
function readFilters(value: unknown): Json {
  const filters = object(value, "filters");
  for (const kind of ["events", "actions"] as const) {
    list(filters[kind] ?? [], within("filters", kind)).forEach((one, i) => {
      const at = within(within("filters", kind), i);
      const { id, type } = object(one, at);
      if (kind === "events" && id !== null) text(id, within(at, "id"));
      if (kind === "actions" && typeof id !== "string" && typeof id !== "number") throw required(within(at, "id"));
      choice(type, within(at, "type"), [kind]);
    });
  }
  list(filters["properties"] ?? [], "filters__properties").forEach((one, i) => {
    const at = within("filters__properties", i);
    const property = object(one, at);
    text(property["key"], within(at, "key"));
  });
  const source = filters["source"] === undefined ? "events" : choice(filters["source"], "filters__source", sources);
  if (filters["filter_test_accounts"] !== undefined)
    boolean(filters["filter_test_accounts"], "filters__filter_test_accounts");
  return { ...filters, source, bytecode: ["_H", 1, 29], bytecode_error: null };
}

function written(before: HogFunctionData, body: Json): HogFunctionData {
  const hog = orElse(body["hog"], before.hog, (value) =>
    text(value, "hog", { max: largestCode, blank: true }).trimEnd(),
  );
  if (hog === "" && !before.type.startsWith("site_")) throw required("hog");
  const inputs_schema = orElse(body["inputs_schema"], before.inputs_schema, (value) => orNull(value, readSchema) ?? []);
  return {
    ...before,
    name: orElse(body["name"], before.name, (value) => text(value, "name", { max: 400 })),
    description: orElse(body["description"], before.description, (value) =>
      text(value, "description", { max: 10_000, blank: true }),
    ),
    enabled: orElse(body["enabled"], before.enabled, (value) => boolean(value, "enabled")),
    deleted: orElse(body["deleted"], before.deleted, (value) => boolean(value, "deleted")),
    hog,
    inputs_schema,
    inputs:
      body["inputs"] === undefined && body["inputs_schema"] === undefined && before.version > 0
        ? before.inputs
        : readInputs(inputs_schema, body["inputs"], before.inputs),
    filters: orElse(body["filters"], before.filters, (value) => readFilters(value ?? {})),
    masking: orElse(body["masking"], before.masking, (value) => orNull(value, (one) => object(one, "masking"))),
    mappings: orElse(body["mappings"], before.mappings, (value) =>
      orNull(value, (all) => list(all, "mappings").map((one, i) => object(one, within("mappings", i)))),
    ),
    icon_url: orElse(body["icon_url"], before.icon_url, (value) =>
      orNull(value, (one) => text(one, "icon_url", { max: 2_000 })),
    ),
    execution_order: orElse(body["execution_order"], before.execution_order, (value) =>
      orNull(value, (one) => integer(one, "execution_order", 0)),
    ),
    version: before.version + 1,
  };
}

/** By its uuid, also one that is deleted: it can be brought back. */
export const hogFunctionOf = (store: Store, project: string, uuid: string): Row<HogFunctionData> | undefined => {
  const found = /^[0-9a-f-]{36}$/.test(uuid) ? byId(store, "ph_hog", `ph_hog_${uuid}`) : undefined;
  return found?.parent === project ? found : undefined;
};

export function createHogFunction(store: Store, project: string, user: string, body: Json): Row<HogFunctionData> {
  const template_id = orElse(body["template_id"], null, (value) => orNull(value, (one) => text(one, "template_id")));
  const template = template_id === null ? undefined : templateOf(template_id);
  if (template_id !== null && !template)
    throw invalid("template_id", `No template found for id '${template_id.slice(0, 100)}'`);
  const type = orElse(body["type"], template?.type ?? "destination", (value) => choice(value, "type", types));
  if (body["name"] === undefined && !template) throw required("name");
  const uuid = newUuid();
  const empty: HogFunctionData = {
    uuid,
    type,
    name: template?.name ?? "",
    description: template?.description ?? "",
    enabled: false,
    deleted: false,
    hog: template?.code ?? "",
    inputs_schema: template ? template.inputs_schema.map((one) => ({ ...one })) : [],
    inputs: {},
    filters: { source: "events", bytecode: ["_H", 1, 29], bytecode_error: null },
    masking: null,
    mappings: null,
    icon_url: template?.icon_url ?? null,
    template_id,
    execution_order: null,
    version: 0,
    created_by: user,
  };
  return add(store, "ph_hog", project, written(empty, body), { id: `ph_hog_${uuid}` });
}

export function updateHogFunction(store: Store, found: Row<HogFunctionData>, body: Json): Row<HogFunctionData> {
  const { type, base_updated_at: base } = body;
  if (type !== undefined && type !== found.data.type)
    throw invalid("type", "Cannot modify the type of an existing function");
  if (base !== undefined && base !== null) {
    const seen = Date.parse(text(base, "base_updated_at"));
    if (Number.isNaN(seen)) throw invalid("base_updated_at", "Datetime has wrong format.");
    if (Date.parse(found.updatedAt) > seen)
      throw conflict(
        "This function was changed since you read it. Read it again and repeat the change.",
        "stale_update",
      );
  }
  if (isObject(body["inputs"]) && found.data.deleted && body["deleted"] !== false)
    throw invalid(null, "This function is deleted.");
  return store.update(found, { data: written(found.data, body) });
}

import type { Row } from "../../store/database";
import { createHogFunction, hogFunctionOf, updateHogFunction } from "../domain/hog-functions";
import { shownInputs } from "../domain/hog-inputs";
import { templateOf, templates } from "../domain/hog-templates";
import type { HogFunctionData } from "../domain/rows";
import { childrenOf } from "../domain/store";
import { notFound } from "../errors";
import { type Call, ok, page, type Routes } from "../router";
import { times, userView } from "./views";

/** A function in a list, without its inputs. */
const briefly = (call: Call, found: Row<HogFunctionData>) => ({
  id: found.data.uuid,
  type: found.data.type,
  name: found.data.name,
  description: found.data.description,
  enabled: found.data.enabled,
  hog: found.data.hog,
  filters: found.data.filters,
  icon_url: found.data.icon_url,
  ...times(found),
  created_by: userView(call.store, found.data.created_by),
  template: found.data.template_id === null ? null : (templateOf(found.data.template_id) ?? null),
  status: { state: 0, tokens: 0 },
  execution_order: found.data.execution_order,
});
const fully = (call: Call, found: Row<HogFunctionData>) => ({
  ...briefly(call, found),
  inputs_schema: found.data.inputs_schema,
  inputs: shownInputs(found.data.inputs_schema, found.data.inputs),
  masking: found.data.masking,
  mappings: found.data.mappings,
  bytecode: ["_H", 1],
  transpiled: null,
  version: found.data.version,
  draft: null,
  draft_updated_at: null,
  batch_export_id: null,
});
/** A deleted one can be brought back, and not be read. */
const functionOf = (call: Call): Row<HogFunctionData> => {
  const found = hogFunctionOf(call.store, call.project.id, call.params["id"]!);
  if (!found || (found.data.deleted && (call.exchange.method === "GET" || call.body["deleted"] !== false)))
    throw notFound();
  return found;
};

/** The latest first, of the asked types. */
function listed(call: Call) {
  const { query } = call.exchange;
  const types = query.get("type")?.split(",");
  const [enabled, search] = [query.get("enabled"), query.get("search")?.toLowerCase()];
  const rows = childrenOf(call.store, "ph_hog", call.project.id).filter(
    ({ data }) =>
      !data.deleted &&
      (types === undefined || types.includes(data.type)) &&
      (enabled === null || String(data.enabled) === enabled) &&
      (search === undefined || `${data.name}\n${data.description}`.toLowerCase().includes(search)),
  );
  const orderOf = ({ data }: Row<HogFunctionData>): number => data.execution_order ?? Number.MAX_SAFE_INTEGER;
  const sorted = rows.toSorted((a, b) => orderOf(a) - orderOf(b) || (a.updatedAt < b.updatedAt ? 1 : -1));
  return page(call, sorted, (found) => (query.get("full") === "true" ? fully(call, found) : briefly(call, found)));
}
const template = ({ params }: Call) => {
  const found = templateOf(params["id"]!);
  if (!found) throw notFound();
  return ok(found);
};

const path = "/api/projects/:project/hog_functions/";
export const hogFunctionRoutes: Routes = {
  [`GET ${path}`]: { scope: "hog_function:read", run: listed },
  [`POST ${path}`]: {
    scope: "hog_function:write",
    run: (call) => ok(fully(call, createHogFunction(call.store, call.project.id, call.user, call.body)), 201),
  },
  [`GET ${path}:id/`]: { scope: "hog_function:read", run: (call) => ok(fully(call, functionOf(call))) },
  [`PATCH ${path}:id/`]: {
    scope: "hog_function:write",
    run: (call) => ok(fully(call, updateHogFunction(call.store, functionOf(call), call.body))),
  },
  "GET /api/projects/:project/hog_function_templates/": {
    scope: "hog_function:read",
    run: (call) => page(call, templates, (one) => one),
  },
  "GET /api/projects/:project/hog_function_templates/:id/": { scope: "hog_function:read", run: template },
};

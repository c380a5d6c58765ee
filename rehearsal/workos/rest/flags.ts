import { accountOf } from "../../domain/session";
import { HttpError } from "../../http/exchange";
import type { Row } from "../../store/database";
import type { FlagData, RuleData } from "../../store/objects";
import { type Call, list, noContent, notFound, ok, pageOf, type Routes, times } from "./router";

const ruleIn = ({ store, environment }: Call, flag: Row<FlagData>) =>
  store.byKey<RuleData>("rule", flag.id, environment.id)!;

const view = (call: Call, row: Row<FlagData>) => {
  const { user } = accountOf(call).data;
  const rule = ruleIn(call, row).data;
  return {
    object: "feature_flag",
    id: row.id,
    slug: row.data.slug,
    name: row.data.name,
    description: row.data.description,
    owner: user.id === row.data.ownerId ? { email: user.email, first_name: null, last_name: null } : null,
    tags: row.data.tags,
    enabled: rule.flagEnabled,
    default_value: rule.defaultEnabled,
    ...times(row),
  };
};
const own = (call: Call): Row<FlagData> => {
  const row = call.store.byKey<FlagData>("flag", call.environment.parent, call.params["slug"]!);
  if (!row) throw notFound("Feature flag", call.params["slug"]!);
  return row;
};
function turn(call: Call, flagEnabled: boolean) {
  const flag = own(call);
  const rule = ruleIn(call, flag);
  call.store.update(rule, { data: { ...rule.data, flagEnabled } });
  return ok(view(call, flag));
}
function target(call: Call, isTarget: boolean) {
  const rule = ruleIn(call, own(call));
  const id = call.params["resource"]!;
  const kind = /^org_\w+$/.test(id) ? "organizationIds" : /^user_\w+$/.test(id) ? "userIds" : undefined;
  if (!kind)
    throw new HttpError(400, `'${id}' is not the id of an organization or a user.`, "invalid_resource_id_format");
  const others = rule.data[kind].filter((one) => one !== id);
  const data: RuleData = {
    ...rule.data,
    [kind]: isTarget ? [...others, id] : others,
    ...(isTarget && rule.data.accessType === "NONE" && { accessType: "SOME" as const }),
  };
  call.store.update(rule, { data });
  return noContent;
}

/** Flags are defined on the dashboard API; a key reads them, switches them and targets them in its environment. */
export const flagRoutes: Routes = {
  "GET /feature-flags": (call) =>
    list(call.store.page<FlagData>("flag", call.environment.parent, pageOf(call.exchange)), (row) => view(call, row)),
  "GET /feature-flags/:slug": (call) => ok(view(call, own(call))),
  "PUT /feature-flags/:slug/enable": (call) => turn(call, true),
  "PUT /feature-flags/:slug/disable": (call) => turn(call, false),
  "POST /feature-flags/:slug/targets/:resource": (call) => target(call, true),
  "DELETE /feature-flags/:slug/targets/:resource": (call) => target(call, false),
};

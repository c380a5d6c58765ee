import { randomUUID } from "node:crypto";
import type { Exchange, Reply } from "../../http/exchange";
import type { Row, Store } from "../../store/database";
import { documentOf } from "../body";
import { filtersOf, liveFlags } from "../domain/flag-references";
import { projectOfToken } from "../domain/projects";
import type { FlagData, ProjectData } from "../domain/rows";
import { numberOf } from "../domain/store";
import { ApiError, invalid } from "../errors";
import { isObject, type Json, object, texts } from "../fields";
import { Evaluation, type Evaluated, type FlagValue, type Subject } from "./evaluate";

const noToken = () =>
  new ApiError(
    401,
    "authentication_error",
    "missing_api_key",
    "No API token provided. Please include a valid API token in your request.",
  );
const wrongToken = () =>
  new ApiError(
    401,
    "authentication_error",
    "invalid_api_key",
    "The provided API key is invalid or has expired. Please check your API key and try again.",
  );

/** The body of what an application asks, whatever it says its type is. */
export function askedOf({ text }: Pick<Exchange, "text">): Json {
  const body = documentOf(text);
  if (isObject(body)) return body;
  throw invalid(null, "The request body is no object.");
}
/** The project of the public token in a body. */
export function projectOfBody(store: Store, body: Json): Row<ProjectData> {
  const token = body["token"] ?? body["api_key"] ?? body["$token"];
  if (typeof token !== "string" || token === "") throw noToken();
  const project = projectOfToken(store, token);
  if (!project) throw wrongToken();
  return project;
}
const idOf = (value: unknown, name: string): string => {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value !== "string")
    throw invalid(
      name,
      `The ${name} field is missing from the request. Please include a valid identifier.`,
      "missing_distinct_id",
    );
  if (value === "")
    throw invalid(name, `The ${name} field cannot be empty. Please provide a valid identifier.`, "empty_distinct_id");
  return value.slice(0, 200);
};
function subjectOf(body: Json): Subject {
  const properties = object(body["person_properties"] ?? {}, "person_properties");
  const device = body["$device_id"] ?? body["device_id"] ?? properties["$device_id"];
  const groups = Object.entries(object(body["groups"] ?? {}, "groups")).map(
    ([type, key]) => [type, idOf(key, "groups")] as const,
  );
  const groupProperties = Object.entries(object(body["group_properties"] ?? {}, "group_properties"));
  return {
    distinctId: idOf(body["distinct_id"] ?? body["$distinct_id"], "distinct_id"),
    deviceId: typeof device === "string" && device !== "" ? device : undefined,
    properties,
    groups: Object.fromEntries(groups),
    groupProperties: Object.fromEntries(groupProperties.map(([type, one]) => [type, object(one, "group_properties")])),
  };
}

/** Where the program runs that asks: as it says, or as its name does. Flags of the other side are not for it. */
function runtimeOf(body: Json, { headers }: Exchange): string | undefined {
  const said = body["evaluation_runtime"];
  if (said === "client" || said === "server") return said;
  const agent = headers["user-agent"] ?? "";
  if (/^posthog-(node|python|ruby|php|go|java|dotnet|elixir|rs)/i.test(agent)) return "server";
  return agent.startsWith("Mozilla/") || headers.origin !== undefined ? "client" : undefined;
}
function asked(store: Store, project: Row<ProjectData>, body: Json, exchange: Exchange): Row<FlagData>[] {
  const runtime = runtimeOf(body, exchange);
  const contexts =
    body["evaluation_contexts"] === undefined ? [] : texts(body["evaluation_contexts"], "evaluation_contexts");
  const keys = body["flag_keys_to_evaluate"] ?? body["flag_keys"];
  const only = keys === undefined || keys === null ? undefined : texts(keys, "flag_keys_to_evaluate");
  return liveFlags(store, project.id).filter(
    ({ data }) =>
      data.active &&
      data.filters["version"] !== 2 &&
      (data.evaluation_runtime === "all" || data.evaluation_runtime === runtime) &&
      (contexts.length === 0 ||
        data.evaluation_contexts.length === 0 ||
        data.evaluation_contexts.some((one) => contexts.includes(one))) &&
      (only === undefined || only.includes(data.key)),
  );
}

const descriptions = {
  condition_match: (index: number | null) => `Matched condition set ${(index ?? 0) + 1}`,
  no_condition_match: () => "No matching condition set",
  out_of_rollout_bound: () => "Out of rollout bound",
  no_group_type: () => "No group type",
  flag_disabled: () => "Flag is disabled",
} as const;
const hidden = '"********* (encrypted)"';
/** What goes with a value: of a variant its own, of a plain yes that of `true`. */
export function payloadOf(flag: Row<FlagData>, value: FlagValue): string | null {
  const payload = value === false ? undefined : filtersOf(flag).payloads?.[String(value)];
  if (payload === undefined) return null;
  return flag.data.has_encrypted_payloads ? hidden : payload;
}
const detail = (flag: Row<FlagData>, { value, reason, condition }: Evaluated) => ({
  key: flag.data.key,
  enabled: value !== false,
  variant: typeof value === "string" ? value : null,
  reason: { code: reason, condition_index: condition, description: descriptions[reason](condition) },
  metadata: {
    id: numberOf(flag),
    version: flag.data.version,
    description: flag.data.name || null,
    payload: payloadOf(flag, value),
  },
});

/** `/flags` and `/decide`: what every flag says to one person. Older versions of the answer say less. */
export function flags(store: Store, exchange: Exchange): Reply {
  const version = Number(exchange.query.get("v") ?? 1);
  const isDecide = exchange.path.startsWith("/decide");
  const body = askedOf(exchange);
  const project = projectOfBody(store, body);
  const evaluation = new Evaluation(store, project, subjectOf(body));
  const found = asked(store, project, body, exchange).map((flag) => ({ flag, result: evaluation.of(flag) }));
  const common = {
    errorsWhileComputingFlags: false,
    requestId: randomUUID(),
    evaluatedAt: Date.now(),
    config: { enable_collect_everything: true },
  };
  if (version >= (isDecide ? 4 : 2))
    return {
      status: 200,
      body: {
        ...common,
        flags: Object.fromEntries(found.map(({ flag, result }) => [flag.data.key, detail(flag, result)])),
      },
    };
  const on = found.filter(({ result }) => result.value !== false);
  if (isDecide && version === 1)
    return { status: 200, body: { ...common, featureFlags: on.map(({ flag }) => flag.data.key) } };
  const entries = (isDecide && version === 2 ? on : found).map(
    ({ flag, result }) => [flag.data.key, result.value] as const,
  );
  const payloads = on.flatMap(({ flag, result }) => {
    const payload = payloadOf(flag, result.value);
    return payload === null ? [] : [[flag.data.key, payload] as const];
  });
  return {
    status: 200,
    body: { ...common, featureFlags: Object.fromEntries(entries), featureFlagPayloads: Object.fromEntries(payloads) },
  };
}

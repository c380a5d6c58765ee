import * as domain from "../../domain/webhooks";
import { HttpError } from "../../http/exchange";
import type { Row } from "../../store/database";
import type { WebhookData } from "../../store/objects";
import {
  type Call,
  invalid,
  invalidField,
  list,
  noContent,
  notFound,
  ok,
  pageOf,
  type Routes,
  text,
  texts,
  times,
} from "./router";

const view = (row: Row<WebhookData>) => ({
  object: "webhook_endpoint",
  id: row.id,
  endpoint_url: row.data.endpointUrl,
  secret: row.data.secret,
  status: row.data.state === "Active" ? "enabled" : "disabled",
  events: row.data.events,
  ...times(row),
});

/** A result of the domain as an answer, or as the documented error. */
function answered(result: { __typename: string } & Record<string, unknown>, status: number) {
  switch (result.__typename) {
    case "DuplicateWebhookEndpoint":
      throw new HttpError(409, "A webhook endpoint with this URL exists already.", "duplicate_endpoint");
    case "InvalidWebhookEndpointUrl":
      throw invalid(String(result["message"]), [], "invalid_url");
    case "UnknownWebhookEvent":
      throw invalid("Validation failed.", [{ code: "unknown_event_type", message: result["message"] }]);
    default:
      return ok(view(result["webhookEndpoint"] as Row<WebhookData>), status);
  }
}
/** An endpoint of the key's own environment: others are not there. */
const own = (call: Call): Row<WebhookData> => {
  const row = domain.webhookOf(call, call.params["id"]!);
  if (row?.parent !== call.environment.id) throw notFound("WebhookEndpoint", call.params["id"]!);
  return row;
};
const stateOf = (status: unknown) => {
  if (status === undefined || status === null) return undefined;
  if (status === "enabled" || status === "disabled")
    return status === "enabled" ? ("Active" as const) : ("InActive" as const);
  throw invalidField("status", "invalid_enum", "must be enabled or disabled");
};

export const webhookRoutes: Routes = {
  "GET /webhook_endpoints": ({ store, environment, exchange }) =>
    list(store.page<WebhookData>("webhook", environment.id, pageOf(exchange)), view),
  "POST /webhook_endpoints"(call) {
    const endpointUrl = text(call.json, "endpoint_url", 10_000);
    const events = texts(call.json, "events");
    if (!events) throw invalidField("events", "required", "is required");
    return answered(domain.createWebhook(call, { environmentId: call.environment.id, endpointUrl, events }), 201);
  },
  "PATCH /webhook_endpoints/:id"(call) {
    const { id } = own(call);
    const endpointUrl = call.json["endpoint_url"] === undefined ? undefined : text(call.json, "endpoint_url", 10_000);
    const change = {
      webhookEndpointId: id,
      endpointUrl,
      events: texts(call.json, "events"),
      state: stateOf(call.json["status"]),
    };
    return answered(domain.updateWebhook(call, change), 200);
  },
  "DELETE /webhook_endpoints/:id"(call) {
    domain.deleteWebhook(call, own(call).id);
    return noContent;
  },
};

import { own, scope, type Spelling } from "./spelling";

/** How an endpoint is written on the dashboard plane. */
export const dashboardSpelling: Spelling<"WebhookEndpoint"> = {
  environment: scope,
  url: "endpointUrl",
  events: "events",
  enabled: {
    select: "state",
    via: "updateWebhookEndpoint",
    to: (enabled) => ({ state: enabled ? "Active" : "InActive" }),
    from: ({ state }) => state === "Active",
  },
  description: "description",
  secretVersion: own,
};

/** How it is written on the environment plane. */
export const restSpelling: Spelling<"WebhookEndpoint"> = {
  environment: scope,
  url: "endpoint_url",
  events: "events",
  enabled: {
    select: "status",
    via: "PATCH",
    to: (enabled) => ({ status: enabled ? "enabled" : "disabled" }),
    from: ({ status }) => status === "enabled",
  },
  description: { unsupported: "WorkOS keeps no description of an endpoint: leave it out" },
  secretVersion: own,
};

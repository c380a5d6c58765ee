import { byHand } from "./capabilities";
import { apart, extension, scope, type Spelling } from "./spelling";

export const noDescription = "WorkOS keeps no description of an endpoint: leave it out";
/** Whether another signing secret is asked for than the one that came with the endpoint. */
export const isRotated = (version: number): boolean => version > 1;

/** How an endpoint is written on the dashboard plane. */
export const webhookSpelling: Spelling<"WebhookEndpoint"> = {
  environment: scope,
  url: "endpointUrl",
  events: "events",
  enabled: {
    select: "state",
    via: "updateWebhookEndpoint",
    to: (enabled) => ({ state: enabled ? "Active" : "InActive" }),
    from: ({ state }) => state === "Active",
  },
  description: extension("description", noDescription),
  secretVersion: extension(apart, byHand.rotateWebhookSecret, isRotated),
};

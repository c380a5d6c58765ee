import { byHand } from "../capabilities";
import { apart, extension, scope, type Codecs } from "../../wire/codec";

/** How an endpoint is written on the dashboard API. */
export const webhookCodecs: Codecs<"WebhookEndpoint"> = {
  environment: scope,
  url: "endpointUrl",
  events: "events",
  enabled: {
    select: "state",
    via: "updateWebhookEndpoint",
    to: (enabled) => ({ state: enabled ? "Active" : "InActive" }),
    from: ({ state }) => state === "Active",
  },
  description: extension("description", "WorkOS keeps no description of an endpoint: leave it out"),
  secretVersion: extension(apart, byHand.rotateWebhookSecret, (version) => version > 1),
};

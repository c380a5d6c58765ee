import { byHand } from "../capabilities";
import { apart, extension, scope, type Codecs, unsupported } from "../../wire/codec";

const fixed = "WorkOS posts what it posts, signed with a secret of the endpoint's own: leave it out";

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
  method: unsupported(fixed),
  headers: unsupported(fixed),
  body: unsupported(fixed),
  filters: unsupported("WorkOS sends by the names of events alone: leave it out"),
  secretVersion: extension(apart, byHand.rotateWebhookSecret, (version) => version > 1),
};

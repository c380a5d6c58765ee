import { z } from "zod";
import { field, reference } from "../define";
import { onceNamed } from "../rules/twice";
import {
  defineResource,
  description,
  deletionProtection,
  environmentType,
  jsonText,
  protectedInProduction,
  webUrl,
} from "./common";

/** A URL in one environment that receives events, signed with a secret of its own. */
export const webhookEndpoint = defineResource({
  type: "WebhookEndpoint",
  sole: true,
  example: { url: "https://hooks.shop.example.com/users", events: ["user.created", "user.deleted"] },
  inputs: {
    /** Environment whose events are sent. */
    environment: reference("Environment", z.string().min(1), { key: true, replace: true }),
    /** Type of that environment; filled in when `environment` is given as a resource. With it, preview applies production's rules. */
    environmentType: environmentType(),
    /** Where events are posted; one endpoint per URL in an environment. Changed in place. */
    url: field(webUrl(), { key: true, crossing: "transform" }),
    /** Names of the events to send, e.g. `user.created`. The platform decides which names exist. */
    events: field(z.array(z.string().min(1)).min(1), { unordered: true }),
    /** Whether events are sent. */
    enabled: field(z.boolean().optional(), { fresh: true }),
    /** What the endpoint is for. */
    description: field(description().optional()),
    /** HTTP method of a delivery, where the platform lets one choose. */
    method: field(z.enum(["POST", "PUT", "PATCH", "GET", "DELETE"]).optional(), { fresh: "POST" }),
    /** Headers of each delivery, e.g. one that proves to the receiver who sends. */
    headers: field(
      z
        .array(
          z.strictObject({
            /** Name of the header. */
            name: z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "is no name of a header"),
            /** Its value. */
            value: z.string(),
          }),
        )
        .optional(),
      { secret: true, unordered: true, fresh: [], crossing: "ask" },
    ),
    /** Body of a delivery as the platform's template, JSON text. The platform's own, when left out. */
    body: field(jsonText().optional()),
    /** What else decides whether an event is sent, in the platform's own words, JSON text. */
    filters: field(jsonText().optional()),
    /** Raise it for a new signing secret, where the platform can. @default 1 */
    secretVersion: field(z.number().int().min(1).default(1), { rotates: true, crossing: "drop" }),
    /** While true, delete and replace are refused: one deploy must switch it off before another may. Filled in when `environment` is given as a resource. @default true in production */
    deletionProtection: deletionProtection("its signing secret and every event until there is another"),
  },
  outputs: {
    /** Id of the endpoint. */
    endpointId: field(z.string(), { id: true }),
    /** Signs each delivery. Missing when the credentials may not read it. */
    signingSecret: field(z.string().optional(), { secret: true, kept: true, crossing: "drop" }),
    /** Whether state holds the signing secret, or the platform signs nothing. */
    secretHeld: field(z.boolean()),
  },
  complete: protectedInProduction,
  rules: [onceNamed("headers", "name", (name) => name.toLowerCase())],
});

import { z } from "zod";
import { field, reference } from "../define";
import {
  defineResource,
  description,
  deletionProtection,
  environmentType,
  protectedInProduction,
  webUrl,
} from "./common";

/** A URL in one environment that receives events, signed with a secret of its own. */
export const webhookEndpoint = defineResource({
  type: "WebhookEndpoint",
  sole: true,
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
    /** Whether state holds the signing secret. */
    secretHeld: field(z.boolean()),
  },
  complete: protectedInProduction,
});

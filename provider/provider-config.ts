import { z } from "zod";
import { field } from "./define";

/**
 * The provider's own settings. Each comes from an explicit provider's argument, else from its environment variable
 * (`GOLIVE_API_KEY` for `apiKey`), else from stack config (`golive:apiKey`). An environment variable leaves nothing in state.
 */
export const providerConfig = {
  /** Management API to talk to. `rehearsal` is the embedded one of `golive serve`. @default "workos" */
  platform: field(z.enum(["workos", "rehearsal"]).default("workos")),
  /** URL of the management API. https, and plain http on this computer only. Required for `rehearsal`. */
  endpoint: field(z.url({ protocol: /^https?$/ }).optional()),
  /** Dashboard token of a person: projects, environments, applications, flag definitions and rules. */
  token: field(z.string().min(1).optional(), { secret: true }),
  /** Secret key (`sk_`) of one environment. */
  apiKey: field(z.string().min(1).optional(), { secret: true }),
  /** Client id for the Platform API: environments and keys. Goes with `clientSecret`. */
  clientId: field(z.string().min(1).optional()),
  /** Client secret for the Platform API. */
  clientSecret: field(z.string().min(1).optional(), { secret: true }),
  /** Tries after the first for a request that is safe to repeat, 0 to 10. @default 3 */
  retries: field(z.number().int().min(0).max(10).default(3)),
  /** Seconds that one try may take, 1 to 600. @default 30 */
  timeout: field(z.number().int().min(1).max(600).default(30)),
};

/** The environment variable of a setting: `GOLIVE_API_KEY` for `apiKey`. */
export const variableOf = (setting: string): string =>
  `GOLIVE_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

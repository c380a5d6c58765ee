import { z } from "zod";
import { field } from "./define";
import { platformSettings } from "./platforms";

const { platform, ...credentials } = platformSettings;

/**
 * The provider's own settings. Each comes from an explicit provider's argument, else from its environment variable
 * (`GOLIVE_TIMEOUT` for `timeout`), else from stack config (`golive:timeout`). An environment variable leaves nothing in state.
 */
export const providerConfig = {
  platform,
  /** URL of a rehearsal of the platform, which is talked to in its place: what `golive serve` prints. */
  rehearsal: field(z.url({ protocol: /^https?$/ }).optional()),
  /** URL of the management API, where it is not the platform's own. https, and plain http on this computer only. */
  endpoint: field(z.url({ protocol: /^https?$/ }).optional()),
  ...credentials,
  /**
   * Command that prints a token, where a platform's tokens live shortly: the token alone, or JSON with `token` and `expiresAt`. It
   * is run when a token is needed, again shortly before that one ends and once after a refusal. Put no secret into it.
   */
  tokenCommand: field(z.string().min(1).optional()),
  /**
   * Id of the environment that the key belongs to, where the key itself does not tell. What is declared in another is then
   * refused, and what golive remembers of the key is overruled. Goes where the key is given, or in stack config.
   */
  environment: field(z.string().min(1).optional()),
  /** Send nothing and ask for no credential: every rule is applied at preview, and whatever would send stops. @default false */
  offline: field(z.boolean().default(false)),
  /** Tries after the first for a request that is safe to repeat, 0 to 10. @default 3 */
  retries: field(z.number().int().min(0).max(10).default(3)),
  /** Seconds that one try may take, 1 to 600. @default 30 */
  timeout: field(z.number().int().min(1).max(600).default(30)),
};

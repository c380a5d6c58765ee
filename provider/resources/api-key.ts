import { z } from "zod";
import { field, reference } from "../define";
import type { Failure } from "../define";
import { defineResource, deletionProtection, environmentType, name, protectedInProduction } from "./common";

interface Draft {
  readonly external?: boolean | undefined;
  readonly value?: string | undefined;
  readonly version?: number | undefined;
  readonly expiresAt?: string | undefined;
}
/** What golive did not make it can neither renew nor end, and its value somebody has to give. */
function external({ external: isExternal, value, version, expiresAt }: Draft): Failure[] {
  if (isExternal !== true) return [];
  const fault = (property: string, reason: string): Failure => ({ property, reason });
  return [
    ...(value === undefined
      ? [fault("value", "is required of an external key: give what the dashboard showed, as a secret of stack config")]
      : []),
    ...(version !== undefined && version !== 1
      ? [fault("version", "rotates no external key: make a new one in the dashboard, and change `value`")]
      : []),
    ...(expiresAt === undefined
      ? []
      : [fault("expiresAt", "ends no external key: its end is what the dashboard says. Leave it out")]),
  ];
}

/** A key of one environment: publishable (names the account) or secret (may do anything in the environment). */
export const apiKey = defineResource({
  type: "ApiKey",
  example: { name: "backend" },
  inputs: {
    /** Environment of the key. */
    environment: reference("Environment", z.string().min(1), { key: true, replace: true }),
    /** Type of that environment; filled in when `environment` is given as a resource. */
    environmentType: environmentType(),
    /** Application that the key is limited to. */
    application: reference("Application", z.string().min(1).optional(), { replace: true }),
    /** Name, 1 to 200 characters. */
    name: field(name(), { key: true }),
    /** `secret` or `publishable`. @default "secret" */
    kind: field(z.enum(["secret", "publishable"]).default("secret"), { replace: true }),
    /** What the key may do, e.g. `feature_flag:read`, where the platform limits that. */
    scopes: field(z.array(z.string().trim().min(1)).optional(), { unordered: true, fresh: [] }),
    /** When the key stops being valid, e.g. `2027-01-01T00:00:00Z`. Never, when left out. */
    expiresAt: field(z.iso.datetime({ offset: true }).optional(), { ends: "the key", crossing: "ask" }),
    /** Raise it to rotate: a new key is made and the old one stays valid for `overlap`. @default 1 */
    version: field(z.number().int().min(1).default(1), { rotates: true, local: true, crossing: "drop" }),
    /** Seconds that the old key stays valid after a rotation, 0 to 604800, where the platform lets it. @default 3600 */
    overlap: field(z.number().int().min(0).max(604_800).default(3600), { local: true }),
    /** Whether somebody made the key by hand: golive holds its `value` and checks that a key of its name is there, where the API tells; it makes, rotates and ends none. True where `value` is given. @default false */
    external: field(z.boolean().default(false), { replace: true, local: true }),
    /** The key that was made by hand, of one that is `external`: a secret of stack config. Of all others it is an output. */
    value: field(z.string().trim().min(1).optional(), { secret: true, declaredWhere: "external", crossing: "ask" }),
    /** While true, delete and replace are refused: one deploy must switch it off before another may. Filled in when `environment` is given as a resource. @default true in production */
    deletionProtection: deletionProtection("its value: whoever calls with it is refused from then on"),
  },
  outputs: {
    /** Id of the key. A rotation changes it; the resource's own id stays that of the first key. */
    keyId: field(z.string()),
    /** The key. Platforms show a production key once, at creation: state then holds the only copy. */
    value: field(z.string().optional(), { secret: true, kept: true, crossing: "drop" }),
    /** Whether state holds the key's value. False for a key taken over that the platform does not show again: raise `version` to get one that is held. */
    secretHeld: field(z.boolean()),
    /** Last four characters of the key. */
    last4: field(z.string().optional()),
    /** The key before the last rotation, while it is still valid. */
    previousValue: field(z.string().optional(), { secret: true, kept: true, crossing: "drop" }),
    /** Id of the key before the last rotation, while it is still valid. */
    previousKeyId: field(z.string().optional(), { kept: true }),
    /** When the key before the last rotation stops being valid. */
    previousExpiresAt: field(z.string().optional(), { kept: true }),
  },
  complete: (draft) => ({
    ...protectedInProduction(draft),
    ...(draft.value !== undefined && draft.external !== true && { external: true }),
  }),
  rules: [external],
});

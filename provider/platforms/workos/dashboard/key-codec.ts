import type { Inputs } from "../../../resources";
import type { Held } from "../../platform";
import { byHand } from "../capabilities";
import { apart, extension, lasting, own, scope, type Codecs, unsupported, type Wire } from "../../wire/codec";

export interface KeyWire extends Wire {
  readonly id: string;
  readonly name: string;
  readonly expiredAt: string | null;
  /** These of the rehearsal only. */
  readonly last4?: string;
  readonly value?: string | null;
}

/** How a key is written on the dashboard API. */
export const keyCodecs: Codecs<"ApiKey"> = {
  environment: scope,
  application: extension(
    "applicationId",
    "the Platform API makes keys of a whole environment only: leave it out, or make the key in the dashboard",
  ),
  name: "name",
  kind: extension(
    {
      select: "kind",
      to: (kind) => ({ kind: kind.toUpperCase() }),
      from: ({ kind }) => (kind as string).toLowerCase() as Inputs<"ApiKey">["kind"],
    },
    "the Platform API makes secret keys only: read the publishable key in the dashboard",
    (kind) => kind === "publishable",
  ),
  scopes: unsupported("a key of WorkOS may do all in its environment: leave it out"),
  // a rotation makes a key that has no end yet
  expiresAt: lasting(
    {
      select: "expiredAt",
      to: (expiresAt) => ({ expiresAt: instant(expiresAt) }),
      from: ({ expiredAt }) => expiredAt as string | null,
    },
    byHand.keepKey,
    (_held, value, { version }, olds) => value === undefined && version === olds["version"],
  ),
  version: apart,
  overlap: own,
  external: own,
  value: own,
};

/** Whether this moment is past. */
export const isOver = (at: string | null | undefined): boolean =>
  typeof at === "string" && Date.parse(at) <= Date.now();

/** One written form for each moment; `null` for never. */
export function instant(at: string | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString();
}

/**
 * When the key before a rotation ends, and what state holds of it until then. It never lives longer than it would have
 * without the rotation. @param overlap Seconds; 0 ends it at once.
 */
export function rotationOf(keyId: string, { value, expiresAt }: Held<"ApiKey">, overlap: number) {
  if (overlap === 0 || isOver(expiresAt))
    return { until: null, previous: { previousKeyId: null, previousValue: null, previousExpiresAt: null } };
  const end = Math.min(Date.now() + overlap * 1000, expiresAt ? Date.parse(expiresAt) : Infinity);
  const until = new Date(end).toISOString();
  return { until, previous: { previousKeyId: keyId, previousValue: value ?? null, previousExpiresAt: until } };
}

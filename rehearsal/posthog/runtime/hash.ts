import { createHash } from "node:crypto";
import type { Variant } from "../domain/filters";

/** Fifteen digits `f`, as a double has them. */
const scale = 16 ** 15;
/** PostHog's dice: from 0 to 1, the same for the same flag and person for ever. */
export const hashOf = (flag: string, person: string, salt = ""): number =>
  Number.parseInt(createHash("sha1").update(`${flag}.${person}${salt}`).digest("hex").slice(0, 15), 16) / scale;

/** The variant that a person falls into: the shares one after another. */
export function variantOf(flag: string, person: string, variants: readonly Variant[]): string | undefined {
  const at = hashOf(flag, person, "variant");
  let above = 0;
  for (const { key, rollout_percentage } of variants) {
    above += rollout_percentage / 100;
    if (at < above) return key;
  }
  return undefined;
}

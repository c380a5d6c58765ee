// Which of production's values stands for which of staging's: the one answer of clone, and of parity.
import { rowOf, type Section } from "@golive/provider/stage";
import { type Hosts, isLoopback, plainAuthority, urlParts } from "./hosts";

/** A member of staging's list: as it is, and as it crosses, where that is known. */
export interface CrossedMember {
  readonly from: string;
  readonly to?: string | undefined;
  /** Of staging alone: nothing of production's stands for it. */
  readonly isDropped?: boolean;
}

/** What a member is known by: a URL by its path, since its host differs by nature; on this computer it does not. */
export function identityOf(text: string): string {
  const { host = "", rest = "" } = urlParts(text) ?? {};
  return rest === "" || rest === "/" || isLoopback(host) ? text : rest;
}

/**
 * The place in production's list of each member's twin: as it is or crosses, or else one with its path that is no other's.
 * One of production's is the twin of one of staging's alone; only of those that become the same it is the twin of all.
 */
export function twinsOf(staging: readonly CrossedMember[], production: readonly string[]): Map<number, number> {
  const twins = new Map<number, number>();
  const free = new Set(production.keys());
  const claim = (i: number, found: number | undefined): void => {
    if (twins.has(i) || found === undefined || found < 0) return;
    twins.set(i, found);
    free.delete(found);
  };
  staging.forEach(({ to }, i) => claim(i, to === undefined ? undefined : production.indexOf(to)));
  staging.forEach(({ from, isDropped }, i) => {
    if (!isDropped)
      claim(
        i,
        [...free].find((at) => identityOf(production[at]!) === identityOf(from)),
      );
  });
  return twins;
}

interface Named {
  readonly key: string;
  readonly value: unknown;
}
const urlOf = (value: unknown): string | undefined => {
  const url: unknown = typeof value === "object" && value !== null ? (value as { url?: unknown }).url : undefined;
  return typeof url === "string" ? url : undefined;
};

/** Production's entry of that name; of a section whose names mean nothing, the one with the same URL. */
export function twinEntry<N extends Named>(
  section: Section,
  { key, value }: Named,
  production: readonly N[],
  taken: ReadonlySet<string>,
  hosts: Hosts,
): N | undefined {
  const named = production.find((one) => one.key === key);
  const written = urlOf(value);
  if (named || rowOf(section).key !== "url" || written === undefined) return named;
  const url = urlParts(written);
  const host = url && hosts.find(plainAuthority(url))?.authority;
  if (!host) return undefined;
  const wanted = `https://${host}${url.rest}`;
  return production.find((one) => !taken.has(one.key) && urlOf(one.value) === wanted);
}

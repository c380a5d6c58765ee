import type { Bag, Definition, Field } from "../../define";
import { same } from "../../lifecycle/compare";
import { definitions } from "../../resources";
import { isOfFlags, rowOf, type Section, sections } from "../../stage";
import type { Snapshot } from "./snapshot";

export interface Difference {
  /** E.g. `applications.web.redirectUris`. */
  readonly path: string;
  readonly verdict: "accident" | "design";
  readonly reason: string;
}

/** What stands behind the host of a URL: that is meant to be the same in both. */
const behindHost = (url: string): string => url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "") || "/";
const isOnThisComputer = (url: string): boolean => /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/?#]|$)/i.test(url);

/** The texts of a value that may be a URL, a list of them, or a list of objects that hold one. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** How two objects find each other: by name, a rule by its flag, an endpoint by what stands behind its host. */
function nameOf(section: Section, object: Bag): string {
  const { named } = rowOf(section);
  if (named) return String(object[named]);
  return isOfFlags(section) ? String(object["slug"]) : behindHost(String(object["url"]));
}
/** By name. Of two that are called alike the second has a number behind its name: its twin is called so, too. */
function byName(section: Section, objects: readonly Bag[]): Map<string, Bag> {
  const found = new Map<string, Bag>();
  for (const object of objects) {
    const name = nameOf(section, object);
    let unique = name;
    for (let n = 2; found.has(unique); n++) unique = `${name} (${n})`;
    found.set(unique, object);
  }
  return found;
}

/** URLs may differ in scheme and host, and those of this computer stay in staging. */
function urlsDiffer(staging: unknown, production: unknown): string | undefined {
  const [before, after] = [staging, production].map((value) =>
    textsIn(value)
      .filter((url) => !isOnThisComputer(url))
      .map(behindHost),
  ) as [string[], string[]];
  if (before.some((path) => !after.includes(path))) return "transform: production lacks a URL of staging's";
  return after.some((path) => !before.includes(path)) ? "transform: staging has tried no such URL" : undefined;
}

/** Why the values of a field differ, and whether they are meant to. */
function judged(field: Field, staging: unknown, production: unknown): Omit<Difference, "path"> {
  if (field.crossing === "ask" || field.ref) return { verdict: "design", reason: "ask: differs by nature" };
  if (field.crossing === "drop") return { verdict: "design", reason: "drop: each environment has its own" };
  if (field.crossing !== "transform") return { verdict: "accident", reason: "copy: is meant to be the same" };
  const why = urlsDiffer(staging, production);
  return why
    ? { verdict: "accident", reason: why }
    : { verdict: "design", reason: "transform: https, the host of production, no localhost" };
}

function fieldDifferences(section: Section, path: string, staging: Bag, production: Bag): Difference[] {
  const { kind, named, filled } = rowOf(section);
  const { inputs }: Definition = definitions[kind];
  const skipped = new Set<string>([...filled, ...(named ? [named] : [])]);
  return Object.entries(inputs).flatMap(([name, field]) => {
    if (skipped.has(name) || field.local || field.secret || field.rotates) return [];
    const [left, right] = [staging[name], production[name]];
    // what the platform does not tell of one of them nobody can compare
    if (left === undefined || right === undefined || same(field, left ?? undefined, right ?? undefined)) return [];
    return [{ path: `${path}.${name}`, ...judged(field, left, right) }];
  });
}

/** Where two environments differ. It holds names and no value. */
export function differencesOf(staging: Snapshot, production: Snapshot): Difference[] {
  return (Object.keys(sections) as Section[]).flatMap((section) => {
    const [before, after] = [byName(section, staging[section]), byName(section, production[section])];
    return [...new Set([...before.keys(), ...after.keys()])].flatMap((name): Difference[] => {
      const path = `${section}.${name}`;
      const [one, other] = [before.get(name), after.get(name)];
      if (one && other) return fieldDifferences(section, path, one, other);
      const reason = one ? "production has fallen behind" : "staging has never tried it";
      return [{ path, verdict: "accident", reason }];
    });
  });
}

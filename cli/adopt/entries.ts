import type { Live } from "@golive/provider/platforms/platform";
import { isLoopback, urlParts } from "../clone/hosts";
import { type LiveEnvironment, viewOfLive } from "../environment/from-live";
import { UNKNOWN } from "@golive/provider/define";
import { type Entry, sectionNames, type View } from "../environment/view";
import { whyNot, whyNotEntry } from "./declarable";

/** A key that is still valid: nobody takes over one that is not. */
const isValid = ({ state }: Live<"ApiKey">, now: Date): boolean =>
  typeof state.expiresAt !== "string" || new Date(state.expiresAt) > now;

/**
 * No platform tells web from native, and production's rules do: an application that is called back by a scheme of its own
 * or on this computer is native.
 */
function withKind(entry: Entry, isProduction: boolean): Entry {
  if (entry["kind"] !== undefined) return entry;
  const uris = ((entry["redirectUris"] ?? []) as { uri: string }[]).map(({ uri }) => urlParts(uri));
  const isNative = uris.some((url) => !url || !/^https?$/.test(url.scheme) || (isProduction && isLoopback(url.host)));
  return isNative ? { kind: "native", ...entry } : entry;
}

/** Names that more than one object of the environment has: a natural key finds neither. */
export function twins(live: LiveEnvironment): string[] {
  const names = [
    ...live.applications.map(({ state }) => `application "${state.name}"`),
    ...live.keys.map(({ state }) => `key "${state.name}"`),
  ];
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
}

export interface Adoptable {
  readonly view: View;
  readonly flags: readonly Live<"FeatureFlag">[];
  /** What is left out, and why. */
  readonly leftOut: readonly string[];
}

/** The environment as config that takes it over: every object by its natural key, in the state that it is in. */
export function adoptable(live: LiveEnvironment, now: Date): Adoptable {
  const view = viewOfLive({ ...live, keys: live.keys.filter((key) => isValid(key, now)) }, "");
  const isProduction = live.environment.state.type === "production";
  const applications = Object.fromEntries(
    Object.entries(view.entries.applications).map(([name, entry]) => [name, withKind(entry, isProduction)]),
  );
  const { type } = live.environment.state;
  const leftOut: string[] = [];
  const fit = (kind: string, name: unknown, why: string | undefined): boolean => {
    if (why !== undefined) leftOut.push(`${kind} ${JSON.stringify(name)}: ${why}`);
    return why === undefined;
  };
  const flags = live.flags.filter((flag) =>
    fit(
      "flag",
      flag.state.slug,
      whyNot("FeatureFlag", { project: UNKNOWN, slug: flag.state.slug, ...flagEntry(flag) }),
    ),
  );
  // a rule goes with its flag
  const slugs = new Set(flags.map(({ state }) => state.slug));
  const rules = Object.entries(view.entries.flags).filter(([slug]) => slugs.has(slug));
  const all = { ...view.entries, applications, flags: Object.fromEntries(rules) };
  const entries = Object.fromEntries(
    sectionNames.map((section) => [
      section,
      Object.fromEntries(
        Object.entries(all[section]).filter(([name, entry]) =>
          fit(labels[section], name, whyNotEntry(section, name, entry, type)),
        ),
      ),
    ]),
  ) as unknown as View["entries"];
  return { view: { ...view, entries }, flags, leftOut };
}
const labels = { applications: "application", flags: "rule of flag", webhooks: "endpoint", keys: "key" } as const;

/** Why neither the environment nor its project can be taken over as it is, if so. */
export function whyNoEnvironment({ environment, project }: LiveEnvironment): string | undefined {
  const { name, type } = environment.state;
  const why = whyNot("Environment", { project: UNKNOWN, name, type });
  return why ?? (project && whyNot("Project", { name: project.state.name }));
}

/** A flag's definition as config: what its slug is called by, and is for. */
export function flagEntry({ state }: Live<"FeatureFlag">): Entry {
  const { name, description, tags, owner, defaultValue } = state;
  // false is what a flag answers anyway
  return Object.fromEntries(
    Object.entries({ name, description, tags, owner, defaultValue: defaultValue || undefined }).filter(
      ([, value]) => value != null && value !== "" && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

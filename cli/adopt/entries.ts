import type { Live } from "@golive/provider/platforms/platform";
import { isLoopback, urlParts } from "../clone/hosts";
import { isValid, keyOf, type LiveEnvironment, type LiveObject, viewOfLive } from "../environment/from-live";
import { UNKNOWN } from "@golive/provider/define";
import { isOfFlags, rowOf, type Section, sectionNames } from "@golive/provider/stage";
import { bySection, type Entry, inputsOf, type View } from "../environment/view";
import { whyNot, whyNotEntry } from "./declarable";

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
  const names = sectionNames
    .filter((section) => rowOf(section).named !== undefined)
    .flatMap((section) =>
      live.objects[section].map((object) => `${rowOf(section).label} "${keyOf(live, section, object)}"`),
    );
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
}

export interface Adoptable {
  readonly view: View;
  readonly flags: readonly Live<"FeatureFlag">[];
  /** What the environment holds, by section; keys that ended are nobody's. */
  readonly objects: LiveEnvironment["objects"];
  /** What is left out, and why. */
  readonly leftOut: readonly string[];
}

/** The environment as config that takes it over: every object by its natural key, in the state that it is in. */
export function adoptable(live: LiveEnvironment, now: Date): Adoptable {
  const objects = bySection((section) =>
    (live.objects[section] as readonly LiveObject[]).filter((one) => isValid(one, now)),
  );
  const view = viewOfLive({ ...live, objects: objects as LiveEnvironment["objects"] }, "");
  const isProduction = live.environment.state.type === "production";
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
  const slugs = new Set(flags.map(({ state }) => state.slug));
  const entries = bySection((section) =>
    Object.fromEntries(
      Object.entries(view.entries[section])
        // a rule goes with its flag
        .filter(([name]) => !isOfFlags(section) || slugs.has(name))
        .map(([name, entry]) => [name, kindIsAsked(section) ? withKind(entry, isProduction) : entry] as const)
        .filter(([name, entry]) => fit(rowOf(section).label, name, whyNotEntry(section, name, entry, type))),
    ),
  );
  return { view: { ...view, entries }, flags, objects: objects as LiveEnvironment["objects"], leftOut };
}
/** Whether its objects are called back, by which one sees their kind. */
const kindIsAsked = (section: Section): boolean => "redirectUris" in inputsOf(rowOf(section).kind);

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

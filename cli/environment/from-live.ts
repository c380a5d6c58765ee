import { GoliveError, type Inputs, type Kind } from "@golive/provider";
import type { Live, Platform } from "@golive/provider/platforms/platform";
import { isOfFlags, rowOf, type Section, sectionNames, type sections } from "@golive/provider/stage";
import { bySection, endpointName, type Entry, entryOf, environmentOf, noEntries, type View } from "./view";

/** An object of a section. */
export type LiveObject<S extends Section = Section> = Live<(typeof sections)[S]["kind"]>;

/** One environment as the platform has it, with what belongs to it. */
export interface LiveEnvironment {
  readonly environment: Live<"Environment">;
  /** What is in it, by section. */
  readonly objects: { readonly [S in Section]: readonly LiveObject<S>[] };
  /** Flags of its project, and so the slug of each rule. */
  readonly flags: readonly Live<"FeatureFlag">[];
  readonly project: Live<"Project"> | undefined;
}

type Scope = { readonly project?: string; readonly environment?: string };

/** Every object of a kind; nothing where the platform has or shows none. */
export async function listOf<K extends Kind>(platform: Platform, kind: K, scope: Scope): Promise<readonly Live<K>[]> {
  const store = platform.stores[kind];
  return store?.list ? ((await store.list(scope)) as readonly Live<K>[]) : [];
}

/** Every environment that the credentials reach. */
export async function listEnvironments(platform: Platform): Promise<readonly Live<"Environment">[]> {
  if (!platform.stores.Environment?.list)
    throw new GoliveError(
      `${platform.name} does not list environments with these credentials`,
      "Use credentials that reach the account: the key of one environment sees no other.",
    );
  return listOf(platform, "Environment", {});
}

/** Several environments have the name that a person gave. */
export class AmbiguousName extends GoliveError {}

/**
 * The environment that a person means: by id, by name, or by type where only one has it; of a project, where several have
 * one of that name.
 */
export async function findEnvironment(
  platform: Platform,
  wanted: string,
  project?: string,
): Promise<Live<"Environment">> {
  const projects = await listOf(platform, "Project", {});
  const projectOf = ({ state }: Live<"Environment">) => projects.find(({ id }) => id === state.project);
  const named = (live: Live<"Environment">): string =>
    `${live.state.name ?? live.id} of project "${projectOf(live)?.state.name}" (${live.id})`;
  const all = (await listEnvironments(platform)).filter((live) => {
    const { id, state } = projectOf(live) ?? {};
    return project === undefined || id === project || state?.name?.toLowerCase() === project.toLowerCase();
  });
  const matches = [
    all.filter(({ id }) => id === wanted),
    all.filter(({ state }) => state.name?.toLowerCase() === wanted.toLowerCase()),
    all.filter(({ state }) => state.type === wanted),
  ].find((found) => found.length > 0);
  if (matches?.length === 1) return matches[0]!;
  const where = project === undefined ? "" : ` in project "${project}"`;
  if (matches)
    throw new AmbiguousName(
      `"${wanted}" means ${matches.map(named).join(" and ")}`,
      "Name the project with --project, or give the id.",
    );
  throw new GoliveError(
    `there is no environment "${wanted}"${where}`,
    `There are: ${all.map(named).join(", ") || "none"}.`,
  );
}

/** Reads an environment and all that golive manages in it: one list per kind. */
export async function readEnvironment(platform: Platform, environment: Live<"Environment">): Promise<LiveEnvironment> {
  const { project: projectId } = environment.state;
  const [flags, projects] = await Promise.all([
    listOf(platform, "FeatureFlag", projectId ? { project: projectId } : {}),
    listOf(platform, "Project", {}),
  ]);
  const inside = { environment: environment.id };
  const listed = await Promise.all(
    sectionNames.map(async (section) => [
      section,
      await (isOfFlags(section)
        ? listRules(platform, flags, environment.id)
        : listOf(platform, rowOf(section).kind, inside)),
    ]),
  );
  const objects = Object.fromEntries(listed) as LiveEnvironment["objects"];
  const project = projects.find(({ id }) => id === projectId);
  return { environment, objects, flags, project };
}

/** The rule of each flag in an environment: it is known by the two, so it is found where no platform lists it. */
async function listRules(
  platform: Platform,
  flags: readonly Live<"FeatureFlag">[],
  environment: string,
): Promise<readonly Live<"FeatureFlagRule">[]> {
  const store = platform.stores.FeatureFlagRule;
  if (!store) return [];
  const found = await Promise.all(
    flags.map(({ id: flag }) => store.find({ flag, environment } as Inputs<"FeatureFlagRule">)),
  );
  return found.filter((rule) => rule !== undefined);
}

/** Slug of the flag that a rule belongs to; the flag's id where that is not told. */
export const slugOf = ({ flags }: LiveEnvironment, rule: Live<"FeatureFlagRule">): string =>
  flags.find(({ id }) => id === rule.state.flag)?.state.slug ?? String(rule.state.flag);

/** The value by which an object is known in its environment; `undefined` where the platform does not tell it. */
export function keyOf(live: LiveEnvironment, section: Section, object: LiveObject): string | undefined {
  if (isOfFlags(section)) return slugOf(live, object as Live<"FeatureFlagRule">);
  const value = (object.state as Entry)[rowOf(section).key];
  return value == null ? undefined : String(value);
}

/** Whether anybody ever touched an object: platforms make a rule per flag and environment, switched off. */
export function isSet(section: Section, { state }: LiveObject): boolean {
  if (!isOfFlags(section)) return true;
  const { enabled, access } = state as Live<"FeatureFlagRule">["state"];
  return enabled === true || (access ?? "none") !== "none";
}

/** Whether an object is still valid: nobody takes over a key that is not, or misses it. */
export function isValid({ state }: LiveObject, now: Date): boolean {
  const { expiresAt } = state as Entry;
  return typeof expiresAt !== "string" || new Date(expiresAt) > now;
}

/** The objects of an environment by section and name, in the form of config. */
export function viewOfLive(live: LiveEnvironment, label: string, declared?: View): View {
  const entries = bySection((section) => {
    const found = noEntries()[section];
    for (const object of live.objects[section])
      found[nameOf(live, section, object, declared?.entries[section] ?? {}, found)] = liveEntry(section, object);
    return found;
  });
  return {
    label,
    source: "live",
    environment: environmentOf(live.environment.state as Entry),
    entries,
    explained: new Map(),
  };
}

type Entries = Readonly<Record<string, Entry>>;
/** How config calls an object: an endpoint has no name but the one that config gives it. */
function nameOf(
  live: LiveEnvironment,
  section: Section,
  object: LiveObject,
  declared: Entries,
  found: Entries,
): string {
  const { key } = rowOf(section);
  const value = keyOf(live, section, object);
  if (key !== "url" || value === undefined) return value ?? object.id;
  const own = Object.entries(declared).findLast(([, entry]) => entry[key] === value)?.[0];
  return own ?? endpointName(value, { ...declared, ...found });
}

/** What config says of an object. A rule says what it does even where that is nothing: a flag without a rule has none. */
function liveEntry(section: Section, { state }: LiveObject): Entry {
  const values = state as Entry;
  const always = rowOf(section).always ?? [];
  return {
    ...Object.fromEntries(always.flatMap((name) => (values[name] == null ? [] : [[name, values[name]]]))),
    ...entryOf(section, values),
  };
}

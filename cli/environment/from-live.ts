import { GoliveError, type Inputs, type Kind } from "@golive/provider";
import type { Live, Platform } from "@golive/provider/platforms/platform";
import { endpointName, type Entry, entryOf, environmentOf, noEntries, type View } from "./view";

/** One environment as the platform has it, with what belongs to it. */
export interface LiveEnvironment {
  readonly environment: Live<"Environment">;
  readonly applications: readonly Live<"Application">[];
  readonly keys: readonly Live<"ApiKey">[];
  readonly webhooks: readonly Live<"WebhookEndpoint">[];
  readonly rules: readonly Live<"FeatureFlagRule">[];
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
export class Ambiguous extends GoliveError {}

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
    throw new Ambiguous(
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
  const inside = { environment: environment.id };
  const around = projectId ? { project: projectId } : {};
  const [applications, keys, webhooks, flags, projects] = await Promise.all([
    listOf(platform, "Application", inside),
    listOf(platform, "ApiKey", inside),
    listOf(platform, "WebhookEndpoint", inside),
    listOf(platform, "FeatureFlag", around),
    listOf(platform, "Project", {}),
  ]);
  const rules = await listRules(platform, flags, environment.id);
  const project = projects.find(({ id }) => id === projectId);
  return { environment, applications, keys, webhooks, rules, flags, project };
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

/** Whether anybody ever touched a rule: platforms make one per flag and environment, switched off. */
export const isSet = ({ state }: Live<"FeatureFlagRule">): boolean =>
  state.enabled === true || (state.access ?? "none") !== "none";

/** The objects of an environment by section and name, in the form of config. */
export function viewOfLive(live: LiveEnvironment, label: string, declared?: View): View {
  const entries = noEntries();
  // an endpoint has no name but the one that config gives it
  const names = new Map(Object.entries(declared?.entries.webhooks ?? {}).map(([name, { url }]) => [url, name]));
  for (const app of live.applications)
    entries.applications[app.state.name ?? app.id] = entryOf("applications", app.state as Entry);
  for (const key of live.keys) entries.keys[key.state.name ?? key.id] = entryOf("keys", key.state as Entry);
  for (const rule of live.rules) entries.flags[slugOf(live, rule)] = ruleEntry(rule);
  for (const { state } of live.webhooks) {
    const url = String(state.url);
    const name = names.get(url) ?? endpointName(url, { ...declared?.entries.webhooks, ...entries.webhooks });
    entries.webhooks[name] = entryOf("webhooks", state as Entry);
  }
  return {
    label,
    source: "live",
    environment: environmentOf(live.environment.state as Entry),
    entries,
    explained: new Map(),
  };
}

/** A rule says what it does even where that is nothing: a flag without a rule has none. */
export const ruleEntry = ({ state }: Live<"FeatureFlagRule">): Entry => ({
  ...(state.enabled == null ? {} : { enabled: state.enabled }),
  ...(state.access == null ? {} : { access: state.access }),
  ...entryOf("flags", state as Entry),
});

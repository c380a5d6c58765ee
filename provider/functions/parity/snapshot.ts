import type { Bag } from "../../define";
import { Directory, locate } from "../../lifecycle/locate";
import type { Live, Platform } from "../../platforms/platform";
import type { Inputs, Kind } from "../../resources";
import { type Section, sections } from "../../stage";

/** What an environment holds, by section; of a rule, the slug of its flag beside it. */
export type Snapshot = Readonly<Record<Section, readonly Bag[]>>;

/** The id of an environment that is named by its id or its natural key. */
export async function environmentIdOf(platform: Platform, called: string): Promise<string> {
  if (!platform.stores.Environment?.list) return called;
  const directory = new Directory(platform);
  const all = await directory.of("Environment");
  return all.some(({ id }) => id === called) ? called : locate(directory, "Environment", called);
}

/** The rule of each flag: it is known by its flag and environment, so it is found where no platform lists it. */
async function rules(platform: Platform, environment: Live<"Environment">): Promise<Bag[]> {
  const { FeatureFlag, FeatureFlagRule } = platform.stores;
  const { project } = environment.state;
  if (!FeatureFlag?.list || !FeatureFlagRule || !project) return [];
  const flags = await FeatureFlag.list({ project });
  const found = await Promise.all(
    flags.map(async ({ id: flag, state: { slug } }) => {
      const rule = await FeatureFlagRule.find({ flag, environment: environment.id } as Inputs<"FeatureFlagRule">);
      return rule ? [{ ...rule.state, slug } as Bag] : [];
    }),
  );
  return found.flat();
}

async function listed(platform: Platform, kind: Kind, environment: string): Promise<Bag[]> {
  const lives = (await platform.stores[kind]?.list?.({ environment })) ?? [];
  return lives.map(({ state }) => state as Bag);
}

/** Reads an environment and all that golive manages in it. */
export async function snapshot(platform: Platform, environment: Live<"Environment">): Promise<Snapshot> {
  const names = Object.keys(sections) as Section[];
  const objects = await Promise.all(
    names.map((name) =>
      name === "flags" ? rules(platform, environment) : listed(platform, sections[name].kind, environment.id),
    ),
  );
  return Object.fromEntries(names.map((name, i) => [name, objects[i]])) as unknown as Snapshot;
}

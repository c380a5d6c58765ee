import type { Kind } from "@golive/provider";
import type { Live, Platform } from "@golive/provider/platforms/platform";
import { rowOf, sectionNames } from "@golive/provider/stage";
import {
  isSet,
  isValid,
  keyOf,
  listEnvironments,
  listOf,
  type LiveEnvironment,
  readEnvironment,
} from "../environment/from-live";
import type { State } from "../environment/from-state";

/** Something that exists in the account and that no stack declares. */
export interface Unmanaged {
  readonly kind: Kind;
  readonly name: string;
  readonly id: string;
  /** Project, or project and environment, that it is in. */
  readonly within: string;
}

/** Every id by which states know an object; a rotated key has more than one. */
function managedIds(states: readonly State[]): Set<string> {
  const ids = states.flatMap(({ resources }) =>
    resources.flatMap(({ kind, id, outputs }) =>
      [id, outputs["keyId"], outputs["previousKeyId"]].map((known) => `${kind} ${String(known)}`),
    ),
  );
  return new Set(ids);
}

/** What exists in the account and is declared in none of these states. */
export async function findUnmanaged(
  platform: Platform,
  states: readonly State[],
  now: Date,
  project?: string,
): Promise<Unmanaged[]> {
  const managed = managedIds(states);
  const isMeant = ({ id, state }: Live<"Project">) =>
    project === undefined || id === project || state.name?.toLowerCase() === project.toLowerCase();
  const projects = (await listOf(platform, "Project", {})).filter(isMeant);
  const environments = (await listEnvironments(platform)).filter(
    ({ state }) => project === undefined || projects.some(({ id }) => id === state.project),
  );
  const lives = await Promise.all(environments.map((environment) => readEnvironment(platform, environment)));
  const flags = new Map(lives.flatMap((live) => live.flags.map((flag) => [flag.id, { flag, live }] as const)));
  const all: Unmanaged[] = [
    ...projects.map(({ id, state }) => ({ kind: "Project" as const, name: state.name ?? id, id, within: "" })),
    ...[...flags.values()].map(({ flag: { id, state }, live }) => ({
      kind: "FeatureFlag" as const,
      name: state.slug ?? id,
      id,
      within: live.project?.state.name ?? "",
    })),
    ...lives.flatMap((live) => inside(live, now)),
  ];
  return all.filter(({ kind, id }) => !managed.has(`${kind} ${id}`));
}

/** What can be declared of an environment: not a rule that nobody set, not a key that is no longer valid. */
function inside(live: LiveEnvironment, now: Date): Unmanaged[] {
  const around = live.project?.state.name ?? String(live.environment.state.project);
  const within = `${around}/${live.environment.state.name ?? live.environment.id}`;
  const row = (kind: Kind, id: string, name: string | null | undefined): Unmanaged => ({
    kind,
    id,
    name: name ?? id,
    within,
  });
  return [
    { ...row("Environment", live.environment.id, live.environment.state.name), within: around },
    ...sectionNames.flatMap((section) =>
      live.objects[section]
        .filter((object) => isSet(section, object) && isValid(object, now))
        .map((object) => row(rowOf(section).kind, object.id, keyOf(live, section, object))),
    ),
  ];
}

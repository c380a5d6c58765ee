// A project with one flag of every kind, for clients to evaluate.
import { baseFlag, cohort, type Kind, kinds, nestedCohort, splitFlag, type User, users } from "./kinds";
import { posthogWorld, request, type World } from "./rig";

export type Value = boolean | string;
export interface Flagged {
  readonly world: World;
  readonly kinds: readonly Kind[];
  /** A project secret key, by which an application gets the definitions. */
  readonly secret: string;
}
const made = async (world: World, path: string, body: unknown): Promise<number> => {
  const { status, body: answer } = await world.inside("POST", path, body);
  if (status !== 201) throw new Error(`${JSON.stringify(body)}: ${JSON.stringify(answer)}`);
  return answer["id"] as number;
};
export async function flagged(): Promise<Flagged> {
  const world = await posthogWorld();
  const event = {
    event: "$groupidentify",
    distinct_id: "x",
    properties: { $group_type: "company", $group_key: "company-0" },
  };
  await request(world.rehearsal.url, "", "POST", "/batch/", { api_key: world.token, batch: [event] });
  const inner = await made(world, "cohorts/", cohort);
  const all = kinds({
    cohort: inner,
    nested: await made(world, "cohorts/", nestedCohort(inner)),
    base: await made(world, "feature_flags/", baseFlag),
    split: await made(world, "feature_flags/", splitFlag),
  });
  for (const { key, flag } of all) await made(world, "feature_flags/", { key, ...flag });
  const { body } = await world.inside("POST", "project_secret_api_keys/", {
    label: "application",
    scopes: ["feature_flag:read"],
  });
  return { world, kinds: all, secret: body["value"] as string };
}

/** What the rehearsal itself says for a person. */
export async function asked({ world }: Flagged, user: User): Promise<Record<string, Value>> {
  const { status, body } = await request(world.rehearsal.url, "", "POST", "/flags/?v=2", {
    token: world.token,
    distinct_id: user.distinctId,
    person_properties: user.properties,
    groups: { company: user.company },
    group_properties: { company: user.companyProperties },
    evaluation_runtime: "server",
  });
  if (status !== 200) throw new Error(JSON.stringify(body));
  const flags = body["flags"] as Record<string, { enabled: boolean; variant: string | null }>;
  return Object.fromEntries(Object.entries(flags).map(([key, { enabled, variant }]) => [key, variant ?? enabled]));
}

/** How many of those that a kind is for have each value, and whether that is as declared: within four deviations. */
export function shares({ key, among, share, per }: Kind, answers: ReadonlyMap<User, Record<string, Value>>) {
  const inside = users.filter(among);
  const wanted: Readonly<Record<string, number>> = typeof share === "number" ? { true: share } : share;
  const dice =
    per === undefined
      ? inside.length
      : new Set(inside.map((user) => (per === "company" ? user.company : user.properties["$device_id"]))).size;
  const counts = Object.fromEntries(
    Object.keys(wanted).map((value) => [
      value,
      inside.filter((user) => String(answers.get(user)![key]) === value).length,
    ]),
  );
  const faults = Object.entries(wanted).filter(([value, part]) => {
    const spread = 4 * Math.sqrt((part * (1 - part)) / Math.max(dice, 1));
    return Math.abs(counts[value]! / Math.max(inside.length, 1) - part) > spread + 1e-9;
  });
  return {
    inside: inside.length,
    counts,
    faults: faults.map(([value, part]) => `${key} ${value}: ${counts[value]} of ${inside.length}, declared ${part}`),
  };
}

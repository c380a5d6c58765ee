import type { Live, Store } from "../../platform";
import type { Clients, ApiStore } from "../clients";
import { quoted } from "./client";
import { inProject } from "./located";
import { afterMaking, present, unlessGone } from "../../wire/failures";
import { ruleFields, type RuleWire } from "./flag-rules";
import { fromWire, scope, selection, type Codecs, toWire, unsupported, type Wire } from "../../wire/codec";

export interface FlagWire extends Wire {
  readonly id: string;
  readonly projectId: string;
  readonly flagEnvironments: readonly RuleWire[];
}

const switches = unsupported<unknown>("a flag of WorkOS is a switch for targets and no more: leave it out");

const codecs: Codecs<"FeatureFlag"> = {
  project: scope,
  slug: "slug",
  name: "name",
  description: "description",
  tags: {
    select: "tags { name }",
    to: (tags) => ({ tags }),
    from: ({ tags }) => (tags as { name: string }[]).map(({ name }) => name),
  },
  owner: {
    select: "owner { id }",
    to: (userId) => ({ userId }),
    from: ({ owner }) => (owner as { id: string } | null)?.id ?? null,
  },
  // one value for the flag here, one for each of its environments there; where they differ it has none
  defaultValue: {
    select: `flagEnvironments { ${ruleFields} }`,
    via: "updateFlagEnvironment",
    to: (defaultEnabled) => ({ defaultEnabled }),
    from: ({ flagEnvironments }) => {
      const [first, ...others] = (flagEnvironments as RuleWire[]).map(({ defaultEnabled }) => defaultEnabled);
      return first === undefined || others.some((value) => value !== first) ? null : first;
    },
  },
  variants: switches,
  payload: switches,
  secretPayload: switches,
  remoteConfig: switches,
  runtime: switches,
  bucketing: switches,
  persistAcrossLogin: switches,
  contexts: switches,
};
export const flagFields = `id projectId ${selection(codecs)}`;

const created = [
  `FlagCreated { flag { ${flagFields} } }`,
  "FlagAlreadyExists { slug }",
  "FlagSlugInvalid { slug }",
  "ProjectNotFound { projectId }",
];
const updated = ["FlagUpdated { __typename }", "FlagNotFound { flagId }"];
const deleted = ["FlagDeleted { flagId }", "FlagNotFound { flagId }", "ProjectNotFound { projectId }"];
/** What `updateFlag` replaces, all at once. */
const replaced = ["name", "description", "tags", "owner"];

const live = (flag: FlagWire): Live<"FeatureFlag"> => ({
  id: flag.id,
  state: { ...fromWire(codecs, flag), project: flag.projectId, flagId: flag.id },
});

function store(clients: Clients): Store<"FeatureFlag"> {
  const { dashboard, team } = clients;
  const locate = inProject<FlagWire>(clients, "flag", flagFields);
  const expect = async (id: string, project: string) => present(await locate(id, project), `flag ${id}`);
  const setDefault = async ({ id, flagEnvironments }: FlagWire, defaultEnabled: boolean) => {
    for (const { environmentId } of flagEnvironments.filter((rule) => rule.defaultEnabled !== defaultEnabled))
      await clients.rules.write(id, environmentId, { defaultEnabled });
  };

  return {
    async find({ project, slug }) {
      const text = `{ flag: flagBySlug(projectId: ${quoted(project)}, slug: ${quoted(slug)}) { ${flagFields} } }`;
      const inside = dashboard.inside(await team.within(project));
      const { flag } = await inside.query<{ flag: FlagWire | null }>("flagBySlug", text);
      return flag ? live(flag) : undefined;
    },
    async create(inputs) {
      const { project, owner, defaultValue } = inputs;
      const wire = toWire(codecs, inputs, Object.keys(inputs), "createFlag").get("createFlag");
      // a flag has an owner; without a word of one it is whoever holds the token
      const input = { projectId: project, ...wire, userId: owner ?? (await team.me()) };
      const inside = dashboard.inside(await team.within(project));
      const { flag } = await inside.mutate<{ flag: FlagWire }>("createFlag", input, created);
      // flags are made with false
      if (!defaultValue) return live(flag);
      const known = () => ({ state: live(flag).state, missing: ["defaultValue"] });
      return afterMaking(flag.id, known, async () => {
        await setDefault(flag, defaultValue);
        return live((await expect(flag.id, project)).wire);
      });
    },
    async read(id, held) {
      const found = await locate(id, held.project);
      return found && live(found.wire);
    },
    async update(id, { inputs, fields }) {
      const { wire: flag, inside } = await expect(id, inputs.project);
      if (replaced.some((name) => fields.has(name))) {
        // what is not declared, or not changed, stays as people set it
        const changed = Object.fromEntries(Object.entries(inputs).filter(([name]) => fields.has(name)));
        // a flag without an owner is whoever's who made it
        const owner = fields.has("owner") ? (inputs.owner ?? (await team.me())) : undefined;
        const all = { ...live(flag).state, ...changed, ...(owner && { owner }) } as Partial<typeof inputs>;
        const wire = toWire(codecs, all, replaced, "updateFlag").get("updateFlag");
        const options = { repeatable: true };
        await dashboard.inside(inside).mutate("updateFlag", { flagId: id, ...wire }, updated, options);
      }
      if (fields.has("defaultValue") && inputs.defaultValue !== undefined) await setDefault(flag, inputs.defaultValue);
      return live((await expect(id, inputs.project)).wire);
    },
    async delete(id, held) {
      const found = await locate(id, held.project);
      if (!found) return;
      const input = { flagId: id, projectId: found.wire.projectId };
      const options = { repeatable: true };
      await dashboard.inside(found.inside).mutate("deleteFlag", input, deleted, options).catch(unlessGone);
    },
    list: async (scoped) => (await flagsIn(clients, scoped)).map(live),
  };
}
export const featureFlags: ApiStore<"FeatureFlag"> = { codecs, store };

/** The flags of a project, of the project of an environment, or all. */
export async function flagsIn(
  { dashboard, team }: Clients,
  scoped: { readonly project?: string; readonly environment?: string },
): Promise<readonly FlagWire[]> {
  const projects = new Set((await team.places(scoped)).map(({ project }) => project.id));
  const found = await Promise.all(
    [...projects].map(async (id) => {
      const args = `projectId: ${quoted(id)}, order: Desc`;
      return dashboard.inside(await team.within(id)).all<FlagWire>("flagsForProject", args, flagFields);
    }),
  );
  return found.flat();
}

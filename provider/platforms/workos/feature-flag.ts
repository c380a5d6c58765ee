import type { Live, Store } from "../platform";
import type { Context } from "./context";
import { unlessGone } from "./project";
import { fromWire, scope, selection, type Spelling, toWire } from "./spelling";

export interface FlagEnvironmentWire {
  readonly id: string;
  readonly environmentId: string;
  readonly flagEnabled: boolean;
  readonly defaultEnabled: boolean;
  readonly accessType: "NONE" | "SOME" | "ALL";
  readonly organizations: readonly { readonly id: string }[];
  readonly users: readonly { readonly id: string }[];
}
export interface FlagWire extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly projectId: string;
  readonly flagEnvironments: readonly FlagEnvironmentWire[];
}
export const flagEnvironmentFields =
  "id environmentId flagEnabled defaultEnabled accessType organizations { id } users { id }";

const spelling: Spelling<"FeatureFlag"> = {
  project: scope,
  slug: "slug",
  name: "name",
  description: "description",
  tags: {
    select: "tags { id name }",
    to: (tags) => ({ tags }),
    from: ({ tags }) => (tags as { name: string }[]).map(({ name }) => name),
  },
  owner: {
    select: "owner { id }",
    to: (userId) => ({ userId }),
    from: ({ owner }) => (owner as { id: string } | null)?.id ?? null,
  },
  // one value for the flag here, one for each of its environments there
  defaultValue: {
    select: `flagEnvironments { ${flagEnvironmentFields} }`,
    via: "updateFlagEnvironment",
    to: (defaultEnabled) => ({ defaultEnabled }),
    from: ({ flagEnvironments }) => (flagEnvironments as FlagEnvironmentWire[]).every((e) => e.defaultEnabled),
  },
};
export const flagFields = `id projectId ${selection(spelling)}`;

const live = (flag: FlagWire): Live<"FeatureFlag"> => ({
  id: flag.id,
  state: { ...fromWire(spelling, flag), project: flag.projectId, flagId: flag.id },
});

/** The flag with this id, as the platform has it. */
export async function flagById({ dashboard }: Context, id: string): Promise<FlagWire | undefined> {
  const text = `query Golive($id: ID!) { flag(id: $id) { ${flagFields} } }`;
  return (await dashboard.query<{ flag: FlagWire | null }>("flag", text, { id })).flag ?? undefined;
}

/** What `updateFlagEnvironment` takes: it replaces everything, so all of it is sent. */
export const flagEnvironmentInput = (wire: FlagEnvironmentWire) => ({
  flagEnvironmentId: wire.id,
  flagEnabled: wire.flagEnabled,
  defaultEnabled: wire.defaultEnabled,
  accessType: wire.accessType,
  organizationIds: wire.organizations.map(({ id }) => id),
  userIds: wire.users.map(({ id }) => id),
});
export const writeFlagEnvironment = ({ dashboard }: Context, input: ReturnType<typeof flagEnvironmentInput>) =>
  dashboard.mutate(
    "updateFlagEnvironment",
    input,
    ["FlagEnvironmentUpdated { __typename }", "FlagEnvironmentNotFound { flagEnvironmentId }"],
    { repeatable: true },
  );

export function featureFlags(context: Context): Store<"FeatureFlag"> {
  const { dashboard, team } = context;

  const setDefault = async (flag: FlagWire, defaultEnabled: boolean) => {
    for (const wire of flag.flagEnvironments)
      if (wire.defaultEnabled !== defaultEnabled)
        await writeFlagEnvironment(context, { ...flagEnvironmentInput(wire), defaultEnabled });
  };

  return {
    async find({ project, slug }) {
      await team.project(project);
      const text = `query Golive($projectId: ID!, $slug: String!) { flagBySlug(projectId: $projectId, slug: $slug) { ${flagFields} } }`;
      const { flagBySlug } = await dashboard.query<{ flagBySlug: FlagWire | null }>("flagBySlug", text, {
        projectId: project,
        slug,
      });
      return flagBySlug ? live(flagBySlug) : undefined;
    },
    async create(inputs) {
      const wire = toWire(spelling, inputs, Object.keys(inputs), "createFlag").get("createFlag")!;
      // a flag has an owner; without a word of one it is whoever holds the token
      const userId = wire["userId"] ?? (await dashboard.query<{ me: { id: string } }>("me", "{ me { id } }")).me.id;
      const { flag } = await dashboard.mutate<{ flag: FlagWire }>(
        "createFlag",
        { projectId: inputs.project, ...wire, userId },
        [
          `FlagCreated { flag { ${flagFields} } }`,
          "FlagAlreadyExists { slug }",
          "FlagSlugInvalid { slug }",
          "ProjectNotFound { projectId }",
        ],
      );
      if (!inputs.defaultValue) return live(flag);
      await setDefault(flag, true);
      return live((await flagById(context, flag.id))!);
    },
    async read(id) {
      const flag = await flagById(context, id);
      return flag && live(flag);
    },
    async update(id, { inputs, fields }) {
      const flag = await flagById(context, id);
      const wire = toWire(spelling, inputs, fields, "updateFlag").get("updateFlag");
      if (flag && wire) {
        // what is not declared stays as people set it, and the mutation replaces all
        const { name, description, tags, owner } = { ...live(flag).state, ...inputs };
        await dashboard.mutate(
          "updateFlag",
          { flagId: id, name, description: description ?? null, tags: tags ?? [], ...(owner && { userId: owner }) },
          ["FlagUpdated { __typename }", "FlagNotFound { flagId }"],
          { repeatable: true },
        );
      }
      if (flag && fields.has("defaultValue") && inputs.defaultValue !== undefined)
        await setDefault(flag, inputs.defaultValue);
      return live((await flagById(context, id))!);
    },
    async delete(id, held) {
      const project = held.project ?? (await flagById(context, id))?.projectId;
      if (project === undefined) return;
      const members = ["FlagDeleted { flagId }", "FlagNotFound { flagId }", "ProjectNotFound { projectId }"];
      await dashboard
        .mutate("deleteFlag", { flagId: id, projectId: project }, members, { repeatable: true })
        .catch(unlessGone);
    },
    async list({ project }) {
      if (project === undefined) return [];
      const found: FlagWire[] = [];
      for (let after: string | null = null, first = true; first || after; first = false) {
        const text = `query Golive($projectId: ID!, $after: ID) { flags(projectId: $projectId, limit: 100, order: Desc, after: $after) { data { ${flagFields} } listMetadata { after } } }`;
        type Page = { flags: { data: FlagWire[]; listMetadata: { after: string | null } } };
        const page: Page = await dashboard.query<Page>("flags", text, { projectId: project, after });
        found.push(...page.flags.data);
        after = page.flags.listMetadata.after;
      }
      return found.map(live);
    },
  };
}

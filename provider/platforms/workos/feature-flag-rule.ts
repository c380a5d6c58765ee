import { NotFound } from "../../errors";
import type { Inputs } from "../../resources";
import type { Live, Store } from "../platform";
import type { Context, Plane } from "./context";
import { present, unlessGone } from "./failures";
import { flagFields, flagsIn, type FlagWire } from "./feature-flag";
import { type RuleWire, writeRule } from "./flag-rules";
import { fromWire, own, scope, type Spelling, toWire, unsupported } from "./spelling";

const ids = (list: unknown) => (list as { id: string }[]).map(({ id }) => id);

const spelling: Spelling<"FeatureFlagRule"> = {
  flag: scope,
  environment: scope,
  enabled: "flagEnabled",
  access: {
    select: "accessType",
    to: (access) => ({ accessType: access.toUpperCase() }),
    from: ({ accessType }) => (accessType as string).toLowerCase() as NonNullable<Inputs<"FeatureFlagRule">["access"]>,
  },
  organizations: {
    select: "organizations { id }",
    to: (organizationIds) => ({ organizationIds }),
    from: ({ organizations }) => ids(organizations),
  },
  users: { select: "users { id }", to: (userIds) => ({ userIds }), from: ({ users }) => ids(users) },
  rolloutPercentage: unsupported("WorkOS rolls out by target, not by share: use `access` with organizations or users"),
  ownedBy: own,
};
/** What deleting a rule leaves: it comes and goes with its flag and its environment. */
const off = { flagEnabled: false, accessType: "NONE", organizationIds: [], userIds: [] };

const split = (id: string) => id.split("/") as [flag: string, environment: string];
const live = (flag: string, rule: RuleWire): Live<"FeatureFlagRule"> => ({
  id: `${flag}/${rule.environmentId}`,
  state: { ...fromWire(spelling, { ...rule }), flag, environment: rule.environmentId, ruleId: rule.id },
});

function store(context: Context): Store<"FeatureFlagRule"> {
  const byId = context.dashboard.reader<FlagWire>("flag", flagFields);
  const read = async (id: string) => {
    const [flag, environment] = split(id);
    const rule = (await byId(flag))?.flagEnvironments.find(({ environmentId }) => environmentId === environment);
    return rule && live(flag, rule);
  };

  return {
    find: ({ flag, environment }) => read(`${flag}/${environment}`),
    claim: ({ flag, environment }) => read(`${flag}/${environment}`),
    async create({ flag, environment }) {
      throw new NotFound(
        `flag ${flag} has no rule in environment ${environment}`,
        { method: "POST", url: "graphql" },
        "Both must exist, in one project.",
      );
    },
    read,
    async update(id, { inputs, fields }) {
      const change = toWire(spelling, inputs, fields, "updateFlagEnvironment").get("updateFlagEnvironment");
      if (change) await writeRule(context, byId, ...split(id), change);
      return present(await read(id), `rule ${id}`);
    },
    async delete(id) {
      if (await read(id)) await writeRule(context, byId, ...split(id), off).catch(unlessGone);
    },
    async list(scoped) {
      const inside = new Set((await context.team.places(scoped)).map(({ environment }): string => environment.id));
      return (await flagsIn(context, scoped)).flatMap(({ id, flagEnvironments }) =>
        flagEnvironments.filter(({ environmentId }) => inside.has(environmentId)).map((rule) => live(id, rule)),
      );
    },
  };
}
export const featureFlagRules: Plane<"FeatureFlagRule"> = { spelling, store };

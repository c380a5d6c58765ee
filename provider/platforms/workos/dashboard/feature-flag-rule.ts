import { NotFound } from "../../../errors";
import type { Inputs } from "../../../resources";
import type { Live, Store } from "../../platform";
import type { Clients, ApiStore } from "../clients";
import { present, unlessGone } from "../../wire/failures";
import { flagsIn } from "./feature-flag";
import type { RuleWire } from "./flag-rules";
import { fromWire, own, scope, type Codecs, toWire, unsupported } from "../../wire/codec";

const ids = (list: unknown) => (list as { id: string }[]).map(({ id }) => id);

const byTarget = "WorkOS rolls out by target, not by share: use `access` with organizations or users";
const defined = "WorkOS keeps one definition of a flag for all of its environments: leave it out";

const codecs: Codecs<"FeatureFlagRule"> = {
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
  rolloutPercentage: unsupported(byTarget),
  // a flag is defined once here, for all of its environments
  definition: unsupported(defined),
  secretPayload: unsupported(defined),
  conditions: unsupported(byTarget),
  shares: unsupported("WorkOS flags have no variants: leave it out"),
  filters: unsupported(byTarget),
  ownedBy: own,
};
/** What deleting a rule leaves: it comes and goes with its flag and its environment. */
const off = { flagEnabled: false, accessType: "NONE", organizationIds: [], userIds: [] };

const split = (id: string) => id.split("/") as [flag: string, environment: string];
const live = (flag: string, rule: RuleWire): Live<"FeatureFlagRule"> => ({
  id: `${flag}/${rule.environmentId}`,
  state: { ...fromWire(codecs, { ...rule }), flag, environment: rule.environmentId, ruleId: rule.id },
});

function store(clients: Clients): Store<"FeatureFlagRule"> {
  const { rules } = clients;
  const read = async (id: string) => {
    const [flag, environment] = split(id);
    const rule = await rules.read(flag, environment);
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
      const change = toWire(codecs, inputs, fields, "updateFlagEnvironment").get("updateFlagEnvironment");
      if (change) await rules.write(...split(id), change);
      return present(await read(id), `rule ${id}`);
    },
    async delete(id) {
      if (await read(id)) await rules.write(...split(id), off).catch(unlessGone);
    },
    async list(scoped) {
      const inside = new Set((await clients.team.places(scoped)).map(({ environment }): string => environment.id));
      return (await flagsIn(clients, scoped)).flatMap(({ id, flagEnvironments }) =>
        flagEnvironments.filter(({ environmentId }) => inside.has(environmentId)).map((rule) => live(id, rule)),
      );
    },
  };
}
export const featureFlagRules: ApiStore<"FeatureFlagRule"> = { codecs, store };

import { NotFound } from "../../errors";
import type { Inputs } from "../../resources";
import type { Live, Store } from "../platform";
import type { Context } from "./context";
import { type FlagEnvironmentWire, flagById, flagEnvironmentInput, writeFlagEnvironment } from "./feature-flag";
import { fromWire, own, scope, type Spelling, toWire } from "./spelling";

const ids = (list: unknown) => (list as { id: string }[]).map(({ id }) => id);

const spelling: Spelling<"FeatureFlagRule"> = {
  flag: scope,
  environment: scope,
  enabled: "flagEnabled",
  access: {
    select: "accessType",
    to: (access) => ({ accessType: access.toUpperCase() }),
    from: ({ accessType }) => (accessType as string).toLowerCase() as Inputs<"FeatureFlagRule">["access"] & string,
  },
  organizations: {
    select: "organizations { id }",
    to: (organizationIds) => ({ organizationIds }),
    from: ({ organizations }) => ids(organizations),
  },
  users: { select: "users { id }", to: (userIds) => ({ userIds }), from: ({ users }) => ids(users) },
  rolloutPercentage: {
    unsupported: "WorkOS rolls out by target, not by share: use `access` with organizations or users",
  },
  ownedBy: own,
};
export { spelling as ruleSpelling };

const idOf = (flag: string, environment: string) => `${flag}/${environment}`;
const live = (flag: string, wire: FlagEnvironmentWire): Live<"FeatureFlagRule"> => ({
  id: idOf(flag, wire.environmentId),
  state: { ...fromWire(spelling, { ...wire }), flag, environment: wire.environmentId, ruleId: wire.id },
});

export function featureFlagRules(context: Context): Store<"FeatureFlagRule"> {
  /** One writer per rule: each write sends everything, so two at once would undo one another. */
  const queues = new Map<string, Promise<unknown>>();
  const alone = <T>(id: string, run: () => Promise<T>): Promise<T> => {
    const turn = (queues.get(id) ?? Promise.resolve()).then(run, run);
    queues.set(id, turn);
    return turn.finally(() => queues.get(id) === turn && queues.delete(id));
  };
  const at = async (id: string) => {
    const [flagId, environmentId] = id.split("/") as [string, string];
    const flag = await flagById(context, flagId);
    return flag?.flagEnvironments.find((rule) => rule.environmentId === environmentId);
  };
  const read = async (id: string) => {
    const rule = await at(id);
    return rule && live(id.split("/")[0]!, rule);
  };
  const write = (id: string, change: (rule: FlagEnvironmentWire) => Record<string, unknown>) =>
    alone(id, async () => {
      const rule = await at(id);
      if (!rule) throw new NotFound(`there is no rule ${id}`, { method: "POST", url: "flag" });
      await writeFlagEnvironment(context, { ...flagEnvironmentInput(rule), ...change(rule) });
    });

  return {
    // a rule comes and goes with its flag and its environment: there is never another to find, or one to make
    find: async ({ flag, environment }) => read(idOf(flag, environment)),
    async claim({ flag, environment }) {
      await context.team.environment(environment);
      return read(idOf(flag, environment));
    },
    async create({ flag, environment }) {
      throw new NotFound(
        `flag ${flag} has no rule in environment ${environment}`,
        { method: "POST", url: "flag" },
        "Both must exist, in one project.",
      );
    },
    read,
    async update(id, { inputs, fields }) {
      const wire = toWire(spelling, inputs, fields, "updateFlagEnvironment").get("updateFlagEnvironment");
      if (wire) await write(id, () => wire);
      return (await read(id))!;
    },
    async delete(id) {
      const off = { flagEnabled: false, accessType: "NONE", organizationIds: [], userIds: [] };
      if (await at(id)) await write(id, () => off);
    },
  };
}

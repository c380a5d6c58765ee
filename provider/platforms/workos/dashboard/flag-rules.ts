import { Turns } from "../../wire/batching";
import { present } from "../../wire/failures";
import { type Dashboard, type EnvironmentId, notAnswered } from "./client";
import { reader } from "./reader";
import type { Team } from "./team";

/** What a flag does in one environment, as the dashboard API has it. */
export interface RuleWire {
  readonly id: string;
  readonly environmentId: string;
  readonly flagEnabled: boolean;
  readonly defaultEnabled: boolean;
  readonly accessType: "NONE" | "SOME" | "ALL";
  readonly organizations: readonly { readonly id: string }[];
  readonly users: readonly { readonly id: string }[];
}
interface RulesWire {
  readonly projectId: string;
  readonly flagEnvironments: readonly RuleWire[];
}
export const ruleFields = "id environmentId flagEnabled defaultEnabled accessType organizations { id } users { id }";

const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);

/** The rules of flags. A flag makes them, and so does an environment; a flag writes their defaults, and they themselves. */
export class FlagRules {
  readonly #turns = new Turns();
  readonly #byFlag: (inside: EnvironmentId, flag: string) => Promise<RulesWire | undefined>;

  constructor(
    private readonly dashboard: Dashboard,
    private readonly team: Team,
  ) {
    this.#byFlag = reader(dashboard, "flag", `id projectId flagEnvironments { ${ruleFields} }`);
  }

  /** `undefined` means gone: its environment is, or says that it has no such flag, or has left the flag's project. */
  async read(flagId: string, environmentId: string): Promise<RuleWire | undefined> {
    const inside = (await this.team.find(environmentId))?.environment.id;
    if (inside === undefined) return undefined;
    const flag = await this.#byFlag(inside, flagId);
    if (!flag) {
      await this.team.stands(inside);
      return undefined;
    }
    const rule = flag.flagEnvironments.find((candidate) => candidate.environmentId === environmentId);
    if (rule) return rule;
    const place = await this.team.direct(inside);
    if (place?.project.id !== flag.projectId) return undefined;
    throw notAnswered(`flag ${flagId}`, `no rule for environment ${environmentId}, which is in the same project`);
  }

  /** Writes part of a rule. The mutation replaces all of it, lists too: the rest is read and sent again. */
  write(flagId: string, environmentId: string, change: Readonly<Record<string, unknown>>): Promise<void> {
    return this.#turns.take(`${flagId}/${environmentId}`, async () => {
      const rule = present(await this.read(flagId, environmentId), `the rule of flag ${flagId} in ${environmentId}`);
      const { flagEnabled, defaultEnabled, accessType } = rule;
      const targets = { organizationIds: ids(rule.organizations), userIds: ids(rule.users) };
      await this.dashboard
        .inside(await this.team.environment(environmentId))
        .mutate(
          "updateFlagEnvironment",
          { flagEnvironmentId: rule.id, flagEnabled, defaultEnabled, accessType, ...targets, ...change },
          ["FlagEnvironmentUpdated { __typename }", "FlagEnvironmentNotFound { flagEnvironmentId }"],
          { repeatable: true },
        );
    });
  }
}

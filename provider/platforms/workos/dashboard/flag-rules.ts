import type { Clients } from "../clients";
import { present } from "../../wire/failures";

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
export const ruleFields = "id environmentId flagEnabled defaultEnabled accessType organizations { id } users { id }";

const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);

type Reader = (id: string) => Promise<{ readonly flagEnvironments: readonly RuleWire[] } | undefined>;

/** Writes part of a rule. The mutation replaces all of it, lists too: the rest is read and sent again. */
export const writeRule = (
  { dashboard, ruleTurns }: Clients,
  flagById: Reader,
  flagId: string,
  environmentId: string,
  change: Readonly<Record<string, unknown>>,
): Promise<void> =>
  ruleTurns.take(`${flagId}/${environmentId}`, async () => {
    const flag = await flagById(flagId);
    const found = flag?.flagEnvironments.find((candidate) => candidate.environmentId === environmentId);
    const rule = present(found, `the rule of flag ${flagId} in ${environmentId}`);
    const { flagEnabled, defaultEnabled, accessType } = rule;
    const targets = { organizationIds: ids(rule.organizations), userIds: ids(rule.users) };
    await dashboard.mutate(
      "updateFlagEnvironment",
      { flagEnvironmentId: rule.id, flagEnabled, defaultEnabled, accessType, ...targets, ...change },
      ["FlagEnvironmentUpdated { __typename }", "FlagEnvironmentNotFound { flagEnvironmentId }"],
      { repeatable: true },
    );
  });

import type { Config } from "@golive/provider/config";

/** What the account says of itself that no resource holds. A fact that it does not tell is absent. */
export interface AccountFacts {
  readonly billing?: boolean | undefined;
  /** Names of the organizations in an environment. */
  readonly organizations?: ((environmentId: string) => Promise<readonly string[]>) | undefined;
}

/** Asks the dashboard plane, which alone knows billing. The names of organizations are an extension of the rehearsal. */
export async function accountFacts(config: Config): Promise<AccountFacts> {
  if (!config.token) return {};
  const { Http } = await import("@golive/provider/http");
  const { Dashboard } = await import("@golive/provider/platforms/workos/dashboard");
  const dashboard = new Dashboard(new Http(config), config.token);
  const { currentTeam } = await dashboard.query<{ currentTeam: { productionState: string } }>(
    "currentTeam",
    "{ currentTeam { productionState } }",
  );
  const organizations = async (environmentId: string): Promise<string[]> => {
    const answer = await dashboard.query<{ organizations: readonly { name: string }[] }>(
      "organizations",
      "query Organizations($environmentId: String!) { organizations(environmentId: $environmentId) { name } }",
      { environmentId },
    );
    return answer.organizations.map(({ name }) => name);
  };
  return {
    billing: currentTeam.productionState === "Active",
    organizations: config.platform === "rehearsal" ? organizations : undefined,
  };
}

import type { Config } from "@golive/provider/config";

/** What an environment holds that no resource declares. */
export interface Customers {
  readonly organizations: readonly string[];
  /** SSO connections, as `Acme (OktaSAML)`. */
  readonly connections: readonly string[];
}
/** What the account says of itself that no resource holds. A fact that it does not tell is absent. */
export interface AccountFacts {
  readonly billing?: boolean | undefined;
  readonly customers?: ((environmentId: string) => Promise<Customers>) | undefined;
}
interface Organization {
  readonly name: string;
  readonly latestConnection: { readonly type: string } | null;
}

/** Asks the dashboard plane, which alone knows billing. */
export async function accountFacts(config: Config): Promise<AccountFacts> {
  if (!config.token) return {};
  const { Http } = await import("@golive/provider/http");
  const { Dashboard, quoted } = await import("@golive/provider/platforms/workos/dashboard/client");
  const dashboard = new Dashboard(new Http(config), config.token);
  const { currentTeam } = await dashboard.query<{ currentTeam: { productionState: string } }>(
    "currentTeam",
    "{ currentTeam { productionState } }",
  );
  return {
    billing: currentTeam.productionState === "Active",
    async customers(environmentId) {
      const where = `environmentId: ${quoted(environmentId)}`;
      const all = await dashboard.all<Organization>("organizations", where, "name latestConnection { type }");
      return {
        organizations: all.map(({ name }) => name),
        connections: all.flatMap(({ name, latestConnection }) =>
          latestConnection ? [`${name} (${latestConnection.type})`] : [],
        ),
      };
    },
  };
}

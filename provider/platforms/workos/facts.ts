import type { Platform } from "../platform";
import type { Clients } from "./clients";
import { quoted } from "./dashboard/client";

interface Organization {
  readonly name: string;
  readonly latestConnection: { readonly type: string } | null;
}

/** What the dashboard API alone knows of an account and of what its customers have in an environment. */
export const factsOf = ({ config, team, dashboard }: Clients): Platform["facts"] =>
  config.token && {
    async account() {
      return { billing: (await team.now()).productionState === "Active" };
    },
    async environment(id) {
      const inside = await team.environment(id);
      const all = await dashboard.all<Organization>(
        "organizations",
        `environmentId: ${quoted(inside)}`,
        "name latestConnection { type }",
        inside,
      );
      const connections = all.flatMap(({ name, latestConnection }) =>
        latestConnection ? [`${name} (${latestConnection.type})`] : [],
      );
      return { contents: { organizations: all.map(({ name }) => name), connections } };
    },
  };

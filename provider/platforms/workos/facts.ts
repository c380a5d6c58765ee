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
      const args = `environmentId: ${quoted(inside)}`;
      const all = await dashboard
        .inside(inside)
        .all<Organization>("organizations", args, "name latestConnection { type }");
      const connections = all.flatMap(({ name, latestConnection }) =>
        latestConnection ? [`${name} (${latestConnection.type})`] : [],
      );
      return { contents: { organizations: all.map(({ name }) => name), connections } };
    },
  };

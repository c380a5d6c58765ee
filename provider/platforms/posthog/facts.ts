import type { Platform } from "../platform";
import type { Clients } from "./clients";
import { inProject } from "./rest/client";
import type { ProjectWire } from "./rest/organizations";

/** Settings of a project that the checklist looks at. */
export interface Settings extends ProjectWire {
  readonly app_urls?: readonly (string | null)[];
  readonly recording_domains?: readonly string[] | null;
  readonly test_account_filters?: readonly unknown[];
  readonly anonymize_ips?: boolean;
}

/** What PostHog alone knows of an environment. */
export const factsOf = ({ api }: Clients): NonNullable<Platform["facts"]> => ({
  // PostHog locks no environment: what the plan holds is asked where something is made
  account: async () => ({ billing: true }),
  async environment(id) {
    const { app_urls, recording_domains, test_account_filters, anonymize_ips } = await api.get<Settings>(
      inProject(id, ""),
    );
    return {
      details: {
        domains: [...(app_urls ?? []), ...(recording_domains ?? [])].filter((one) => typeof one === "string"),
        internalUsers: (test_account_filters ?? []).length,
        anonymizesIps: anonymize_ips === true,
      },
    };
  },
});

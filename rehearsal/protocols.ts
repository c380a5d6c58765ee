import { accounts, createAccount } from "./domain/accounts";
import type { Head } from "./http/exchange";
import type { Admit, Caller } from "./http/server";
import type { Rehearsal, RehearsalOptions } from "./index";
import { userOfSession } from "./posthog/access";
import { posthogApi } from "./posthog/api";
import { createOrganization, organizations } from "./posthog/domain/accounts";
import { operator } from "./posthog/operator";
import { operatorRoutes } from "./posthog/operator-routes";
import { organizationTrees } from "./posthog/page";
import type { Store } from "./store/database";
import { workosApi } from "./workos/api";
import { headerIsStrict } from "./workos/graphql/scope";

/** What a paid plan of PostHog holds, as far as is known. */
const paidProjects = 6;

/** The platforms that a rehearsal plays, side by side in one store: a folder each, and a line here. */
export interface Protocols {
  /** Gives each platform its first account, where it has none. */
  begin(): void;
  /** The rehearsal's own routes for a platform. */
  readonly own: (head: Head) => Caller | undefined;
  readonly admit: Admit;
  /** What the others hold beside the first, for the page. */
  trees(): string;
  /** What a client of each platform begins with. */
  readonly access: Pick<Rehearsal, "posthog">;
}
export function protocols(store: Store, options: RehearsalOptions): Protocols {
  const { billing, role = "admin", environmentHeader, posthog = {} } = options;
  const plan = posthog.projects === undefined && billing ? paidProjects : posthog.projects;
  const isStrict = environmentHeader === undefined ? headerIsStrict : environmentHeader === "strict";
  const people = operator(store, (session) => userOfSession(store, session));
  const admitPostHog = posthogApi(store, posthog);
  const admitWorkOS = workosApi(store, { role, isStrict });
  return {
    begin() {
      if (accounts(store).length === 0) createAccount(store, "Rehearsal", billing);
      if (organizations(store).length === 0) createOrganization(store, { name: "Rehearsal", projects: plan });
    },
    own: operatorRoutes(store, people),
    // no path is of both
    admit: (head) => admitPostHog(head) ?? admitWorkOS(head),
    trees: () => organizationTrees(store),
    access: { posthog: people },
  };
}

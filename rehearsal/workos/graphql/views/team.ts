import { defaultApplicationOf } from "../../../domain/applications";
import type { ConnectData } from "../../../domain/connect";
import { accountOf, anyProjectOf, projectsOf, type Session } from "../../../domain/session";
import type { Row } from "../../../store/database";
import type { EnvironmentData, ProjectData } from "../../../store/objects";
import type { ResolverContext } from "../scope";
import { connectView } from "./applications";
import { listView, type Paged, pageOf } from "./lists";

// How rows look on the dashboard API. Fields that cost a query are functions: GraphQL calls those that were asked for.

interface ConnectFilter extends Paged {
  readonly search?: string | null;
  readonly type?: "OAuth" | "M2M" | null;
  readonly registration?: "Authenticated" | "Dynamic" | null;
}
/** Applications register themselves only where people sign in, which a rehearsal has none of. */
const noneRegistersItself = { rows: [], before: null, after: null };

export const environmentView = (session: Session, row: Row<EnvironmentData>): Record<string, unknown> => {
  const { customDomain } = row.data;
  const ownDomain = customDomain === undefined ? null : { domain: customDomain, selfServe: true };
  return {
    ...row.data,
    id: row.id,
    type: row.data.sandbox ? "staging" : "production",
    testIdentityProvider: row.data.testIdentityProvider ?? row.data.sandbox,
    logoUrl: null,
    platform: false,
    resourceTypeCount: 0,
    authkitDomains: [],
    customAuthDomain: ownDomain,
    customAuthDomainScope: ownDomain && "Environment",
    customAdminPortalDomain: null,
    customAdminPortalDomainScope: null,
    expiredConnectionCertificates: [],
    expiringConnectionCertificates: [],
    projectV2: () => projectView(session, anyProjectOf(session, row.parent)!),
    webOrigins: () => ({
      origins: (defaultApplicationOf(session, row.id)?.data.webOrigins ?? []).map(({ origin }) => origin),
    }),
    initiateLoginUrl: () => defaultApplicationOf(session, row.id)?.data.initiateLoginUri ?? null,
    applications({ search, type, registration, ...page }: ConnectFilter) {
      const filter = { search, kind: type?.toLowerCase() };
      const read = () => session.store.page<ConnectData>("connect_application", row.id, pageOf(page), filter);
      return listView(registration === "Dynamic" ? noneRegistersItself : read(), (one) => connectView(session, one));
    },
  };
};

export const projectView = (session: Session, row: Row<ProjectData>): Record<string, unknown> => ({
  id: row.id,
  name: row.data.name,
  environments: () =>
    session.store
      .children<EnvironmentData>("environment", row.id)
      .map((environment) => environmentView(session, environment)),
});

export const teamView = (context: ResolverContext): Record<string, unknown> => {
  const { id, data, createdAt } = accountOf(context);
  return {
    id,
    name: data.name,
    domain: null,
    createdAt,
    organizationId: null,
    onboarding: { __typename: "TeamOnboarding", nextStep: null },
    isMfaRequired: false,
    isUsingConsumerDomain: false,
    productionState: data.productionState,
    userManagementActivated: true,
    mcpServerOptions: { isEnabled: true, withProduction: true, withMutations: true },
    entitlements: [],
    projectsV2: () => projectsOf(context).map((project) => projectView(context, project)),
  };
};

/** The person whom the token belongs to; of anybody else nothing but an id is known. */
export const userView = (context: ResolverContext, id: string): Record<string, unknown> => {
  const { user } = accountOf(context).data;
  const isSelf = user.id === id;
  const view: Record<string, unknown> = { id, email: isSelf ? user.email : "", workosUserId: id };
  const membership = () => ({
    id: `users_team_${id}`,
    role: context.role === "sandbox" ? "member-sandbox" : "admin",
    state: "Active",
    user: view,
    team: teamView(context),
  });
  view["users_teams"] = () => (isSelf ? [membership()] : []);
  return view;
};

import { withIds } from "../../domain/applications";
import { accountOf, environmentOf, projectOf, projectsOf, type Session } from "../../domain/session";
import type { Row } from "../../store/database";
import type { Listed } from "../../store/paging";
import type {
  ApplicationData,
  EnvironmentData,
  FlagData,
  KeyData,
  ProjectData,
  RuleData,
  WebhookData,
} from "../../store/objects";

// How rows look on the dashboard plane. Fields that cost a query are functions: GraphQL calls those that were asked for.

const times = ({ createdAt, updatedAt }: Row<unknown>) => ({ createdAt, updatedAt });
const ids = (list: readonly string[]) => list.map((id) => ({ id }));

export const listView = <R, V>({ rows, before, after }: Listed<R>, view: (row: R) => V) => ({
  data: rows.map(view),
  listMetadata: { before, after },
});

export const keyView = (row: Row<KeyData>) => ({
  ...row.data,
  id: row.id,
  environmentId: row.parent,
  createdAt: row.createdAt,
});

export const environmentView = (session: Session, row: Row<EnvironmentData>): Record<string, unknown> => ({
  ...row.data,
  id: row.id,
  type: row.data.sandbox ? "staging" : "production",
  testIdentityProvider: row.data.testIdentityProvider ?? row.data.sandbox,
  projectV2: () => projectView(session, projectOf(session, row.parent)!),
});

export const projectView = (session: Session, row: Row<ProjectData>): Record<string, unknown> => ({
  id: row.id,
  name: row.data.name,
  environments: () =>
    session.store
      .children<EnvironmentData>("environment", row.id)
      .map((environment) => environmentView(session, environment)),
});

export const teamView = (session: Session) => {
  const { id, data } = accountOf(session);
  return {
    id,
    name: data.name,
    productionState: data.productionState,
    projectsV2: () => projectsOf(session).map((project) => projectView(session, project)),
  };
};

export const applicationView = (session: Session, row: Row<ApplicationData>) => ({
  ...row.data,
  ...times(row),
  id: row.id,
  environmentId: row.parent,
  logoutUris: withIds(row.data),
  keys: () =>
    session.store
      .children<KeyData>("key", row.parent)
      .filter((key) => key.data.applicationId === row.id)
      .map(keyView),
});

export const ruleView = (row: Row<RuleData>) => ({
  ...row.data,
  id: row.id,
  environmentId: row.key,
  organizations: ids(row.data.organizationIds),
  users: ids(row.data.userIds),
});

export const flagView = (session: Session, row: Row<FlagData>) => ({
  ...row.data,
  ...times(row),
  id: row.id,
  projectId: row.parent,
  owner: () => {
    const { user } = accountOf(session).data;
    return user.id === row.data.ownerId ? user : { id: row.data.ownerId, email: "" };
  },
  tags: row.data.tags.map((name) => ({ id: `tag_${name}`, name })),
  flagEnvironments: () =>
    session.store
      .children<RuleData>("rule", row.id)
      .filter((rule) => environmentOf(session, rule.key) !== undefined)
      .map(ruleView),
});

export const webhookView = (row: Row<WebhookData>) => ({
  ...row.data,
  ...times(row),
  id: row.id,
  environmentId: row.parent,
});

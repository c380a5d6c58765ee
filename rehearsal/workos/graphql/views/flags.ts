import { anyEnvironmentOf, type Session } from "../../../domain/session";
import type { Row } from "../../../store/database";
import type { FlagData, OrganizationData, RuleData } from "../../../store/objects";
import type { ResolverContext } from "../scope";
import { times } from "./lists";
import { userView } from "./team";

export const ruleView = ({ store, account }: Session, row: Row<RuleData>) => ({
  ...row.data,
  id: row.id,
  flagId: row.parent,
  environmentId: row.key,
  organizations: row.data.organizationIds.map((id) => ({
    id,
    name: () => store.get<OrganizationData>("organization", account, id)?.data.name ?? "",
  })),
  users: row.data.userIds.map((id) => ({ id, email: "", firstName: null, lastName: null })),
  uniqueUsersCount: row.data.userIds.length,
});

/** A tag is there as long as a flag of its project has it. */
export const tagView = ({ store }: Session, projectId: string, name: string) => {
  const having = () => store.children<FlagData>("flag", projectId).filter(({ data }) => data.tags.includes(name));
  return {
    id: `tag_${name}`,
    projectId,
    name,
    createdAt: () => having().map((flag) => flag.createdAt)[0],
    updatedAt: () =>
      having()
        .map((flag) => flag.updatedAt)
        .toSorted()
        .at(-1),
  };
};

export const flagView = (context: ResolverContext, row: Row<FlagData>) => ({
  ...row.data,
  ...times(row),
  id: row.id,
  projectId: row.parent,
  owner: () => userView(context, row.data.ownerId),
  tags: row.data.tags.map((name) => tagView(context, row.parent, name)),
  flagEnvironments: () =>
    context.store
      .children<RuleData>("rule", row.id)
      .filter((rule) => anyEnvironmentOf(context, rule.key) !== undefined)
      .map((rule) => ruleView(context, rule)),
});

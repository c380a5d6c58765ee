import type { Row } from "../store/database";
import type { EnvironmentData, FlagData, RuleData } from "../store/objects";
import { removeWithContents } from "./contents";
import { isSeen, projectOf, seen, type Session } from "./session";

const pristine: RuleData = {
  flagEnabled: false,
  defaultEnabled: false,
  accessType: "NONE",
  organizationIds: [],
  userIds: [],
};

/** Whether nobody has touched the rule: the environment does not depend on the flag. */
export const isPristine = (rule: RuleData | undefined): boolean =>
  rule === undefined ||
  (!rule.flagEnabled &&
    !rule.defaultEnabled &&
    rule.accessType === "NONE" &&
    rule.organizationIds.length === 0 &&
    rule.userIds.length === 0);

export const flagOf = (session: Session, id: string) =>
  seen(session, "project", session.store.get<FlagData>("flag", session.account, id));
/** A rule is its environment's, as much as its flag's. */
export function ruleOf(session: Session, id: string): Row<RuleData> | undefined {
  const row = session.store.get<RuleData>("rule", session.account, id);
  return row && isSeen(session, "environment", row.key) ? row : undefined;
}

export const addRule = ({ store, account }: Session, flag: string, environment: string, data: RuleData = pristine) =>
  store.insert<RuleData>("rule", "flag_env", { account, parent: flag, key: environment, data });

export const rulesIn = (
  { store }: Session,
  project: string,
  environment: string,
): { flag: Row<FlagData>; rule: Row<RuleData> }[] =>
  store.children<FlagData>("flag", project).flatMap((flag) => {
    const rule = store.byKey<RuleData>("rule", flag.id, environment);
    return rule ? [{ flag, rule }] : [];
  });

export interface WrittenFlag {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  readonly userId?: string | null | undefined;
}
const tagsOf = (tags: WrittenFlag["tags"]): string[] =>
  [...new Set((tags ?? []).map((tag) => tag.trim()).filter(Boolean))].toSorted();

export function createFlag(
  session: Session,
  { projectId, slug, ...written }: WrittenFlag & { projectId: string; slug: string; userId: string },
) {
  const { store, account } = session;
  if (!projectOf(session, projectId)) return { __typename: "ProjectNotFound", projectId };
  if (!/^[a-z0-9][a-z0-9_-]{0,99}$/.test(slug)) return { __typename: "FlagSlugInvalid", slug };
  if (store.byKey("flag", projectId, slug)) return { __typename: "FlagAlreadyExists", slug };
  const data: FlagData = {
    slug,
    name: written.name,
    description: written.description ?? null,
    ownerId: written.userId,
    tags: tagsOf(written.tags),
  };
  const flag = store.insert("flag", "flag", { account, parent: projectId, key: slug, data });
  for (const environment of store.children<EnvironmentData>("environment", projectId))
    addRule(session, flag.id, environment.id);
  return { __typename: "FlagCreated", flag };
}

export function updateFlag(
  session: Session,
  { flagId, name, description, tags, userId }: WrittenFlag & { flagId: string },
) {
  const flag = flagOf(session, flagId);
  if (!flag) return { __typename: "FlagNotFound", flagId };
  const data: FlagData = {
    ...flag.data,
    name,
    ...(description !== undefined && { description }),
    ...(tags !== undefined && { tags: tagsOf(tags) }),
    ...(userId && { ownerId: userId }),
  };
  return { __typename: "FlagUpdated", flag: session.store.update(flag, { data }) };
}

export function deleteFlag(session: Session, flagId: string, projectId: string) {
  const { store } = session;
  if (!projectOf(session, projectId)) return { __typename: "ProjectNotFound", projectId };
  const flag = flagOf(session, flagId);
  if (!flag || flag.parent !== projectId) return { __typename: "FlagNotFound", flagId };
  removeWithContents(store, "flag", flagId);
  return { __typename: "FlagDeleted", flagId };
}

export interface WrittenRule extends Omit<RuleData, "organizationIds" | "userIds"> {
  readonly flagEnvironmentId: string;
  readonly organizationIds?: string[] | null;
  readonly userIds?: string[] | null;
}
export function updateRule(session: Session, { flagEnvironmentId, organizationIds, userIds, ...rest }: WrittenRule) {
  const rule = ruleOf(session, flagEnvironmentId);
  if (!rule) return { __typename: "FlagEnvironmentNotFound", flagEnvironmentId };
  const data = { ...rest, organizationIds: [...new Set(organizationIds ?? [])], userIds: [...new Set(userIds ?? [])] };
  return { __typename: "FlagEnvironmentUpdated", flagEnvironment: session.store.update(rule, { data }) };
}

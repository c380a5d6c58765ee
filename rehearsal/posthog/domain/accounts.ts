import { hashOf } from "../../store/credentials";
import type { Row, Store } from "../../store/database";
import { invalid } from "../errors";
import { createProject } from "./projects";
import type { OrganizationData, PersonalKeyData, UserData } from "./rows";
import { add, byId, childrenOf, masked, newToken, newUuid, root } from "./store";

export const levels = { member: 1, admin: 8, owner: 15 } as const;
export type Level = keyof typeof levels;

export const organizations = (store: Store): Row<OrganizationData>[] => childrenOf(store, "ph_organization", root);
/** Who began with the rehearsal: the first user. */
export const founder = (store: Store): Row<UserData> => childrenOf(store, "ph_user", root)[0]!;

/** What a person is in an organization; nothing, when they are no member. */
export const levelIn = (store: Store, organization: string, user: string): number | undefined =>
  store.byKey<{ level: number }>("ph_member", organization, user)?.data.level;
export const organizationsOf = (store: Store, user: string): Row<OrganizationData>[] =>
  organizations(store).filter(({ id }) => levelIn(store, id, user) !== undefined);

export interface NewKey {
  readonly label: string;
  /** `*`, or e.g. `feature_flag:write`, which implies `feature_flag:read`. */
  readonly scopes: readonly string[];
  readonly scopedTeams?: readonly number[];
  readonly scopedOrganizations?: readonly string[];
}
/** A personal key of a user; its value is told now and never again. */
export function createKey(
  store: Store,
  user: Row<UserData>,
  wanted: NewKey,
): { key: Row<PersonalKeyData>; value: string } {
  if (childrenOf(store, "ph_key", user.id).length >= 10)
    throw invalid(null, "You can only have 10 personal API keys. Remove an existing key before creating a new one.");
  const value = newToken("phx");
  const data: PersonalKeyData = {
    label: wanted.label,
    mask_value: masked(value),
    // none means every one
    scopes: wanted.scopes.length === 0 ? ["*"] : [...wanted.scopes],
    scoped_teams: [...(wanted.scopedTeams ?? [])],
    scoped_organizations: [...(wanted.scopedOrganizations ?? [])],
  };
  const key = add(store, "ph_key", user.id, data, { id: `ph_key_${newUuid()}` });
  store.addCredential(hashOf(value), key.id);
  return { key, value };
}

function createUser(store: Store, organization: string, email: string): Row<UserData> {
  const session = newToken("session");
  const data: UserData = {
    uuid: newUuid(),
    email,
    first_name: "Founder",
    session,
    key: "",
    organization,
    project: null,
  };
  const user = add(store, "ph_user", root, data);
  store.addCredential(hashOf(session), user.id);
  const { value } = createKey(store, user, { label: "Rehearsal", scopes: ["*"] });
  return store.update(user, { data: { ...data, key: value } });
}

const slugOf = (store: Store, name: string): string => {
  const slug =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "") || "organization";
  const taken = new Set(organizations(store).map(({ data }) => data.slug));
  for (let i = 0; ; i++) {
    const candidate = i === 0 ? slug : `${slug}-${i}`;
    if (!taken.has(candidate)) return candidate;
  }
};

export interface NewOrganization {
  readonly name: string;
  /** How many projects its plan holds; null for no limit of the plan. @default 1, as a free one */
  readonly projects?: number | null | undefined;
  /** What the rehearsal's first user is in it; `none` gives it a user of its own. @default owner */
  readonly founder?: Level | "none" | undefined;
}
/** A new organization, as signing up makes it: with one project that nobody has touched. */
export function createOrganization(
  store: Store,
  wanted: NewOrganization,
): { organization: Row<OrganizationData>; user: Row<UserData> } {
  const data: OrganizationData = {
    name: wanted.name,
    slug: slugOf(store, wanted.name),
    ...(wanted.projects !== undefined && { projects: wanted.projects }),
    membersUseKeys: true,
  };
  const organization = add(store, "ph_organization", root, data, { id: newUuid() });
  const [first] = childrenOf(store, "ph_user", root);
  const isOwn = first === undefined || wanted.founder === "none";
  const user = isOwn
    ? createUser(store, organization.id, first ? `founder@${data.slug}.example.com` : "founder@example.com")
    : first;
  const level = wanted.founder === undefined || wanted.founder === "none" ? "owner" : wanted.founder;
  add(store, "ph_member", organization.id, { level: levels[level] }, { id: `ph_member_${newUuid()}`, key: user.id });
  const project = createProject(store, organization.id, "Default project");
  if (isOwn) return { organization, user: use(store, user, organization.id, project.id) };
  return { organization, user };
}

/** Makes a project the one that `@current` means. */
export function use(store: Store, user: Row<UserData>, organization: string, project: string): Row<UserData> {
  const now = byId(store, "ph_user", user.id)!;
  return store.update(now, { data: { ...now.data, organization, project: Number(project.slice(-12)) } });
}

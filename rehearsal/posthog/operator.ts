import type { Row, Store } from "../store/database";
import {
  createKey,
  createOrganization,
  founder,
  type NewKey,
  type NewOrganization,
  organizations,
} from "./domain/accounts";
import { moveProject, projectOf, projectsOf, purge, resetToken } from "./domain/projects";
import type { OrganizationData, ProjectData, UserData } from "./domain/rows";
import { byId, byNumber, numberOf } from "./domain/store";
import { invalid, notFound } from "./errors";

/** An organization, and the ways in. */
export interface PostHogAccess {
  readonly organization: { readonly id: string; readonly name: string; readonly slug: string };
  /** A personal key with every scope. */
  readonly key: string;
  /** What a browser that is signed in sends as the cookie `sessionid`. */
  readonly session: string;
}
export interface PostHogProject {
  readonly id: number;
  readonly name: string;
  readonly organization: string;
  /** The public token. */
  readonly token: string;
}
/**
 * PostHog in a rehearsal: an organization to begin with, and what no key can do: what a person does who is signed in,
 * what PostHog's staff and time do.
 */
export interface PostHogRehearsal extends PostHogAccess {
  /** The projects of every organization that are not deleted. */
  readonly projects: readonly PostHogProject[];
  /** A further organization. The first user is its owner, unless said otherwise. */
  addOrganization(wanted: NewOrganization): PostHogAccess;
  /** A further personal key, of the first user or of an organization's own. */
  addKey(key: NewKey, session?: string): string;
  /** Another plan: how many projects it holds; null for no limit, undefined for the free one. */
  setPlan(projects: number | null | undefined, organization?: string): void;
  /** Whether members who are no admins may use personal keys. */
  setKeyPolicy(membersUseKeys: boolean, organization?: string): void;
  /** Regenerates a project's public token; the old one is revoked at once. */
  resetToken(project: number): string;
  moveProject(project: number, organization: string): void;
  /** Ends now what was deleted; says how many projects. */
  purge(): number;
  /** Whether changes of a project's flags become change requests. */
  setApproval(project: number, approval: boolean): void;
  /** Hands a flag to experiments, or makes it one of the closed pilot of config version 2. */
  claimFlag(flag: number, by: { experiments?: readonly number[]; version2?: boolean }): void;
}

const accessOf = ({ id, data }: Row<OrganizationData>, user: Row<UserData>): PostHogAccess => ({
  organization: { id, name: data.name, slug: data.slug },
  key: user.data.key,
  session: user.data.session,
});

export function operator(store: Store, usersOf: (session: string) => Row<UserData> | undefined): PostHogRehearsal {
  const first = () => accessOf(organizations(store)[0]!, founder(store));
  const organizationAt = (id = first().organization.id): Row<OrganizationData> => {
    const found = byId(store, "ph_organization", id);
    if (!found) throw notFound("Organization not found.");
    return found;
  };
  const projectAt = (id: number): Row<ProjectData> => {
    const found = projectOf(store, String(id));
    if (!found) throw notFound("Project not found.");
    return found;
  };
  const within = <T>(work: () => T): T => store.transaction(work);
  return {
    get organization() {
      return first().organization;
    },
    get key() {
      return first().key;
    },
    get session() {
      return first().session;
    },
    get projects() {
      return organizations(store).flatMap(({ id }) =>
        projectsOf(store, id).map((project) => ({
          id: numberOf(project),
          name: project.data.name,
          organization: id,
          token: project.data.api_token,
        })),
      );
    },
    addOrganization: (wanted) =>
      within(() => {
        const { organization, user } = createOrganization(store, wanted);
        return accessOf(organization, user);
      }),
    addKey: (key, session) =>
      within(() => {
        const user = session === undefined ? founder(store) : usersOf(session);
        if (!user) throw invalid("session", "Nobody is signed in with that.");
        return createKey(store, user, key).value;
      }),
    setPlan: (projects, organization) =>
      within(() => {
        const row = organizationAt(organization);
        const { projects: _, ...data } = row.data;
        store.update(row, { data: projects === undefined ? data : { ...data, projects } });
      }),
    setKeyPolicy: (membersUseKeys, organization) =>
      within(() => {
        const row = organizationAt(organization);
        store.update(row, { data: { ...row.data, membersUseKeys } });
      }),
    resetToken: (project) => within(() => resetToken(store, projectAt(project)).data.api_token),
    moveProject: (project, organization) =>
      within(() => void moveProject(store, projectAt(project), organizationAt(organization).id)),
    purge: () => within(() => purge(store, 0)),
    setApproval: (project, approval) =>
      within(() => {
        const row = projectAt(project);
        store.update(row, { data: { ...row.data, approval } });
      }),
    claimFlag: (flag, { experiments = [], version2 = false }) =>
      within(() => {
        const row = byNumber(store, "ph_flag", String(flag));
        if (!row) throw notFound();
        const filters = version2 ? { version: 2, rules: [] } : row.data.filters;
        store.update(row, {
          data: { ...row.data, filters, experiments: [...experiments], version: row.data.version + 1 },
        });
      }),
  };
}

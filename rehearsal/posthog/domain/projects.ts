import { hashOf } from "../../store/credentials";
import type { Row, Store } from "../../store/database";
import { conflict, forbidden, invalid } from "../errors";
import { type Json, text } from "../fields";
import type { OrganizationData, ProjectData } from "./rows";
import { initialSettings, writtenSettings } from "./settings";
import { add, byId, byNumber, childrenOf, newToken, newUuid, numberOf, root } from "./store";

/** PostHog's own limit, whatever the plan. */
const mostProjects = 2_000;

export const allProjects = (store: Store, organization: string): Row<ProjectData>[] =>
  childrenOf(store, "ph_project", organization);
/** What an organization shows: those whose deletion is pending are gone from view. */
export const projectsOf = (store: Store, organization: string): Row<ProjectData>[] =>
  allProjects(store, organization).filter(({ data }) => data.deletedAt === null);
export const projectOf = (store: Store, id: string): Row<ProjectData> | undefined => {
  const project = byNumber(store, "ph_project", id);
  return project?.data.deletedAt === null ? project : undefined;
};
/** The project that a public token belongs to; one that was reset belongs to none. */
export const projectOfToken = (store: Store, token: string): Row<ProjectData> | undefined => {
  const owner = store.ownerOf(hashOf(token));
  const project = owner === undefined ? undefined : byId(store, "ph_project", owner);
  return project?.data.api_token === token && project.data.deletedAt === null ? project : undefined;
};

export function createProject(store: Store, organization: string, name: string, settings: Json = initialSettings()) {
  const data: ProjectData = {
    name,
    uuid: newUuid(),
    api_token: newToken("phc"),
    ingested_event: false,
    settings,
    deletedAt: null,
    group_types: [],
  };
  const project = add(store, "ph_project", organization, data);
  store.addCredential(hashOf(data.api_token), project.id);
  return project;
}

/** The plan's limit of projects; those that wait for their end count too. */
export function checkRoom(store: Store, organization: Row<OrganizationData>): void {
  const { projects = 1 } = organization.data;
  if (allProjects(store, organization.id).length >= (projects ?? mostProjects))
    throw forbidden(
      "You have reached the maximum limit of allowed projects for your current plan. Upgrade your plan to be able to create and manage more projects.",
    );
}

const folded = (name: string): string => name.trim().toLowerCase();
function checkName(store: Store, organization: string, name: string, own?: string): void {
  if (projectsOf(store, organization).some(({ id, data }) => id !== own && folded(data.name) === folded(name)))
    throw conflict(`There is already a project called "${name}" in this organization. Choose a different name.`);
}
const nameOf = (value: unknown): string => text(value, "name", { max: 200 }).trim();

export function newProject(
  store: Store,
  organization: string,
  body: Json,
  without: ReadonlySet<string>,
): Row<ProjectData> {
  const taken = new Set(projectsOf(store, organization).map(({ data }) => folded(data.name)));
  let unused = "Default project";
  for (let i = 2; taken.has(folded(unused)); i++) unused = `Default project ${i}`;
  const name = body["name"] === undefined ? unused : nameOf(body["name"]);
  checkName(store, organization, name);
  return createProject(
    store,
    organization,
    name,
    writtenSettings({ ...initialSettings(), week_start_day: 0 }, body, without),
  );
}

export function changeProject(
  store: Store,
  project: Row<ProjectData>,
  body: Json,
  without: ReadonlySet<string>,
): Row<ProjectData> {
  const name = body["name"] === undefined ? project.data.name : nameOf(body["name"]);
  // a name that stays is never a conflict, also after a move beside another of that name
  if (name !== project.data.name) checkName(store, project.parent, name, project.id);
  const settings = writtenSettings(project.data.settings, body, without);
  return store.update(project, { data: { ...project.data, name, settings } });
}

/** Begins a deletion: the project is gone from view, and ends some time later. */
export function deleteProject(store: Store, organization: Row<OrganizationData>, project: Row<ProjectData>): void {
  // a free organization may lose its last project; one that pays may not
  if (organization.data.projects !== undefined && projectsOf(store, organization.id).length === 1)
    throw invalid(null, "You can't delete the last project of an organization with an active subscription.");
  store.update(project, { data: { ...project.data, deletedAt: Date.now() } });
}

const contents = ["ph_flag", "ph_cohort", "ph_action", "ph_hog", "ph_secret"] as const;
/** Ends the projects whose deletion was asked for so long ago. */
export function purge(store: Store, olderThanMs: number): number {
  const until = Date.now() - olderThanMs;
  const ended = childrenOf(store, "ph_organization", root)
    .flatMap(({ id }) => allProjects(store, id))
    .filter(({ data }) => data.deletedAt !== null && data.deletedAt <= until);
  for (const { id } of ended) {
    for (const kind of contents) for (const row of childrenOf(store, kind, id)) store.remove(row.id);
    store.remove(id);
  }
  return ended.length;
}

/** A new public token. The old one is worth nothing from now on. */
export function resetToken(store: Store, project: Row<ProjectData>): Row<ProjectData> {
  const api_token = newToken("phc");
  store.addCredential(hashOf(api_token), project.id);
  return store.update(project, { data: { ...project.data, api_token } });
}
/** A move keeps id, token and contents; whether the name is free there, nobody asks. */
export function moveProject(store: Store, project: Row<ProjectData>, target: string): Row<ProjectData> {
  if (target === project.parent) throw invalid(null, "Project is already in the target organization.");
  if (projectsOf(store, project.parent).length === 1)
    throw invalid(null, "The source organization must keep at least one project.");
  return store.update(project, { parent: target });
}
export const projectNumber = numberOf;

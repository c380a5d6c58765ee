import type { Row } from "../store/database";
import { newCredential } from "../store/credentials";
import type { EnvironmentData, FlagData, ProjectData, RuleData } from "../store/objects";
import { newApplication } from "./applications";
import { removeWithContents } from "./contents";
import { addRule, isPristine, rulesIn } from "./flags";
import { newKey } from "./keys";
import {
  anyEnvironmentOf,
  anyProjectOf,
  environmentOf,
  isLocked,
  projectOf,
  projectsOf,
  requiresBilling,
  type Session,
} from "./session";

/** A new environment with what every one has: its default application, its keys, and a rule for each flag of the project. */
export function newEnvironment(
  session: Session,
  project: string,
  name: string,
  sandbox: boolean,
  builtIn: boolean,
): Row<EnvironmentData> {
  const { store, account } = session;
  const clientId = newCredential("client");
  const data = { name, sandbox, builtIn, clientId, emailDomain: null };
  const environment = store.insert<EnvironmentData>("environment", "environment", {
    account,
    parent: project,
    key: name.toLowerCase(),
    data,
  });
  newApplication(session, environment.id, { name: "Default application", clientId, isDefault: true });
  for (const kind of ["SECRET", "PUBLISHABLE"] as const)
    newKey(session, environment, { name: kind === "SECRET" ? "Default" : "Default publishable", kind });
  for (const flag of store.children<FlagData>("flag", project)) addRule(session, flag.id, environment.id);
  return environment;
}

export function createProject(session: Session, name: string, includeProduction: boolean) {
  const { store, account } = session;
  const key = name.trim().toLowerCase();
  if (store.byKey("project", account, key)) return { __typename: "ProjectNameAlreadyUsed", name };
  const data: ProjectData = { name: name.trim(), emailDomains: [] };
  const project = store.insert("project", "project", { account, parent: account, key, data });
  newEnvironment(session, project.id, "Staging", true, true);
  if (includeProduction) newEnvironment(session, project.id, "Production", false, true);
  return { __typename: "ProjectCreated", project };
}

export function renameProject(session: Session, projectId: string, name: string) {
  const { store, account } = session;
  const project = projectOf(session, projectId);
  if (!project) return { __typename: "ProjectNotFound", projectId };
  const key = name.trim().toLowerCase();
  const other = store.byKey("project", account, key);
  if (other && other.id !== projectId) return { __typename: "ProjectNameAlreadyUsed", name };
  return {
    __typename: "ProjectRenamed",
    project: store.update(project, { key, data: { ...project.data, name: name.trim() } }),
  };
}

export function deleteProject(session: Session, projectId: string) {
  const { store } = session;
  if (!projectOf(session, projectId)) return { __typename: "ProjectNotFound", projectId };
  const environments = store.children<EnvironmentData>("environment", projectId);
  const foreign = environments.filter((environment) => !environment.data.builtIn);
  if (foreign.length > 0)
    return {
      __typename: "ProjectNotEmpty",
      message: "The project still holds environments that did not come with it.",
      environments: foreign,
    };
  removeWithContents(store, "project", projectId);
  return { __typename: "ProjectDeleted", projectId };
}

export function createEnvironment(session: Session, project: string, name: string, sandbox: boolean) {
  if (!sandbox && isLocked(session)) return requiresBilling;
  if (session.store.byKey("environment", project, name.trim().toLowerCase()))
    return { __typename: "EnvironmentNameAlreadyUsed", name };
  return {
    __typename: "EnvironmentCreated",
    environment: newEnvironment(session, project, name.trim(), sandbox, false),
  };
}

export function renameEnvironment(session: Session, environmentId: string, name: string) {
  const { store } = session;
  const environment = environmentOf(session, environmentId);
  if (!environment) return { __typename: "EnvironmentNotFound", environmentId };
  const key = name.trim().toLowerCase();
  const other = store.byKey("environment", environment.parent, key);
  if (other && other.id !== environmentId) return { __typename: "EnvironmentNameAlreadyUsed", name };
  const data = { ...environment.data, name: name.trim() };
  return { __typename: "EnvironmentRenamed", environment: store.update(environment, { key, data }) };
}

/** What the environment depends on and the other project lacks. */
function missingIn(session: Session, environment: Row<EnvironmentData>, project: Row<ProjectData>) {
  const { store } = session;
  const used = store
    .children<FlagData>("flag", environment.parent)
    .filter((flag) => !isPristine(store.byKey<RuleData>("rule", flag.id, environment.id)?.data));
  const flags = used.filter((flag) => !store.byKey("flag", project.id, flag.data.slug));
  const known = new Set(store.children<FlagData>("flag", project.id).flatMap((flag) => flag.data.tags));
  const tags = [...new Set(used.flatMap((flag) => flag.data.tags))].filter((tag) => !known.has(tag));
  const { emailDomain, auditLogActions = [] } = environment.data;
  const schemas = auditLogActions.filter((action) => !store.byKey("audit_log_action", project.id, action));
  return [
    ...flags.map((flag) => ({ kind: "feature flag", name: flag.data.slug })),
    ...tags.map((name) => ({ kind: "tag", name })),
    ...schemas.map((name) => ({ kind: "audit log schema", name })),
    ...(emailDomain && !project.data.emailDomains.includes(emailDomain)
      ? [{ kind: "email domain", name: emailDomain }]
      : []),
  ];
}

export function moveEnvironment(session: Session, environmentId: string, projectId: string, dryRun: boolean | null) {
  const { store } = session;
  const environment = environmentOf(session, environmentId);
  if (!environment) return { __typename: "EnvironmentNotFound", environmentId };
  const project = anyProjectOf(session, projectId);
  if (!project) return { __typename: "ProjectNotFound", projectId };
  if (environment.parent === projectId) return { __typename: "EnvironmentMoved", environment };
  if (store.byKey("environment", projectId, environment.key))
    return { __typename: "EnvironmentNameAlreadyUsed", name: environment.data.name };
  const missing = missingIn(session, environment, project);
  if (missing.length > 0)
    return {
      __typename: "EnvironmentMoveBlocked",
      message: "The environment depends on project-level configuration that the destination lacks.",
      missing,
    };
  if (dryRun) return { __typename: "EnvironmentMoved", environment };
  const before = new Map(
    rulesIn(session, environment.parent, environmentId).map(({ flag, rule }) => [flag.data.slug, rule]),
  );
  for (const rule of before.values()) store.remove(rule.id);
  // it came with the other project: here it is a guest, and may be deleted
  const moved = store.update(environment, { parent: projectId, data: { ...environment.data, builtIn: false } });
  for (const flag of store.children<FlagData>("flag", projectId))
    addRule(session, flag.id, environmentId, before.get(flag.data.slug)?.data);
  return { __typename: "EnvironmentMoved", environment: moved };
}

export function deleteEnvironment(session: Session, environmentId: string) {
  const environment = environmentOf(session, environmentId);
  if (!environment) return { __typename: "EnvironmentNotFound", environmentId };
  if (environment.data.builtIn)
    return {
      __typename: "EnvironmentCannotDeleteBuiltIn",
      message: "This environment came with its project and cannot be deleted.",
    };
  for (const { rule } of rulesIn(session, environment.parent, environmentId)) session.store.remove(rule.id);
  removeWithContents(session.store, "environment", environmentId);
  return { __typename: "EnvironmentDeleted", environmentId };
}

/** The environment of a header; without one, or with an unknown one, the account's production environment, silently. */
export function environmentOfHeader(session: Session, header: string | undefined): Row<EnvironmentData> | undefined {
  const named = header === undefined ? undefined : anyEnvironmentOf(session, header);
  if (named) return named;
  const all = projectsOf(session).flatMap((project) =>
    session.store.children<EnvironmentData>("environment", project.id),
  );
  return all.find((environment) => !environment.data.sandbox) ?? all[0];
}

import type { Row, Store } from "../store/database";
import { bearerOf, type Head } from "../http/exchange";
import { hashOf } from "../store/credentials";
import { levelIn, levels } from "./domain/accounts";
import type { OrganizationData, PersonalKeyData, ProjectData, SecretKeyData, UserData } from "./domain/rows";
import { byId, numberOf } from "./domain/store";
import { forbidden, notAuthenticated, notFound, wrongKey } from "./errors";

/** Who asks: a person who is signed in, a personal key, which acts as its person, or a project's secret key. */
export type Caller =
  | { readonly kind: "session"; readonly user: Row<UserData> }
  | { readonly kind: "personal"; readonly user: Row<UserData>; readonly key: Row<PersonalKeyData> }
  | { readonly kind: "secret"; readonly key: Row<SecretKeyData> };

/** What a browser that is signed in sends along. */
const sessionOf = ({ headers }: Head): string => /(?:^|;\s*)sessionid=([^;\s]+)/.exec(headers.cookie ?? "")?.[1] ?? "";

export function userOfSession(store: Store, session: string): Row<UserData> | undefined {
  const owner = session === "" ? undefined : store.ownerOf(hashOf(session));
  const user = owner === undefined ? undefined : byId(store, "ph_user", owner);
  return user?.data.session === session ? user : undefined;
}
/** Who is signed in, in a browser or by hand. */
export const personOf = (store: Store, head: Head): Row<UserData> | undefined =>
  userOfSession(store, sessionOf(head)) ?? userOfSession(store, bearerOf(head));
export function secretKeyOf(store: Store, value: string): Row<SecretKeyData> | undefined {
  const owner = value.startsWith("phs_") ? store.ownerOf(hashOf(value)) : undefined;
  const key = owner === undefined ? undefined : byId(store, "ph_secret", owner);
  return key?.data.value === value ? key : undefined;
}
export function personalKeyOf(store: Store, value: string): Row<PersonalKeyData> | undefined {
  const owner = value.startsWith("phx_") ? store.ownerOf(hashOf(value)) : undefined;
  return owner === undefined ? undefined : byId(store, "ph_key", owner);
}

/** @throws ApiError 401 */
export function callerOf(store: Store, head: Head): Caller {
  if (head.headers.authorization === undefined) {
    const signedIn = userOfSession(store, sessionOf(head));
    if (signedIn) return { kind: "session", user: signedIn };
    throw notAuthenticated();
  }
  const value = bearerOf(head);
  const secret = secretKeyOf(store, value);
  if (secret) return { kind: "secret", key: secret };
  const key = personalKeyOf(store, value);
  const user = key && byId(store, "ph_user", key.parent);
  if (!user) throw wrongKey();
  return { kind: "personal", user, key };
}

/** Write implies read; `*` is everything. */
export const hasScope = (scopes: readonly string[], scope: string): boolean =>
  scopes.includes("*") || scopes.includes(scope) || scopes.includes(scope.replace(/:read$/, ":write"));

/** An empty scope is one that every key has. @throws ApiError 403, which names the scope that is missing. */
export function checkScope(caller: Caller, scope: string | null): void {
  if (caller.kind === "session" || (caller.kind === "personal" && scope === "")) return;
  if (caller.kind === "secret" || scope === null)
    throw forbidden(
      caller.kind === "secret"
        ? "This action does not support project secret API key access"
        : "This action does not support Personal API Key access",
    );
  if (!hasScope(caller.key.data.scopes, scope)) throw forbidden(`API key missing required scope '${scope}'`);
}

/** A key for some projects only works on paths of a project; one for some organizations works in those. */
export function checkReach(
  caller: Caller,
  organization: Row<OrganizationData> | undefined,
  project: Row<ProjectData> | undefined,
): void {
  if (caller.kind !== "personal") return;
  const { scoped_teams: teams, scoped_organizations: only } = caller.key.data;
  if (teams.length > 0) {
    if (!project) throw forbidden("API keys with scoped projects are only supported on project-based endpoints.");
    if (!teams.includes(numberOf(project)))
      throw forbidden(`API key does not have access to the requested project: ID ${numberOf(project)}.`);
  }
  if (only.length > 0) {
    if (!organization)
      throw forbidden("API keys with scoped organizations are only supported on organization-based endpoints.");
    if (!only.includes(organization.id))
      throw forbidden(`API key does not have access to the requested organization: ID ${organization.id}.`);
  }
}

/** Who is no member sees nothing; who is one may be too low. */
export function checkMember(store: Store, caller: Caller, organization: Row<OrganizationData>, needs: number): void {
  if (caller.kind === "secret") return;
  const level = levelIn(store, organization.id, caller.user.id);
  if (level === undefined) throw notFound();
  if (caller.kind === "personal" && level < levels.admin && !organization.data.membersUseKeys)
    throw forbidden(
      `Organization '${organization.data.name}' does not allow using personal API keys. Ask an admin to change this setting.`,
    );
  if (level < needs) throw forbidden("Your organization access level is insufficient.");
}

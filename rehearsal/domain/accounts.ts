import { monotonicFactory } from "ulid";
import { hashOf, newCredential } from "../store/credentials";
import type { Row, Store } from "../store/database";
import type { AccountData, EnvironmentData, KeyData } from "../store/objects";
import { isExpired } from "./keys";
import { createProject } from "./environments";
import { projectsOf, type Session } from "./session";

const ulid = monotonicFactory();
const root = "root";

/** A new account, as signing up makes one: one project with staging and production, production locked but with billing. */
export function createAccount(store: Store, name: string, billing = false): Row<AccountData> {
  const data: AccountData = {
    name,
    productionState: billing ? "Active" : "Inactive",
    token: newCredential("dash"),
    clientId: newCredential("client"),
    clientSecret: newCredential("cs"),
    user: { id: `user_${ulid()}`, email: "founder@example.com" },
  };
  const id = `team_${ulid()}`;
  const account = store.insert("account", "team", { id, account: id, parent: root, data });
  store.addCredential(hashOf(data.token), id);
  createProject({ store, account: id }, "Default", true);
  return account;
}

export const accounts = (store: Store): Row<AccountData>[] => store.children<AccountData>("account", root);

interface LoginData {
  /** When it ends, in milliseconds. */
  readonly until: number;
}
/** A dashboard token that lives so many seconds, as a login gives it: a JWT whose `exp` says when it ends. */
export function issueToken({ store, account }: Session, seconds: number): { token: string; expiresAt: string } {
  const until = Date.now() + seconds * 1000;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: "rehearsal", jti: ulid(), exp: until / 1000 };
  const token = [part({ alg: "none", typ: "JWT" }), part(claims), newCredential("dash")].join(".");
  store.transaction(() => {
    const data: LoginData = { until };
    store.addCredential(hashOf(token), store.insert("login", "login", { account, parent: account, data }).id);
  });
  return { token, expiresAt: new Date(until).toISOString() };
}

/** The account of a dashboard token. */
export function accountOfToken(store: Store, token: string): Session | undefined {
  const owner = store.ownerOf(hashOf(token));
  const login = owner?.startsWith("login_") ? store.any<LoginData>("login", owner) : undefined;
  if (login) return login.data.until > Date.now() ? { store, account: login.account } : undefined;
  const account = owner?.startsWith("team_") ? store.any<AccountData>("account", owner) : undefined;
  return account && account.data.token === token ? { store, account: account.id } : undefined;
}

/** The environment of a secret key that is still valid: every call with it happens there. */
export function environmentOfKey(
  store: Store,
  value: string,
): (Session & { environment: Row<EnvironmentData> }) | undefined {
  if (!value.startsWith("sk_")) return undefined;
  const owner = store.ownerOf(hashOf(value));
  const key = owner === undefined ? undefined : store.any<KeyData>("key", owner);
  if (!key || isExpired(key.data)) return undefined;
  const environment = store.get<EnvironmentData>("environment", key.account, key.parent);
  return environment && { store, account: key.account, environment };
}

export interface ProjectSummary {
  readonly id: string;
  readonly name: string;
  readonly environments: readonly EnvironmentSummary[];
}
export interface EnvironmentSummary {
  readonly id: string;
  readonly name: string;
  readonly type: "staging" | "production";
  readonly clientId: string;
  /** Where it may be read: a staging environment's secret key. */
  readonly apiKey?: string;
}

/** What somebody needs to begin with an account. */
export const summaryOf = (session: Session): ProjectSummary[] =>
  projectsOf(session).map((project) => ({
    id: project.id,
    name: project.data.name,
    environments: session.store.children<EnvironmentData>("environment", project.id).map(({ id, data }) => {
      const keys = session.store.children<KeyData>("key", id);
      const key = keys.find(({ data: k }) => k.kind === "SECRET" && k.value !== null && !isExpired(k));
      return {
        id,
        name: data.name,
        type: data.sandbox ? ("staging" as const) : ("production" as const),
        clientId: data.clientId,
        ...(key?.data.value && { apiKey: key.data.value }),
      };
    }),
  }));

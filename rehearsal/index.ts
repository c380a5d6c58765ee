import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { accounts, createAccount, type ProjectSummary, summaryOf } from "./domain/accounts";
import { adminRoutes } from "./admin";
import { type Fault, type Faults, InvalidFault } from "./http/faults";
import { type LogEntry, RehearsalServer } from "./http/server";
import { Store } from "./store/database";
import { workosApi } from "./workos/api";

export { InvalidFault };
export type { Fault, LogEntry };
export type { EnvironmentSummary, ProjectSummary } from "./domain/accounts";

export interface RehearsalOptions {
  /** 0 for a free one. @default 0 */
  readonly port?: number;
  /** Where everything is kept. Without one it lives in a temporary folder and goes with `close`. */
  readonly file?: string;
  /** Whether a new account has billing, which unlocks production. @default false, as in a real one */
  readonly billing?: boolean;
}
/** An account's credentials. */
export interface AccountAccess {
  readonly account: { readonly id: string; readonly name: string };
  /** Dashboard token. */
  readonly token: string;
  /** Of the Platform API. */
  readonly clientId: string;
  readonly clientSecret: string;
}
export interface Rehearsal extends AccountAccess {
  readonly url: string;
  readonly port: number;
  /** What the account holds now. */
  readonly projects: readonly ProjectSummary[];
  readonly faults: Faults;
  /** The last requests of the management API, oldest first. */
  requests(): readonly LogEntry[];
  /** How many there have been. */
  requestCount(): number;
  /** A further account, isolated from the others. */
  addAccount(name: string): AccountAccess;
  /** Forgets everything and begins with a new account; the credentials change. */
  reset(): void;
  close(): Promise<void>;
}

const access = (store: Store, index = 0): AccountAccess => {
  const { id, data } = accounts(store)[index]!;
  return {
    account: { id, name: data.name },
    token: data.token,
    clientId: data.clientId,
    clientSecret: data.clientSecret,
  };
};

/** Starts the rehearsal on 127.0.0.1. */
export async function createRehearsal({ port = 0, file, billing }: RehearsalOptions = {}): Promise<Rehearsal> {
  const folder = file === undefined ? mkdtempSync(path.join(os.tmpdir(), "golive-rehearsal-")) : undefined;
  const store = new Store(file ?? path.join(folder!, "rehearsal.db"));
  const begin = () =>
    store.transaction(() => void (accounts(store).length === 0 && createAccount(store, "Rehearsal", billing)));
  begin();
  const reset = () => {
    store.clear();
    server.faults.clear();
    begin();
  };
  const server: RehearsalServer = new RehearsalServer({
    ...workosApi(store),
    own: adminRoutes(store, () => server, reset),
  });
  const listening = await server.listen(port);
  return {
    url: `http://127.0.0.1:${listening}`,
    port: listening,
    get account() {
      return access(store).account;
    },
    get token() {
      return access(store).token;
    },
    get clientId() {
      return access(store).clientId;
    },
    get clientSecret() {
      return access(store).clientSecret;
    },
    get projects() {
      return summaryOf({ store, account: access(store).account.id });
    },
    faults: server.faults,
    requests: () => server.requests,
    requestCount: () => server.count,
    addAccount(name) {
      store.transaction(() => createAccount(store, name));
      return access(store, accounts(store).length - 1);
    },
    reset,
    async close() {
      await server.close();
      store.close();
      if (folder) rmSync(folder, { recursive: true, force: true });
    },
  };
}

import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { accounts, createAccount, summaryOf } from "./domain/accounts";
import { adminRoutes } from "./admin";
import { RehearsalServer } from "./http/server";
import type { AccountAccess, Rehearsal, RehearsalOptions } from "./index";
import { protocols } from "./protocols";
import { Store } from "./store/database";

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
export async function start(options: RehearsalOptions): Promise<Rehearsal> {
  const { port = 0, file } = options;
  const folder = file === undefined ? mkdtempSync(path.join(os.tmpdir(), "golive-rehearsal-")) : undefined;
  const store = new Store(file ?? path.join(folder!, "rehearsal.db"));
  const all = protocols(store, options);
  const begin = () => store.transaction(() => all.begin());
  begin();
  const reset = () => {
    server.faults.forget();
    store.clear();
    begin();
  };
  const own = adminRoutes(store, () => server, reset, all.trees);
  const server: RehearsalServer = new RehearsalServer((head) => all.own(head) ?? own(head) ?? all.admit(head));
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
    ...all.access,
    faults: server.faults,
    requests: () => server.log.entries,
    requestCount: () => server.log.count,
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

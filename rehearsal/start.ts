import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { accounts, createAccount, summaryOf } from "./domain/accounts";
import { adminRoutes } from "./admin";
import { RehearsalServer } from "./http/server";
import type { AccountAccess, Rehearsal, RehearsalOptions } from "./index";
import { Store } from "./store/database";
import { workosApi } from "./workos/api";
import { headerIsStrict } from "./workos/graphql/scope";

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
export async function start({
  port = 0,
  file,
  billing,
  role = "admin",
  environmentHeader,
}: RehearsalOptions): Promise<Rehearsal> {
  const folder = file === undefined ? mkdtempSync(path.join(os.tmpdir(), "golive-rehearsal-")) : undefined;
  const store = new Store(file ?? path.join(folder!, "rehearsal.db"));
  const begin = () =>
    store.transaction(() => void (accounts(store).length === 0 && createAccount(store, "Rehearsal", billing)));
  begin();
  const reset = () => {
    server.faults.forget();
    store.clear();
    begin();
  };
  const own = adminRoutes(store, () => server, reset);
  const isStrict = environmentHeader === undefined ? headerIsStrict : environmentHeader === "strict";
  const admit = workosApi(store, { role, isStrict });
  const server: RehearsalServer = new RehearsalServer((head) => own(head) ?? admit(head));
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

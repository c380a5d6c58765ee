import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { accounts, createAccount, summaryOf } from "./domain/accounts";
import { adminRoutes } from "./admin";
import { RehearsalServer } from "./http/server";
import type { AccountAccess, Rehearsal, RehearsalOptions } from "./index";
import { userOfSession } from "./posthog/access";
import { posthogApi } from "./posthog/api";
import { createOrganization, organizations } from "./posthog/domain/accounts";
import { operator } from "./posthog/operator";
import { operatorRoutes } from "./posthog/operator-routes";
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

/** What a paid plan of PostHog holds, as far as is known. */
const paidProjects = 6;

/** Starts the rehearsal on 127.0.0.1. */
export async function start({
  port = 0,
  file,
  billing,
  role = "admin",
  environmentHeader,
  posthog = {},
}: RehearsalOptions): Promise<Rehearsal> {
  const folder = file === undefined ? mkdtempSync(path.join(os.tmpdir(), "golive-rehearsal-")) : undefined;
  const store = new Store(file ?? path.join(folder!, "rehearsal.db"));
  const plan = posthog.projects === undefined && billing ? paidProjects : posthog.projects;
  const begin = () =>
    store.transaction(() => {
      if (accounts(store).length === 0) createAccount(store, "Rehearsal", billing);
      if (organizations(store).length === 0) createOrganization(store, { name: "Rehearsal", projects: plan });
    });
  begin();
  const reset = () => {
    server.faults.forget();
    store.clear();
    begin();
  };
  const isStrict = environmentHeader === undefined ? headerIsStrict : environmentHeader === "strict";
  const people = operator(store, (session) => userOfSession(store, session));
  const ours = [operatorRoutes(store, people), adminRoutes(store, () => server, reset), posthogApi(store, posthog)];
  const workos = workosApi(store, { role, isStrict });
  const server: RehearsalServer = new RehearsalServer((head) => {
    for (const admit of ours) {
      const caller = admit(head);
      if (caller) return caller;
    }
    return workos(head);
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
    posthog: people,
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

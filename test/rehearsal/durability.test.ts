// kill -9 at a random moment under load: what was acknowledged is there after a restart on the same file.
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { Served } from "../chaos/served";
import { ask, type Data, dashboard } from "./rig";

/** How often; the environment variable takes another number, e.g. for a night. */
const rounds = Number(process.env["GOLIVE_KILL_ROUNDS"] ?? 100);
const writers = 4;
const folder = mkdtempSync(path.join(os.tmpdir(), "golive-durability-"));
const served = new Served(path.join(folder, "rehearsal.db"));
afterAll(async () => {
  await served.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** A key of the staging environment, which the store keeps from one life to the next. */
async function stagingKey(): Promise<string> {
  const { body } = await ask(served.access, served.access.token, "GET", "/_rehearsal/account");
  const [project] = body["projects"] as { environments: { apiKey?: string }[] }[];
  return project!.environments[0]!.apiKey!;
}

/** What was acknowledged: an endpoint's id and the state that the last answer showed. */
const acknowledged = new Map<string, string>();
const deleted = new Set<string>();
let sequence = 0;

/** Writes until the server is gone: each endpoint is made, some are switched off, some deleted again. */
async function write(key: string): Promise<void> {
  const send = (method: string, tail: string, body?: Data) =>
    ask(served.access, key, method, `/webhook_endpoints${tail}`, body);
  for (;;) {
    sequence += 1;
    const turn = sequence % 4;
    const made = await send("POST", "", { endpoint_url: `https://hooks.example.com/${sequence}`, events: [] });
    if (made.status === 429) continue;
    const id = String(made.body["id"]);
    acknowledged.set(id, "enabled");
    // in doubt while it is on its way: either state is right until an answer says which
    if (turn === 1) {
      acknowledged.set(id, "enabled or disabled");
      if ((await send("PATCH", `/${id}`, { status: "disabled" })).status === 200) acknowledged.set(id, "disabled");
    } else if (turn === 2) {
      acknowledged.delete(id);
      if ((await send("DELETE", `/${id}`)).status === 204) deleted.add(id);
    }
  }
}

/** Everything that is in the store, by id. */
async function stored(): Promise<Map<string, string>> {
  const dash = dashboard(served.access);
  const { projectsV2 } = await dash<{ projectsV2: { environments: { id: string }[] }[] }>(
    "{ currentTeam { projectsV2 { environments { id } } } }",
  );
  const environment = projectsV2[0]!.environments[0]!.id;
  const found = new Map<string, string>();
  for (let after: string | null = null; ;) {
    const page: { data: { id: string; state: string }[]; listMetadata: { after: string | null } } = await dash(
      "query ($e: String!, $after: String) { webhookEndpoints(environmentId: $e, order: Asc, limit: 100, after: $after) { data { id state } listMetadata { after } } }",
      { e: environment, after },
    );
    for (const { id, state } of page.data) found.set(id, state === "Active" ? "enabled" : "disabled");
    after = page.listMetadata.after;
    if (after === null) return found;
  }
}

it(
  `loses no acknowledged write in ${rounds} rounds of kill -9 under load`,
  async () => {
    const moments = fc.sample(fc.integer({ min: 20, max: 250 }), { numRuns: rounds, seed: 4 });
    await served.start();
    for (const moment of moments) {
      const key = await stagingKey();
      const running = Array.from({ length: writers }, () => write(key).catch((error: unknown) => error));
      await delay(moment); // the moment is the test, not a wait for something
      await served.kill();
      await Promise.all(running);
      await served.start();
    }
    const found = await stored();
    const lost = [...acknowledged].filter(([id, state]) => !state.includes(found.get(id) ?? "nothing"));
    const back = [...deleted].filter((id) => found.has(id));
    const total = acknowledged.size + deleted.size;
    process.stdout.write(
      `durability: ${rounds} kills, ${total} writes acknowledged, ${lost.length + back.length} lost\n`,
    );
    expect({ lost, back }).toEqual({ lost: [], back: [] });
    expect(total).toBeGreaterThan(rounds);
  },
  rounds * 5_000 + 30_000,
);

// kill -9 in the middle of a 50-resource `up` on the real engine, then `up` to a clean end with nothing twice.
// The same for ctrl-C, which must also be quick. GOLIVE_KILL_ROUNDS sets the rounds per victim: 1 in `npm test`, 20 in `npm run soak`.
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Backend, createStack, type Operation, type Stack, waitFor } from "../engine/harness";
import { dashboard, rehearsalEnv } from "../engine/rehearsal";
import { Served } from "./served";

const rounds = Number(process.env["GOLIVE_KILL_ROUNDS"] ?? 1);
const each = 12;
const resources = 2 + 4 * each;
const program = `
const golive = require("@golive/pulumi");
const project = new golive.Project("project", { name: process.env.THE_PROJECT });
const environment = new golive.Environment("environment", { project, name: "QA", type: "staging" });
for (let i = 0; i < ${each}; i++) {
  new golive.Application("app" + i, { environment, name: "app" + i, redirectUris: [{ uri: "https://a.example.com/" + i }], corsOrigins: ["https://a.example.com"] });
  new golive.WebhookEndpoint("hook" + i, { environment, url: "https://a.example.com/" + i, events: ["user.created"], enabled: false });
  const flag = new golive.FeatureFlag("flag" + i, { project, slug: "flag" + i, name: "Flag " + i, defaultValue: true });
  new golive.FeatureFlagRule("rule" + i, { flag, environment, enabled: true, access: "all" });
}`;

/** How many objects of each kind the project holds. */
async function counted(served: Served, name: string): Promise<Record<string, number>> {
  const { query } = dashboard(served.access);
  const { currentTeam } = await query(`{ currentTeam { projectsV2 { id name environments { id name builtIn } } } }`);
  type Project = { id: string; name: string; environments: { id: string; name: string; builtIn: boolean }[] };
  const projects = (currentTeam as { projectsV2: Project[] }).projectsV2.filter((p) => p.name === name);
  const environments = projects.flatMap((p) => p.environments.filter((e) => !e.builtIn));
  const inside = await query(
    `{ a: userlandApplications(environmentId: "${environments[0]?.id}", limit: 100) { data { id isDefault } } w: webhookEndpoints(environmentId: "${environments[0]?.id}", limit: 100) { data { id } } f: flagsForProject(projectId: "${projects[0]?.id}", limit: 100) { data { flagEnvironments { environmentId flagEnabled accessType } } } }`,
  );
  type Listed<T> = { data: T[] };
  const rules = (inside["f"] as Listed<{ flagEnvironments: { environmentId: string; flagEnabled: boolean }[] }>).data;
  return {
    projects: projects.length,
    environments: environments.length,
    applications: (inside["a"] as Listed<{ isDefault: boolean }>).data.filter((app) => !app.isDefault).length,
    webhooks: (inside["w"] as Listed<unknown>).data.length,
    flags: rules.length,
    rules: rules
      .flatMap((f) => f.flagEnvironments)
      .filter((r) => r.environmentId === environments[0]?.id && r.flagEnabled).length,
  };
}
const isJson = (file: string): boolean => {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return true;
  } catch {
    return false;
  }
};
/**
 * The engine writes a file backend's checkpoint, and the attributes beside it, in place: a kill in that moment leaves half
 * of one, and it says `failed to load checkpoint: EOF`. As a user gets out of it: attributes are nothing that anybody
 * needs, and of a checkpoint the engine keeps a backup; what is newer than that is golive's to find again.
 */
function mendCheckpoint({ folder }: Backend, stack: string): void {
  const file = path.join(folder, "state/.pulumi/stacks/test", `${stack}.json`);
  const attributes = [file, `${file}.bak`].map((one) => `${one}.attrs`);
  for (const half of attributes.filter((one) => existsSync(one) && !isJson(one))) {
    console.log(`the engine left half of ${path.basename(half)}: it is removed`);
    rmSync(half);
  }
  if (isJson(file)) return;
  console.log(`the engine left half of ${path.basename(file)}: its backup is used`);
  copyFileSync(`${file}.bak`, file);
}
const complete = { projects: 1, environments: 1, applications: each, webhooks: each, flags: each, rules: each };

describe("an end in the middle of a 50-resource up", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "golive-kill-"));
  const served = new Served(path.join(folder, "rehearsal.db"));
  let backend: Backend;

  beforeAll(async () => {
    await served.start();
    backend = new Backend();
  });
  afterAll(async () => {
    await backend.dispose();
    await served.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  const victims: Record<string, (operation: Operation) => Promise<void>> = {
    async cli(operation) {
      operation.kill("SIGKILL");
      await operation.done;
      // an engine that is gone takes its plugins with it, in order
      await waitFor(() => operation.plugins().length === 0, "the plugins to end by themselves");
    },
    async interrupted(operation) {
      const started = Date.now();
      operation.kill("SIGINT");
      await operation.done;
      // CI kills what has not ended ten seconds after its first signal
      expect(Date.now() - started).toBeLessThan(10_000);
    },
    async plugin(operation) {
      for (const { pid } of operation.plugins()) process.kill(pid, "SIGKILL");
      await operation.done;
    },
    async rehearsal(operation) {
      await served.kill();
      await served.start();
      await operation.done;
    },
  };
  const table = [
    ...Object.keys(victims).map((victim) => ({ door: "dynamic", victim })),
    // what ends there is another process; the server at the other end is the same
    ...["cli", "interrupted", "plugin"].map((victim) => ({ door: "plugin", victim })),
  ].flatMap((one) => Array.from({ length: rounds }, (_, round) => ({ ...one, round })));

  it.each(table)(
    "of the $victim, $door door, round $round",
    async ({ door, victim, round }) => {
      const name = `Kill ${door} ${victim} ${round}`;
      const stack: Stack = await createStack({
        backend,
        program,
        name: `${door}-${victim}${round}`,
        config: { "golive:door": door },
        env: { ...rehearsalEnv(served.access), THE_PROJECT: name },
      });
      const operation = stack.start("up");
      // early, late and in between
      const after = 2 + ((round * 17 + 11) % (resources - 8));
      const created = () => operation.events().steps.filter((step) => step.op === "create" && step.done).length;
      await waitFor(() => created() >= after, `${after} resources`);
      await victims[victim]!(operation);
      mendCheckpoint(backend, stack.name);
      await stack.cli(["cancel", "--yes"], { expectFailure: false }).catch(() => undefined);

      await stack.up();
      expect(await counted(served, name)).toEqual(complete);
      const again = await stack.up();
      expect(again.summary).toMatchObject({ same: resources, create: 0, update: 0, delete: 0, replace: 0 });
      const { resources: state } = await stack.export();
      expect(state.filter(({ type }) => /^(pulumi-nodejs:dynamic\/golive:|golive:index:)/.test(type))).toHaveLength(
        resources,
      );
    },
    120_000,
  );
});

// From an empty account to a live production, and back from the account to code: the commands and the real engine.
import { execFile } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Backend, createStack, type Stack } from "../engine/harness";
import { dashboard, rehearsalEnv } from "../engine/rehearsal";
import { type Recorder, recorderOf } from "./recorder";
import { folderOf, golive } from "./terminal";

const example = fileURLToPath(new URL("../../examples/go-live", import.meta.url));
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

interface Account {
  rehearsal: Rehearsal;
  recorder: Recorder;
  env: Record<string, string>;
}
async function openAccount(): Promise<Account> {
  const rehearsal = await createRehearsal({ port: 0 });
  const recorder = await recorderOf(rehearsal.url);
  const env = rehearsalEnv({ url: recorder.url, token: rehearsal.token });
  const answer = await fetch(`${rehearsal.url}/graphql`, {
    method: "POST",
    headers: { authorization: `Bearer ${rehearsal.token}`, "content-type": "application/json" },
    body: JSON.stringify({ query: "mutation { setUpBilling { __typename } }" }),
  });
  expect(await answer.json()).toMatchObject({ data: { setUpBilling: { __typename: "BillingSetUp" } } });
  return { rehearsal, recorder, env };
}

describe("examples/go-live", () => {
  const backend = new Backend();
  let account: Account;
  let staging: Stack;
  let production: Stack;
  /** golive in the folder of a stack, with the engine's own variables. */
  const run = (stack: Stack, ...args: string[]) =>
    golive(args, { cwd: stack.folder, env: { ...backend.env, ...account.env } });
  const map = ["--map", "staging.example.com=example.com"];

  beforeAll(async () => {
    account = await openAccount();
    const { env } = account;
    const shared = await createStack({
      backend,
      env,
      name: "shared",
      project: "go-live-shared",
      program: { folder: path.join(example, "shared") },
    });
    await shared.up();
    staging = await createStack({ backend, env, name: "staging", project: "go-live", program: { folder: example } });
    await staging.up();
  }, 180_000);
  afterAll(async () => {
    await backend.dispose();
    await account?.recorder.close();
    await account?.rehearsal.close();
  });

  test("clone and up: production is live, and a second up changes nothing", async () => {
    production = await createStack({
      backend,
      env: account.env,
      name: "production",
      project: "go-live",
      program: { folder: example },
    });
    // production begins without a word of config
    production.write({
      "Pulumi.production.yaml": /^encryptionsalt:.*$/m.exec(
        readFileSync(path.join(production.folder, "Pulumi.production.yaml"), "utf8"),
      )![0],
    });
    cpSync(path.join(example, "Pulumi.staging.yaml"), path.join(production.folder, "Pulumi.staging.yaml"));

    const cloned = await run(production, "clone", "staging", "production", "--yes", ...map);
    expect(cloned).toMatchObject({ code: 0, stderr: "" });
    expect((await production.up()).summary).toMatchObject({ create: 11, update: 0 });
    expect((await production.preview()).summary).toMatchObject({ create: 0, update: 0, delete: 0, replace: 0 });
  }, 180_000);

  test.each(["config", "state", "live"])("parity from %s: nothing differs by accident", async (source) => {
    account.recorder.writes();
    const ran = await run(
      production,
      "parity",
      "staging",
      "production",
      "--from",
      source,
      "--project",
      "Shop",
      "--json",
    );
    expect(ran.stderr).toBe("");
    const { count, differences } = ran.json<{
      count: { accident: number };
      differences: { path: string; verdict: string }[];
    }>();
    expect(differences.filter(({ verdict }) => verdict === "accident")).toEqual([]);
    expect(count).toMatchObject({ accident: 0 });
    expect(account.recorder.writes()).toEqual([]);
  });

  test("doctor --live: what is left is for a person, and a person's word is enough", async () => {
    const { apiKeys } = (await staging.outputs()) as { apiKeys: Record<string, string> };
    const made = await fetch(`${account.rehearsal.url}/organizations`, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKeys["backend"]}`, "content-type": "application/json" },
      body: JSON.stringify({ name: "Acme" }),
    });
    expect(made.status).toBe(201);
    const ran = await run(production, "doctor", "production", "--live", "--json");
    expect(ran.stderr).toBe("");
    expect(ran.stdout).toContain('Re-create those of live customers: organizations \\"Acme\\".');
    const { results } = ran.json<{ results: { id: string; optional?: true; verdict: { status: string } }[] }>();
    expect(results.filter(({ optional, verdict }) => !optional && verdict.status === "failed")).toEqual([]);
    await production.cli(["config", "set", "--path", "confirmed[0]", "organizations"]);
    const again = await run(production, "doctor", "production", "--live");
    expect(again.stdout).toContain("production is ready to go live.");
    expect(again.code).toBe(0);
  });

  test("clone --from-live finds nothing that is not declared", async () => {
    const ran = await run(
      production,
      "clone",
      "staging",
      "production",
      "--from-live",
      "--project",
      "Shop",
      "--json",
      ...map,
    );
    const { plan } = ran.json<{ plan: { path: string; action: string; reason: string }[] }>();
    expect(plan.filter(({ reason }) => reason.includes("live, not in"))).toEqual([]);
  });

  test("what a person made in staging's dashboard is cloned, shown by parity and named as unmanaged", async () => {
    const environmentId = (await staging.outputs())["environmentId"];
    const url = "https://hooks.staging.example.com/roles";
    await dashboard(account.rehearsal)("createWebhookEndpoint", {
      environmentId,
      endpointUrl: url,
      events: ["role.created"],
    });

    const cloned = await run(
      production,
      "clone",
      "staging",
      "production",
      "--from-live",
      "--project",
      "Shop",
      "--yes",
      ...map,
    );
    expect(cloned.stdout).toMatch(
      /changed +webhooks\.roles\.url +\S+ -> https:\/\/hooks\.example\.com\/roles .*live, not in staging's config/,
    );
    expect(readFileSync(path.join(production.folder, "Pulumi.production.yaml"), "utf8")).toContain(
      "https://hooks.example.com/roles",
    );

    const compared = await run(production, "parity", "staging", "production", "--live", "--check");
    expect(compared.code).toBe(3);
    expect(compared.stdout).toMatch(/accident +webhooks\.roles +declared +- +production has fallen behind/);

    const states = (["staging", "production"] as const).flatMap((name) => ["--state-file", `${name}=${name}.json`]);
    for (const stack of [staging, production])
      production.write({ [`${stack.name}.json`]: (await stack.export()).text });
    const found = await run(production, "doctor", "--unmanaged", "--project", "Shop", "--json", ...states);
    const { unmanaged } = found.json<{ unmanaged: { kind: string; name: string }[] }>();
    expect(unmanaged.filter(({ kind }) => kind === "WebhookEndpoint")).toMatchObject([{ name: url }]);
  });

  describe("adopt", () => {
    const other = new Backend();
    let adopted: Stack;
    afterAll(() => other.dispose());

    test("an empty stack takes everything over without one write, and its next preview is clean", async () => {
      const at = folderOf({});
      const ran = await golive(
        ["adopt", "--environment", "production", "--project", "shop", "--out", "infra", "--json"],
        {
          cwd: at.folder,
          env: account.env,
        },
      );
      expect(ran).toMatchObject({ code: 0, stderr: "" });
      const { env } = account;
      const infra = path.join(at.folder, "infra");
      const shared = await createStack({
        backend: other,
        env,
        name: "shared",
        project: "shop-shared",
        program: { folder: path.join(infra, "shared") },
      });
      adopted = await createStack({
        backend: other,
        env,
        name: "production",
        project: "shop",
        program: { folder: infra },
      });
      for (const { folder } of [shared, adopted])
        await promisify(execFile)(process.execPath, [tsc, "-p", folder]).catch((error: { stdout: string }) =>
          expect.fail(error.stdout),
        );

      account.recorder.writes();
      await shared.up();
      await adopted.up();
      expect(account.recorder.writes()).toEqual([]);
      for (const stack of [shared, adopted]) {
        const { summary } = await stack.preview({ args: ["--refresh"] });
        expect(summary).toMatchObject({ create: 0, update: 0, delete: 0, replace: 0 });
      }
      expect(account.recorder.writes()).toEqual([]);
    }, 180_000);

    test("doctor --unmanaged names what no stack declares, and only that", async () => {
      const ran = await golive(["doctor", "--unmanaged", "production", "--json"], {
        cwd: adopted.folder,
        env: { ...other.env, ...account.env },
      });
      const { unmanaged } = ran.json<{ unmanaged: { kind: string; within: string }[] }>();
      expect(ran.code).toBe(3);
      // production is all in this stack; the project and the flags are the other stack's
      expect(unmanaged.filter(({ within }) => within === "Shop/Production")).toEqual([]);
      expect(unmanaged.map(({ kind }) => kind)).toContain("FeatureFlag");
    });
  });
});

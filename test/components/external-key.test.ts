// A key that was made by hand, as a secret in a stage's config: held, on the checklist, and nowhere in the clear. On the real engine.
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { golive } from "../cli/terminal";
import type { Stack } from "../engine/harness";
import { dashboard } from "../engine/rehearsal";
import { type Account, beforeProduction, configure, exampleConfig } from "./account";

const value = "sk_live_byhand1234";
let account: Account;
let stack: Stack;
beforeAll(async () => {
  ({ account, production: stack } = await beforeProduction());
  const { enforce: _, ...config } = exampleConfig("production");
  configure(stack, { ...config, keys: {}, deletionProtection: false });
  await stack.up();
}, 300_000);
afterAll(() => account.close());

test("a stage takes it from config, deploys it as a secret, and makes no key", async () => {
  const environmentId = String((await stack.outputs())["environmentId"]);
  // a person in the dashboard
  await dashboard(account.rehearsal, environmentId)("mintKey", { environmentId, name: "backend" });
  account.writes();
  await stack.cli(["config", "set", "--secret", "--path", "keys.backend.value", value]);
  const { stdout, summary } = await stack.up();
  expect(summary).toMatchObject({ create: 1 });
  expect(account.writes()).toEqual([]);
  expect(stdout).not.toContain(value);
  const { text, resources } = await stack.export();
  expect(text).not.toContain(value);
  expect(resources.find(({ type }) => type.endsWith(":ApiKey"))?.outputs).toMatchObject({ external: true });
  const shown = await stack.export({ showSecrets: true });
  expect(shown.text).toContain(value);
  expect((await stack.up()).summary).toMatchObject({ create: 0, update: 0 });
  const file = readFileSync(path.join(stack.folder, `Pulumi.${stack.name}.yaml`), "utf8");
  expect(file).toContain("secure:");
  expect(file).not.toContain(value);
  const env = { ...account.backend.env, ...account.env };
  const { result } = await doctor(env);
  expect(result).toEqual({ status: "passed" });
});

/** What `golive doctor` says of the key. */
async function doctor(env: NodeJS.ProcessEnv): Promise<{ result: unknown }> {
  const ran = await golive(["doctor", stack.name, "--json"], { cwd: stack.folder, env });
  const { results } = ran.json<{ results: { id: string; verdict: unknown }[] }>();
  return { result: results.find(({ id }) => id === "api-key")?.verdict };
}

// The workflow of preview environments on the real engine: opened, pushed to, closed, each on a fresh runner.
// The plugin of @pulumi/random is a stand-in: its own cannot be downloaded here.
import { chmodSync, cpSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Account, openAccount } from "../components/account";
import { dashboard } from "../engine/rehearsal";
import { openRepository, type Ran, type Repository } from "./runner";
import { filledIn, githubWorkflow } from "./workflows";

const folderOf = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
let account: Account;
let repository: Repository;

/** The job's script on a runner that has nothing but the repository: no config file of an earlier one. */
async function runJob(name: "up" | "down"): Promise<Ran> {
  rmSync(path.join(repository.folder, "preview-environment/Pulumi.pr-7.yaml"), { force: true });
  const { env, steps } = githubWorkflow("github/preview-environment.yml").jobs[name]!;
  const { run } = steps.find((step) => step.name !== undefined)!;
  return repository.bash(["-e"], `cd preview-environment\n${run}`, filledIn(env));
}
async function environments(): Promise<string[]> {
  const { currentTeam } = (await dashboard(account.rehearsal).query(
    "{ currentTeam { projectsV2 { name environments { name } } } }",
  )) as { currentTeam: { projectsV2: { name: string; environments: { name: string }[] }[] } };
  return currentTeam.projectsV2.find(({ name }) => name === "Shop")!.environments.map(({ name }) => name);
}

beforeAll(async () => {
  account = await openAccount();
  await (await account.shared()).up();
  repository = openRepository(account.backend, "repository", account.env);
  const program = path.join(repository.folder, "preview-environment");
  cpSync(folderOf("examples/preview-environment"), program, {
    recursive: true,
    filter: (file) => !/node_modules|dist/.test(file),
  });
  symlinkSync(folderOf("node_modules/@pulumi/random"), path.join(repository.folder, "node_modules/@pulumi/random"));
  mkdirSync(path.join(program, "plugin"));
  const plugin = path.join(program, "plugin/pulumi-resource-random");
  cpSync(folderOf("test/ci/random-plugin.cjs"), plugin);
  chmodSync(plugin, 0o755);
  const project = "preview-environment/Pulumi.yaml";
  repository.write(
    project,
    `${repository.read(project)}plugins:\n  providers:\n    - { name: random, path: plugin }\n`,
  );
}, 120_000);
afterAll(async () => {
  repository.close();
  await account.close();
});

test("an environment comes with the pull request, stays through a push, and goes with it", async () => {
  const before = await environments();
  const up = await runJob("up");
  expect(up.code, up.output).toBe(0);
  const own = (await environments()).filter((name) => !before.includes(name));
  expect(own).toEqual([expect.stringMatching(/^pr-7 quiet-/)]);

  const again = await runJob("up");
  expect(again.code, again.output).toBe(0);
  expect(again.output).toMatch(/\d+ unchanged/);
  expect((await environments()).filter((name) => !before.includes(name))).toEqual(own);

  const down = await runJob("down");
  expect(down.code, down.output).toBe(0);
  expect(await environments()).toEqual(before);
  // closed twice, or before it was deployed
  expect(await runJob("down")).toMatchObject({ code: 0 });
}, 120_000);

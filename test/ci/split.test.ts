// examples/split on the real engine: a person deploys the product, then CI its part of each environment with that
// environment's key alone, by the workflow as it stands. Both preview without any credential.
import { cpSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Account, openAccount } from "../components/account";
import { dashboard } from "../engine/rehearsal";
import { openRepository, type Ran, type Repository } from "./runner";
import { filledIn, githubWorkflow } from "./workflows";

const source = fileURLToPath(new URL("../../examples/split", import.meta.url));
const names = ["staging", "production"] as const;
let account: Account;
let repository: Repository;
const offline = { GOLIVE_OFFLINE: "true", GOLIVE_TOKEN: "", GOLIVE_PLATFORM: "", GOLIVE_ENDPOINT: "" };

/** The job's script with the environment's key, as its ESC environment gives it, and with no token. */
async function runJob(name: (typeof names)[number], key: string): Promise<Ran> {
  const { env, steps } = githubWorkflow("github/deploy-keys.yml").jobs[name]!;
  const { run } = steps.find((step) => step.name === "Deploy")!;
  return repository.bash(["-e"], `cd split\n${run}`, { ...filledIn(env), GOLIVE_TOKEN: "", GOLIVE_API_KEY: key });
}
/** A key as somebody makes it by hand in the dashboard. */
async function keyOf(name: (typeof names)[number]): Promise<string> {
  const project = account.rehearsal.projects.find((one) => one.name === "Shop")!;
  const { id } = project.environments.find(({ type }) => type === name)!;
  const { mintKey } = await dashboard(account.rehearsal).query(
    `mutation { mintKey(input: { environmentId: "${id}", name: "ci" }) { ... on ApiKeyMinted { value } } }`,
  );
  return (mintKey as { value: string }).value;
}
const summaryOf = ({ output }: Ran): string => /^Resources:\n(?: .*\n?)+/m.exec(output)?.[0] ?? output;

beforeAll(async () => {
  account = await openAccount();
  repository = openRepository(account.backend, "split", account.env);
  cpSync(source, path.join(repository.folder, "split"), {
    recursive: true,
    filter: (file) => !/node_modules|dist/.test(file),
  });
  const made = await repository.bash(
    ["-e"],
    "cd split; pulumi stack init product --cwd person; for s in staging production; do pulumi stack init $s --cwd ci; done",
  );
  expect(made.code, made.output).toBe(0);
}, 180_000);
afterAll(async () => {
  repository.close();
  await account.close();
});

test("a pull request previews the person's stack without a credential", async () => {
  const ran = await repository.bash(["-e"], "pulumi preview --stack product --cwd split/person", offline);
  expect(ran.code, ran.output).toBe(0);
  expect(summaryOf(ran)).toContain("+ 8 to create");
  expect(account.writes()).toEqual([]);
}, 180_000);

test("a person deploys the product, then CI each environment with its key alone, and again without a change", async () => {
  const person = await repository.bash(["-e"], "pulumi up --stack product --cwd split/person --yes");
  expect(person.code, person.output).toBe(0);
  for (const name of names) {
    const key = await keyOf(name);
    account.writes();
    const ran = await runJob(name, key);
    expect(ran.code, ran.output).toBe(0);
    // the dashboard's API was not asked to change anything
    expect(account.writes().filter((write) => !write.includes(" /"))).toEqual([]);
    const again = await runJob(name, key);
    expect(summaryOf(again), again.output).toContain("4 unchanged");
  }
  const preview = await repository.bash(["-e"], "pulumi preview --stack production --cwd split/ci", offline);
  expect(summaryOf(preview), preview.output).toContain("4 unchanged");
}, 240_000);

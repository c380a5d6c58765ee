// One stack of the rehearsal on the real engine: own state, own PULUMI_HOME, config beside the committed one.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expected, run, tail } from "../engine/process.mjs";
import { progress } from "../engine/progress.mjs";

/** What every `pulumi` of the rehearsal runs with. The passphrase guards throw-away state on this computer only. */
export function pulumiEnv(env, home, { url, token }) {
  const state = path.join(home, "state");
  mkdirSync(state, { recursive: true });
  return {
    ...env,
    PULUMI_HOME: path.join(home, "pulumi"),
    PULUMI_BACKEND_URL: `file://${state.replaceAll(path.sep, "/").replace(/^(?!\/)/, "/")}`,
    PULUMI_CONFIG_PASSPHRASE: "rehearsal",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    GOLIVE_PLATFORM: "rehearsal",
    GOLIVE_ENDPOINT: url,
    GOLIVE_TOKEN: token,
  };
}

/**
 * Makes the stack, where it is not there yet. The engine writes the salt of a stack's secrets into its config, so it is
 * made from a folder of its own, and the committed config gets the salt in a copy.
 * @returns the copy
 */
async function select({ name, project, config }, { env, home, signal }) {
  const cwd = path.join(home, project);
  mkdirSync(cwd, { recursive: true });
  writeFileSync(path.join(cwd, "Pulumi.yaml"), `name: ${project}\nruntime: nodejs\n`);
  await pulumi(["stack", "select", "--create", name], { cwd, env, signal });
  // a rehearsal that was killed leaves its lock; no other can be running now
  await run("pulumi", ["cancel", "--yes", name, "--non-interactive"], { cwd, env, signal });
  const copy = path.join(cwd, `Pulumi.${name}.yaml`);
  const salt = existsSync(copy) ? /^encryptionsalt:.*$/m.exec(readFileSync(copy, "utf8"))?.[0] : undefined;
  writeFileSync(copy, `${salt ?? ""}\n${readFileSync(config, "utf8")}`);
  return copy;
}

async function pulumi(args, { cwd, env, signal }) {
  const { code, output } = await run("pulumi", [...args, "--non-interactive", "--color", "never"], {
    cwd,
    env,
    signal,
  });
  if (code !== 0)
    throw expected(`${tail(output, 30)}\npulumi ${args.slice(0, 2).join(" ")} failed: see its message above.`);
  return output;
}

/** Counts of what was done, from the CLI's closing lines; its event log holds values in the clear, so it is not used. */
function countsOf(output) {
  const block = output.slice(output.lastIndexOf("\nResources:"));
  const counts = Object.fromEntries(
    [...block.matchAll(/^ {4}(?:[^\w\s]+ )?(\d+) (\w+)$/gm)].map(([, count, word]) => [word, Number(count)]),
  );
  // the stack itself is a resource too
  const stack = /\+ +pulumi:pulumi:Stack \S+ created/.test(output) ? "created" : "unchanged";
  return Object.fromEntries(Object.entries(counts).map(([word, n]) => [word, word === stack ? n - 1 : n]));
}

/** `pulumi up` of one stack. Answers how many objects it changed. */
export async function deploy(stack, { env, home, signal }) {
  const options = { cwd: stack.cwd, env, signal };
  const config = await select(stack, { env, home, signal });
  const up = ["up", "--yes", "--skip-preview", "--suppress-outputs", "--stack", stack.name, "--config-file", config];
  const counts = countsOf(await progress(`deploying ${stack.name}`, () => pulumi(up, options)));
  const told = Object.entries(counts).flatMap(([word, count]) => (count > 0 ? [`${count} ${word}`] : []));
  process.stdout.write(`${stack.name}: ${told.join(", ")}\n`);
  return Object.entries(counts).reduce((sum, [word, count]) => sum + (word === "unchanged" ? 0 : count), 0);
}

/** The stack's resources, as its state has them; secrets stay encrypted. */
export async function exportState({ name, cwd }, { env, signal }) {
  const output = await pulumi(["stack", "export", "--stack", name], { cwd, env, signal });
  return JSON.parse(output).deployment.resources;
}

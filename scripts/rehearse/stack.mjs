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

/**
 * Counts of what was done, from the CLI's closing lines; its event log holds values in the clear, so it is not used.
 * The stack and its components are resources of the engine's too, and no objects.
 */
function countsOf(output, resources) {
  const block = output.slice(output.lastIndexOf("\nResources:"));
  const grouping = resources.filter(({ custom }) => custom !== true).length;
  const making = output.matchAll(/\+ +((?:pulumi:pulumi:Stack|golive:index:\w+) \S+) creat/g);
  const made = new Set([...making].map(([, resource]) => resource)).size;
  const besides = { created: made, unchanged: grouping - made };
  return Object.fromEntries(
    [...block.matchAll(/^ {4}(?:[^\w\s]+ )?(\d+) (\w+)$/gm)].map(([, count, word]) => [
      word,
      Number(count) - (besides[word] ?? 0),
    ]),
  );
}

/** `pulumi up` of one stack. Answers how many objects it changed, and the resources of its state; secrets stay encrypted. */
export async function deploy(stack, { env, home, signal }) {
  const options = { cwd: stack.cwd, env, signal };
  const config = await select(stack, { env, home, signal });
  const up = ["up", "--yes", "--skip-preview", "--suppress-outputs", "--stack", stack.name, "--config-file", config];
  const output = await progress(`deploying ${stack.name}`, () => pulumi(up, options));
  const exported = await pulumi(["stack", "export", "--stack", stack.name], options);
  const { resources } = JSON.parse(exported).deployment;
  const counts = countsOf(output, resources);
  const told = Object.entries(counts).flatMap(([word, count]) => (count > 0 ? [`${count} ${word}`] : []));
  process.stdout.write(`${stack.name}: ${told.join(", ")}\n${checklistIn(output)}`);
  const changed = Object.entries(counts).reduce((sum, [word, count]) => sum + (word === "unchanged" ? 0 : count), 0);
  return { changed, resources };
}

/** What the program's go-live checklist said, if it has one and it had something to say. */
const checklistIn = (output) =>
  /^ +(go-live checklist of .*\n(?: +(?:passed|FAILED|confirm) .*\n)+)/m.exec(output)?.[1] ?? "";

// What a fresh clone needs before it can run anything: dependencies, compiled workspaces, the Pulumi engine.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureEngine, ensureExtra } from "./engine.mjs";
import { expected, run, tail } from "./engine/process.mjs";
import { progress } from "./engine/progress.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));

function packages(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), "utf8")).packages;
  } catch (error) {
    if (error.code === "ENOENT") return {};
    throw error;
  }
}

/** True when node_modules holds what package-lock.json says. Compared by content: a checkout changes times, not packages. */
function isInstalled() {
  const installed = packages("node_modules/.package-lock.json");
  return Object.entries(packages("package-lock.json")).every(([name, wanted]) => {
    const found = installed[name];
    if (!found) return name === "" || wanted.optional === true || wanted.peer === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

async function step(text, command, args, { signal, advice }) {
  await progress(text, async () => {
    const { code, output } = await run(command, args, { cwd: root, signal });
    if (code !== 0) throw expected(`${tail(output, 40)}\n${text} failed: ${advice}`);
  });
}

async function installPackages(signal) {
  // Inside an npm script npm tells its own path; by its bare name it is a .cmd file on Windows, which cannot be spawned.
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.execPath, [npm]] : ["npm", []];
  const args = [...first, "ci", "--loglevel=error"];
  await step("installing npm packages", command, args, {
    signal,
    advice: "see npm's message above; `npm ci` does this step.",
  });
}

/** Compiles every workspace. */
export async function build(signal) {
  const args = [path.join(root, "scripts/build.mjs")];
  await step("building", process.execPath, args, {
    signal,
    advice: "see the compiler's messages above (`npm run build`).",
  });
}

/**
 * Installs, builds and gets the engine; what is done already costs no time.
 * @returns {Promise<string>} the engine's folder, for PATH
 */
export async function setup({ signal } = {}) {
  if (!isInstalled()) await installPackages(signal);
  await build(signal);
  return await ensureEngine({ signal });
}

/** The environment of a child that needs the engine. */
export function engineEnv(bin, env = process.env) {
  return { ...env, PATH: `${bin}${path.delimiter}${env.PATH ?? ""}`, GOLIVE_ENGINE_BIN: bin };
}

/** Beside it, what the tests of the oldest engine, of policy packs and of YAML programs need; what cannot be had is said. */
export async function testEnv(bin, { signal } = {}) {
  const env = engineEnv(bin);
  for (const [name, variable] of [
    ["oldest", "GOLIVE_OLDEST_ENGINE_BIN"],
    ["yaml", "GOLIVE_YAML_HOST_BIN"],
  ]) {
    const { bin: found, whyNot } = await ensureExtra(name, { signal });
    if (found) env[variable] = found;
    else
      process.stderr.write(
        `Tests that need ${name === "yaml" ? "the YAML host" : "the oldest engine"} are skipped: ${whyNot}.\n`,
      );
  }
  return env;
}

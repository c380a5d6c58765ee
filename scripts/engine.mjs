// Finds the Pulumi engine, or gets it: from PATH, from the cache, from Pulumi's installer, from source by Go.
// `node scripts/engine.mjs --print` prints, as its last line, the folder to put on PATH. Progress goes to stderr.
import { mkdirSync } from "node:fs";
import path from "node:path";
import {
  build,
  buildOldest,
  buildVersion,
  buildYaml,
  oldestVersion,
  whyNotBuild,
  yamlVersion,
} from "./engine/build.mjs";
import { cached, cacheFolder, publish } from "./engine/cache.mjs";
import { install, installVersion, whyNotInstall } from "./engine/install.mjs";
import { withLock } from "./engine/lock.mjs";
import { engineOnPath, hasYamlHost } from "./engine/path.mjs";
import { expected, isMain, runMain } from "./engine/process.mjs";
import { progress } from "./engine/progress.mjs";

/** The ways to get an engine that is not here yet, best first. */
const sources = [
  { title: "installing the Pulumi engine", version: installVersion, whyNot: whyNotInstall, fill: install },
  { title: "building the Pulumi engine with Go", version: () => buildVersion, whyNot: whyNotBuild, fill: build },
];

/**
 * The engine that is here already, without waiting for anything.
 * @returns {string | undefined} the folder to put on PATH
 */
export function findEngine(env = process.env, from = sources) {
  const onPath = engineOnPath(env).bin;
  if (onPath) return onPath;
  const cache = cacheFolder(env);
  return from.map(({ version }) => version() && cached(cache, version())).find(Boolean);
}

const onWait = () => process.stderr.write("waiting for another process that gets the Pulumi engine\n");

async function getEngine(cache, { env, signal, from }) {
  const reasons = [];
  for (const { title, version, whyNot, fill } of from) {
    const reason = await whyNot({ env, signal });
    if (reason) {
      reasons.push(reason);
      continue;
    }
    const text = `${title} ${version()}`;
    try {
      return await progress(text, () => publish(cache, version(), (folder) => fill(folder, { env, signal })));
    } catch (error) {
      signal?.throwIfAborted();
      process.stderr.write(`${error.message}\n`);
      reasons.push(`${text} failed`);
    }
  }
  const { missing } = engineOnPath(env);
  reasons.unshift(
    missing[0] === "pulumi" ? "pulumi is not on PATH" : `the pulumi on PATH lacks ${missing.join(" and ")}`,
  );
  throw expected(
    `No Pulumi engine: ${reasons.join("; ")}. Install Pulumi (https://www.pulumi.com/docs/install/) or Go and run this again.`,
  );
}

/**
 * The engine, got when it is not here yet; one process at a time does that.
 * @param {{ env?: NodeJS.ProcessEnv, signal?: AbortSignal, from?: typeof sources }} [options]
 * @returns {Promise<string>} the folder to put on PATH
 * @throws one sentence that says what is missing
 */
export async function ensureEngine({ env = process.env, signal, from = sources } = {}) {
  const found = findEngine(env, from);
  if (found) return found;
  const cache = cacheFolder(env);
  mkdirSync(cache, { recursive: true });
  const work = async () => findEngine(env, from) ?? (await getEngine(cache, { env, signal, from }));
  return await withLock(path.join(cache, "lock"), work, { signal, onWait });
}

/** What tests want beside the engine, each with the version that Go builds. */
const extras = {
  /** The oldest engine that golive supports. It also runs policy packs, which the built newest one does not. */
  oldest: { title: "building the oldest supported engine with Go", version: oldestVersion, fill: buildOldest },
  /** The YAML language host, for the folder list of PATH. */
  yaml: {
    title: "building Pulumi's YAML host with Go",
    version: yamlVersion,
    fill: buildYaml,
    isComplete: hasYamlHost,
    // an installed Pulumi has one
    onPath: (env) => [engineOnPath(env).bin].find((bin) => bin && hasYamlHost(bin)),
  },
};

/** An extra that is here already, without waiting for anything. @returns {string | undefined} the folder to put on PATH */
export function findExtra(name, env = process.env) {
  const { version, isComplete, onPath } = extras[name];
  return onPath?.(env) ?? cached(cacheFolder(env), version, isComplete);
}

/**
 * An extra, built when it is not here yet.
 * @returns {Promise<{ bin?: string, whyNot?: string }>} its folder, or one sentence that says why there is none
 */
export async function ensureExtra(name, { env = process.env, signal } = {}) {
  const find = () => findExtra(name, env);
  const bin = find();
  if (bin) return { bin };
  const whyNot = await whyNotBuild({ env, signal });
  if (whyNot) return { whyNot };
  const { title, version, fill, isComplete } = extras[name];
  const cache = cacheFolder(env);
  mkdirSync(cache, { recursive: true });
  const make = () =>
    progress(`${title} ${version}`, () =>
      publish(cache, version, (folder) => fill(folder, { env, signal }), isComplete),
    );
  return { bin: await withLock(path.join(cache, "lock"), async () => find() ?? (await make()), { signal, onWait }) };
}

if (isMain(import.meta.url)) {
  await runMain(async (signal) => {
    const bin = await ensureEngine({ signal });
    process.stdout.write(process.argv.includes("--print") ? `${bin}\n` : `The Pulumi engine is in ${bin}\n`);
  });
}

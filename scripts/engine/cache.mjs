// Where a built or installed engine is kept: outside the work tree, one folder per version and machine type.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { hasEngine } from "./path.mjs";

const TEMPORARY = ".building-";

/** The cache folder: GOLIVE_ENGINE_CACHE, else the user's own cache folder of this operating system. */
export function cacheFolder(env = process.env, platform = process.platform, home = os.homedir()) {
  if (env.GOLIVE_ENGINE_CACHE) return path.resolve(env.GOLIVE_ENGINE_CACHE);
  const base =
    env.XDG_CACHE_HOME ||
    (platform === "win32"
      ? env.LOCALAPPDATA || path.join(home, "AppData", "Local")
      : path.join(home, ...(platform === "darwin" ? ["Library", "Caches"] : [".cache"])));
  return path.join(base, "golive", "engine");
}

/** `<cache>/<version>-<platform>-<arch>`; its `bin` goes on PATH. */
export function versionFolder(cache, version) {
  return path.join(cache, `${version}-${process.platform}-${process.arch}`);
}

/** The `bin` of a complete engine of this version, or undefined. @param isComplete Whether a folder holds all of it. */
export function cached(cache, version, isComplete = hasEngine) {
  const bin = path.join(versionFolder(cache, version), "bin");
  return isComplete(bin) ? bin : undefined;
}

/**
 * Lets `fill` write an engine into a temporary folder and publishes it by a rename, so that nobody ever sees half of one.
 * Call it with the lock held: what an interrupted fill left behind is removed here.
 * @param {(folder: string) => Promise<void>} fill
 */
export async function publish(cache, version, fill, isComplete = hasEngine) {
  for (const name of readdirSync(cache)) {
    if (name.startsWith(TEMPORARY)) rmSync(path.join(cache, name), { recursive: true, force: true });
  }
  const folder = mkdtempSync(path.join(cache, TEMPORARY));
  try {
    mkdirSync(path.join(folder, "bin"));
    await fill(folder);
    if (!isComplete(path.join(folder, "bin"))) throw new Error("the engine's folder is incomplete");
    const target = versionFolder(cache, version);
    if (existsSync(target)) rmSync(target, { recursive: true, force: true });
    renameSync(folder, target);
    return path.join(target, "bin");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

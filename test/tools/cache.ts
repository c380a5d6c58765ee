// What tests need and npm does not install here: kept outside the work tree, by version, made once on this computer.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "../../scripts/engine/cache.mjs";
import { withLock } from "../../scripts/engine/lock.mjs";

export const execute = promisify(execFile);
/** Long enough for a slow network, and an end to a dead one. */
export const patience = 180_000;

/** A folder with what `fill` puts there, or why there is none. One process at a time fills it, and nobody sees half of one. */
export async function cached(
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<{ folder: string; reason?: undefined } | { folder?: undefined; reason: string }> {
  const tools = path.join(path.dirname(cacheFolder()), "test-tools");
  const folder = path.join(tools, `${name}-${process.platform}-${process.arch}`);
  if (existsSync(folder)) return { folder };
  try {
    mkdirSync(tools, { recursive: true });
    return await withLock(path.join(tools, `${name}.lock`), async () => {
      if (existsSync(folder)) return { folder };
      // beside its place, so that it can be moved there at once
      const half = mkdtempSync(path.join(tools, ".making-"));
      try {
        await fill(half);
        renameSync(half, folder);
      } finally {
        rmSync(half, { recursive: true, force: true });
      }
      return { folder };
    });
  } catch (error) {
    return { reason: (error as Error).message.trim().split("\n").slice(0, 2).join(": ") };
  }
}

/** The files of one package of npm, whose tarball is the one that is meant; none of what it depends on. */
export const packed = (name: string, version: string, integrity: string) =>
  cached(`${name.replaceAll(/[@/]/g, "")}-${version}`, async (folder) => {
    const run = (command: string, ...args: string[]) =>
      execute(command, args, { cwd: folder, timeout: patience, shell: process.platform === "win32" });
    const { stdout } = await run("npm", "pack", "--silent", `${name}@${version}`);
    const file = stdout.trim().split("\n").at(-1)!;
    const digest = createHash("sha512")
      .update(readFileSync(path.join(folder, file)))
      .digest("base64");
    if (`sha512-${digest}` !== integrity) throw new Error(`${name}@${version} is not the package that is pinned`);
    await run("tar", "xzf", file);
    rmSync(path.join(folder, file));
  });

/** One package of PyPI with what it needs: the variable that has Python find it. */
export async function pythonWith(requirement: string) {
  const command = process.env["GOLIVE_PYTHON"] ?? "python3";
  const run = (...args: string[]) => execute(command, args, { timeout: patience });
  try {
    const { stdout } = await run("-c", "import sys; print('%d.%d' % sys.version_info[:2])");
    const found = await cached(`python${stdout.trim()}-${requirement.replace("==", "-")}`, async (folder) => {
      const quiet = ["--quiet", "--disable-pip-version-check", "--root-user-action=ignore", "--retries", "1"];
      await run("-m", "pip", "install", ...quiet, "--target", folder, requirement);
    });
    return { command, env: { ...process.env, PYTHONPATH: found.folder ?? "" }, reason: found.reason };
  } catch (error) {
    return { command, env: process.env, reason: (error as Error).message.split("\n")[0]! };
  }
}

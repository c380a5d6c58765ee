// The engine from Pulumi's own installer, through the Automation API of the installed @pulumi/pulumi: the version that fits it.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { isMain, run, tail } from "./process.mjs";

const DOWNLOADS = "https://get.pulumi.com/";
const REACH_MS = 5_000;
const INSTALL_MS = 180_000;
const require = createRequire(import.meta.url);

/** The version of the installed @pulumi/pulumi, such as `3.248.0`; undefined before `npm ci`. */
export function installVersion() {
  try {
    return require("@pulumi/pulumi/package.json").version;
  } catch {
    return undefined;
  }
}

/** Why the installer cannot work here, or undefined when it can. Five seconds at most. */
export async function whyNotInstall({ signal }) {
  if (!installVersion()) return "@pulumi/pulumi is not installed (run `npm ci`)";
  try {
    const limit = AbortSignal.timeout(REACH_MS);
    await fetch(DOWNLOADS, { method: "HEAD", signal: signal ? AbortSignal.any([signal, limit]) : limit });
    return undefined;
  } catch {
    signal?.throwIfAborted();
    return "Pulumi's download host cannot be reached";
  }
}

/** Installs into `folder/bin`. A child process does it, because only a process can be stopped half-way. */
export async function install(folder, { env, signal }) {
  const args = [fileURLToPath(import.meta.url), folder];
  const { code, output, timedOut } = await run(process.execPath, args, { env, signal, timeoutMs: INSTALL_MS });
  if (timedOut) throw new Error(`Pulumi's installer was stopped after ${INSTALL_MS / 1000} s`);
  if (code !== 0) throw new Error(`Pulumi's installer failed:\n${tail(output)}`);
}

if (isMain(import.meta.url)) {
  const { PulumiCommand } = require("@pulumi/pulumi/automation");
  await PulumiCommand.install({ root: process.argv[2] });
}

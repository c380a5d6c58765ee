// Child processes of the scripts: each in a group of its own, so that ending one ends what it started.
import { spawn, spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const GRACE_MS = 8_000;
const windows = process.platform === "win32";

/** Where the reader of a failed command finds why: its last lines, without progress noise. */
export function tail(text, lines = 12) {
  return text.trimEnd().split(/\r?\n/).slice(-lines).join("\n");
}

/** Signals the group of a child; false when nothing of it is left. */
function signalGroup(child, signal) {
  if (windows) {
    if (signal !== 0) spawnSync("taskkill", ["/PID", String(child.pid), "/T", "/F"], { stdio: "ignore" });
    return false;
  }
  try {
    return process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code === "ESRCH") return false;
    throw error;
  }
}

/** A child may end before those that it started: waits for them, and insists after a grace period. */
async function groupEnd(child) {
  const deadline = Date.now() + GRACE_MS;
  while (Date.now() < deadline && signalGroup(child, 0)) await delay(50);
  signalGroup(child, "SIGKILL");
}

/**
 * Runs a command to its end. `inherit` shows its output (stdout of the command goes to stderr when `inherit` is "stderr"),
 * otherwise the output is returned. An aborted `signal` or a passed `timeoutMs` ends the whole group.
 * @returns {Promise<{ code: number, output: string, timedOut: boolean }>} code 127 when the command does not exist
 */
export function run(command, args, { cwd, env = process.env, signal, timeoutMs, inherit = false } = {}) {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const out = inherit === "stderr" ? 2 : inherit ? "inherit" : "pipe";
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ["ignore", out, out],
      detached: !windows,
      windowsHide: true,
    });
    let output = "";
    let timedOut = false;
    let hard;
    const collect = (chunk) => (output += chunk);
    child.stdout?.setEncoding("utf8").on("data", collect);
    child.stderr?.setEncoding("utf8").on("data", collect);
    const end = () => {
      signalGroup(child, "SIGTERM");
      hard = setTimeout(() => signalGroup(child, "SIGKILL"), GRACE_MS);
    };
    const timer = timeoutMs && setTimeout(() => ((timedOut = true), end()), timeoutMs);
    const settle = (finish) => {
      clearTimeout(timer);
      clearTimeout(hard);
      signal?.removeEventListener("abort", end);
      finish();
    };
    signal?.addEventListener("abort", end, { once: true });
    child.once("error", (error) =>
      settle(() => (error.code === "ENOENT" ? resolve({ code: 127, output: error.message, timedOut }) : reject(error))),
    );
    child.once("close", async (code) => {
      if (timedOut || signal?.aborted) await groupEnd(child);
      settle(() => (signal?.aborted ? reject(signal.reason) : resolve({ code: code ?? 1, output, timedOut })));
    });
  });
}

/** An abort signal that Ctrl-C and a polite kill trigger; the reason carries the exit code that shells expect. */
export function interruption() {
  const controller = new AbortController();
  for (const [name, exitCode] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ]) {
    process.on(name, () => controller.abort(Object.assign(new Error(`stopped by ${name}`), { exitCode })));
  }
  return controller.signal;
}

/** True when Node.js was started with this module; its path may go through a link. */
export function isMain(moduleUrl) {
  return Boolean(process.argv[1]) && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(moduleUrl));
}

/** Runs a script's `main`: a failure is one message on stderr and a non-zero exit code, never a stack trace of ours. */
export async function runMain(main) {
  try {
    process.exitCode = (await main(interruption())) ?? 0;
  } catch (error) {
    process.stderr.write(`${error.expected || error.exitCode ? error.message : error.stack}\n`);
    process.exitCode = error.exitCode ?? 1;
  }
}

/** A failure that the message explains in full. */
export function expected(message) {
  return Object.assign(new Error(message), { expected: true });
}

// Finds the processes that a test's engine started, by a variable in their environment: the engine puts plugins in
// process groups of their own, so neither a group nor a parent leads to all of them.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface Process {
  pid: number;
  command: string;
}

/** The variable that marks the processes of one backend. */
export const MARK = "GOLIVE_TEST_MARK";

function procFile(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return ""; // It has ended, or it is not ours.
  }
}

/** The running processes whose environment holds `GOLIVE_TEST_MARK=<mark>`. */
export function markedProcesses(mark: string): Process[] {
  const text = `${MARK}=${mark}`;
  if (process.platform === "linux") {
    return readdirSync("/proc")
      .filter((pid) => /^\d+$/.test(pid) && procFile(pid, "environ").split("\0").includes(text))
      .map((pid) => ({ pid: Number(pid), command: procFile(pid, "cmdline").replaceAll("\0", " ").trim() }));
  }
  return execFileSync("ps", ["-axEww", "-o", "pid=,command="], { encoding: "utf8", maxBuffer: 64 << 20 })
    .split("\n")
    .filter((line) => line.split(" ").includes(text))
    .map((line) => ({ pid: Number.parseInt(line, 10), command: line.trim().replace(/^\d+\s+/, "") }));
}

/** Ends processes by their ids; one that has ended already is no error. */
export function killAll(processes: Process[]): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

/** Waits until `check` answers with something; `what` says in the error what did not happen. */
export async function waitFor<T>(
  check: () => T | undefined | false | Promise<T | undefined | false>,
  what: string,
  timeoutMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await check();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

import { type ChildProcess, spawn } from "node:child_process";
import { Cancelled, ConfigError } from "../errors";
import { redact } from "./secret";

/** What to run: a command of the shell, or a program with its arguments. */
export interface Command {
  readonly run: string | readonly [program: string, ...args: string[]];
  /** How messages call it. They never quote it: it may hold a secret. */
  readonly name: string;
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Milliseconds that it may take: time for a person who is asked. */
  readonly longestMs?: number | undefined;
  /** Where its messages go. What it prints goes nowhere. @default this process's own stderr */
  readonly say?: ((text: string) => void) | undefined;
}
export interface Ended {
  /** Nothing where it ended by a signal or could not be started. */
  readonly code: number | undefined;
  readonly stdout: string;
}

const longestMs = 60_000;
const longestOutput = 65_536;
const isWindows = process.platform === "win32";

/** Ends a command and what it started itself. */
function end(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (isWindows) spawn("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" }).unref();
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // it has ended by itself
  }
}

/** Runs a command to its end: within its time, and no longer than until a stop. It has no terminal and no input. */
export function runCommand(command: Command, stop?: AbortSignal): Promise<Ended> {
  const {
    run,
    name,
    env = process.env,
    longestMs: longest = longestMs,
    say = (text) => process.stderr.write(text),
  } = command;
  const [program, args, shell] = typeof run === "string" ? [run, [], true] : [run[0], run.slice(1), false];
  if (stop?.aborted)
    return Promise.reject(new Cancelled(`golive was stopped before ${name} ran`, "Run the same command again."));
  return new Promise((resolve, reject) => {
    // a group of its own, so that what a shell starts ends with it
    const child = spawn(program, args, {
      env,
      shell,
      detached: !isWindows,
      windowsHide: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    const give = (settle: () => void): void => {
      clearTimeout(timer);
      stop?.removeEventListener("abort", onStop);
      settle();
    };
    const fail = (error: Error): void => {
      end(child);
      give(() => reject(error));
    };
    const onStop = (): void =>
      fail(new Cancelled(`golive was stopped while ${name} ran`, "Run the same command again."));
    const timer = setTimeout(
      () =>
        fail(
          new ConfigError(
            `${name} did not end within ${longest / 1000} s`,
            "Run it yourself: it has no terminal here, so it cannot ask on one.",
          ),
        ),
      longest,
    );
    stop?.addEventListener("abort", onStop);
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      if (stdout.length + part.length > longestOutput)
        return fail(new ConfigError(`${name} printed too much for a token`));
      stdout += part;
    });
    child.stderr.setEncoding("utf8").on("data", (part: string) => say(redact(part)));
    child.on("error", () => give(() => resolve({ code: undefined, stdout: "" })));
    child.on("close", (code) => give(() => resolve({ code: code ?? undefined, stdout })));
  });
}

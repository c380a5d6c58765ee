// A terminal that records, and a project folder that is gone after the test.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { run } from "@golive/cli";
import { onTestFinished } from "vitest";

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
  /** What `--json` printed. */
  json<T>(): T;
}

/** Files by name in a folder of their own, and golive run there. */
export function folderOf(files: Record<string, string>) {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "golive-cli-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return {
    folder,
    write,
    read: (name: string): string => readFileSync(path.join(folder, name), "utf8"),
    has: (name: string): boolean => existsSync(path.join(folder, name)),
    golive: (...args: string[]): Promise<Ran> => golive(args, { cwd: folder }),
  };
}

export async function golive(
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; tty?: boolean } = {},
): Promise<Ran> {
  const { cwd = os.tmpdir(), env = {}, tty = false } = options;
  let [stdout, stderr] = ["", ""];
  const context = {
    cwd,
    env,
    stdout: { isTTY: tty, write: (text: string) => (stdout += text) },
    stderr: { isTTY: tty, write: (text: string) => (stderr += text) },
    code: 0 as const,
  };
  const code = await run(args, context);
  return { code, stdout, stderr, json: <T>() => JSON.parse(stdout) as T };
}

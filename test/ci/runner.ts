// A repository as a user has it, and a runner that does in it what a workflow says, with bash and the real engine.
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { example } from "../components/account";
import type { Backend } from "../engine/harness";
import { writeProgram } from "../engine/program";

export interface Ran {
  readonly code: number | null;
  readonly output: string;
}
export interface Repository {
  readonly folder: string;
  read(file: string): string;
  write(file: string, text: string): void;
  has(file: string): boolean;
  /** Runs one script with `bash` and its flags; what it starts in the background goes on until `close`. */
  bash(flags: readonly string[], script: string, env?: NodeJS.ProcessEnv): Promise<Ran>;
  /** A command of this name, written in JavaScript, before all others on PATH. */
  fake(name: string, source: string): void;
  close(): void;
}

const golive = fileURLToPath(new URL("../../node_modules/.bin/golive", import.meta.url));

/** A clone of a repository that holds a program like examples/go-live. */
export function openRepository(backend: Backend, name: string, env: NodeJS.ProcessEnv): Repository {
  const folder = path.join(backend.folder, name);
  const bin = path.join(backend.folder, `${name}.bin`);
  mkdirSync(bin);
  writeProgram(folder, "go-live", { folder: example });
  mkdirSync(path.join(folder, "node_modules/.bin"));
  symlinkSync(golive, path.join(folder, "node_modules/.bin/golive"));
  const started = new Set<number>();
  let scripts = 0;
  return {
    folder,
    read: (file) => readFileSync(path.join(folder, file), "utf8"),
    write: (file, text) => writeFileSync(path.join(folder, file), text),
    has: (file) => existsSync(path.join(folder, file)),
    bash(flags, script, more = {}) {
      const file = path.join(bin, `step-${++scripts}.sh`);
      writeFileSync(file, script);
      const child = spawn("bash", [...flags, file], {
        cwd: folder,
        env: { ...backend.env, ...env, ...more, PATH: `${bin}${path.delimiter}${backend.env["PATH"]}` },
        stdio: ["ignore", "pipe", "pipe"],
        // a group of its own, so that what it leaves in the background can be ended by that id
        detached: true,
      });
      started.add(child.pid!);
      let output = "";
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding("utf8").on("data", (text: string) => (output += text));
      return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("exit", (code) => resolve({ code, output }));
      });
    },
    fake(command, source) {
      writeFileSync(path.join(bin, command), `#!${process.execPath}\n${source}`);
      chmodSync(path.join(bin, command), 0o755);
    },
    close() {
      for (const pid of started)
        try {
          process.kill(-pid);
        } catch {
          // the group is gone already
        }
    },
  };
}

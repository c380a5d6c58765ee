// `golive serve` as a process of its own, that can be killed and started again on the same file and port.
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../../cli/bin/golive.js", import.meta.url));

export interface Access {
  readonly url: string;
  readonly port: number;
  readonly token: string;
}

export class Served {
  #child: ChildProcess | undefined;
  #access: Access | undefined;

  constructor(private readonly file: string) {}

  get access(): Access {
    if (!this.#access) throw new Error("the rehearsal was not started");
    return this.#access;
  }

  /** Resolves when it listens: on the port that it had before, if it had one. */
  async start(): Promise<Access> {
    const port = String(this.#access?.port ?? 0);
    const child = spawn(process.execPath, [command, "serve", "--json", "--port", port, "--file", this.file], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#child = child;
    const line = await new Promise<string>((resolve, reject) => {
      let text = "";
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        if (text.includes("\n")) resolve(text);
      });
      child.once("exit", (code) => reject(new Error(`golive serve ended with ${code} before it listened`)));
    });
    this.#access = JSON.parse(line) as Access;
    return this.#access;
  }

  /** kill -9, and the certainty that it is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
  }
}

// What the engine itself reads in a stack's file: `pulumi config --json`, with a file backend.
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { Backend } from "../engine/backend";

/** The plain text behind {@link EngineConfig.secret}. */
const PLAIN = "a secret of the tests";

export class EngineConfig {
  readonly backend = new Backend();
  readonly folder = path.join(this.backend.folder, "shop");
  #salt = "";
  /** An encrypted value as it stands in a file. */
  secret = "";

  async open(project = "name: shop\nruntime: nodejs\n"): Promise<this> {
    mkdirSync(this.folder);
    writeFileSync(path.join(this.folder, "Pulumi.yaml"), project);
    await this.#pulumi("stack", "init", "s");
    await this.#pulumi("config", "set", "--stack", "s", "--secret", "shop:x", PLAIN);
    const written = readFileSync(this.#file, "utf8");
    this.#salt = /^encryptionsalt:.*$/m.exec(written)![0];
    this.secret = /secure: (\S+)/.exec(written)![1]!;
    return this;
  }

  /** Every key of the file as the engine reads it, a secret in it masked; `undefined` where it takes two keys for one and refuses. */
  async read(text: string): Promise<Record<string, string> | undefined> {
    const ending = text.includes("\r\n") ? "\r\n" : "\n";
    writeFileSync(this.#file, `${this.#salt}${ending}${text}`);
    let output: string;
    try {
      output = await this.#pulumi("config", "--json", "--show-secrets", "--stack", "s");
    } catch (error) {
      if (/mapping key ".*" already defined/.test(String((error as Error).message))) return undefined;
      throw error;
    }
    const printed = JSON.parse(output) as Record<string, { value?: string }>;
    return Object.fromEntries(
      Object.entries(printed).map(([key, { value = "" }]) => [key, value.replaceAll(PLAIN, "[secret]")]),
    );
  }

  get #file(): string {
    return path.join(this.folder, "Pulumi.s.yaml");
  }
  async #pulumi(...args: string[]): Promise<string> {
    const options = { cwd: this.folder, env: this.backend.env, maxBuffer: 1 << 28 };
    return (await promisify(execFile)("pulumi", [...args, "--non-interactive"], options)).stdout;
  }
}

/** JSON in any spelling and order; whole numbers beyond what a double holds stay apart. */
export function meaning(text: string): unknown {
  try {
    return JSON.parse(text.replaceAll(/(?<=[:,[])(-?\d{16,})(?=[,\]}])/g, '"$1"')) as unknown;
  } catch {
    return text;
  }
}

// The real engine for tests: `createStack` writes a program and a stack into a temporary folder, and its methods run the CLI.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { Backend, type EngineAge, lacksEngine, lacksYaml } from "./backend";
import { readEvents, type Diagnostic, type Events, type Step, type Summary } from "./events";
import { waitFor, type Process } from "./processes";
import { writeFiles, writeProgram, type Program } from "./program";

export { Backend, lacksEngine, lacksYaml, waitFor };
export type { Diagnostic, EngineAge, Process, Program, Step, Summary };

export interface StackOptions {
  program: Program;
  /** Stack name; default `dev`. */
  name?: string;
  /** Project name; default `test`. A program folder with a Pulumi.yaml keeps its own. */
  project?: string;
  /** Stack config by full key, such as `golive:endpoint`. */
  config?: Config;
  /** Variables for the CLI, and so for the program and the plugins. */
  env?: Record<string, string>;
  /** Default: one of its own, which `dispose` removes. */
  backend?: Backend;
  /** Of a backend of its own. @default "newest" */
  engine?: EngineAge;
}

export type Config = Record<string, string | { readonly secret: string }>;

export interface RunOptions {
  /** Further flags, such as `--diff`, `--refresh`, `--target`, `<urn>`. */
  args?: readonly string[];
  /** A non-zero exit is what the test wants; without it a failure throws, with the output in the message. */
  expectFailure?: boolean;
  env?: Record<string, string>;
}

export interface Result extends Events {
  /** null when a signal ended the CLI. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export type Verb = "preview" | "up" | "refresh" | "destroy";

/** A running operation, for tests that kill it. */
export interface Operation {
  pid: number;
  /** Never rejects because of the exit code. */
  done: Promise<Result>;
  /** What it has done so far. */
  events(): Events;
  /** Sends a signal to the CLI alone, by its id. */
  kill(signal: NodeJS.Signals): void;
  /** The plugin processes of dynamic resources. */
  plugins(): Process[];
}

const PIPES_MS = 1_000;

const FLAGS: Record<Verb, string[]> = {
  preview: [],
  up: ["--yes", "--skip-preview"],
  refresh: ["--yes", "--skip-preview"],
  destroy: ["--yes", "--skip-preview"],
};

/** A resource as `pulumi stack export` shows it. */
export interface ResourceState {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  initErrors?: string[];
}

export class Stack {
  #operations = 0;

  private constructor(
    readonly backend: Backend,
    /** The program's folder. */
    readonly folder: string,
    readonly name: string,
    private readonly env: Record<string, string>,
    private readonly ownsBackend: boolean,
  ) {}

  static async create(options: StackOptions): Promise<Stack> {
    const { program, name = "dev", project = "test", config = {}, env = {} } = options;
    const backend = options.backend ?? new Backend(options.engine);
    const stack = new Stack(backend, path.join(backend.folder, `${project}.${name}`), name, env, !options.backend);
    try {
      writeProgram(stack.folder, project, program);
      await stack.cli(["stack", "init", name]);
      await stack.setConfig(config);
      return stack;
    } catch (error) {
      if (stack.ownsBackend) await backend.dispose();
      throw error;
    }
  }

  /** Another stack of the same program, in the same folder. */
  async beside(name: string): Promise<Stack> {
    const stack = new Stack(this.backend, this.folder, name, this.env, false);
    await stack.cli(["stack", "init", name]);
    return stack;
  }

  preview(options?: RunOptions): Promise<Result> {
    return this.run("preview", options);
  }

  up(options?: RunOptions): Promise<Result> {
    return this.run("up", options);
  }

  refresh(options?: RunOptions): Promise<Result> {
    return this.run("refresh", options);
  }

  destroy(options?: RunOptions): Promise<Result> {
    return this.run("destroy", options);
  }

  /** Starts an operation and returns at once. */
  start(verb: Verb, { args = [], env = {} }: RunOptions = {}): Operation {
    const log = path.join(this.backend.folder, `${path.basename(this.folder)}.${++this.#operations}.${verb}.events`);
    const readLog = (): Events => readEvents(existsSync(log) ? readFileSync(log, "utf8") : "");
    const { pid, kill, done } = this.spawn([verb, ...FLAGS[verb], "--event-log", log, ...args], env);
    return {
      pid,
      kill,
      events: readLog,
      plugins: () =>
        this.backend
          .processes()
          .filter(({ command }) => /^\S*node .*(dynamic-provider|pulumi-resource-golive)/.test(command)),
      done: done.then((result) => ({ ...result, ...readLog() })),
    };
  }

  /** Any other CLI command, such as `["state", "protect", urn]`, on this stack. */
  async cli(args: string[], { expectFailure = false, env = {} }: RunOptions = {}): Promise<Omit<Result, keyof Events>> {
    const result = await this.spawn(args, env).done;
    assertExit(args.join(" "), result, expectFailure);
    return result;
  }

  /** The state, with secrets encrypted unless asked for. */
  async export({ showSecrets = false } = {}): Promise<{ text: string; resources: ResourceState[] }> {
    const { stdout } = await this.cli(["stack", "export", ...(showSecrets ? ["--show-secrets"] : [])]);
    const { deployment } = JSON.parse(stdout) as { deployment: { resources?: ResourceState[] } };
    return { text: stdout, resources: deployment.resources ?? [] };
  }

  /** The stack's outputs, secrets in the clear. */
  async outputs(): Promise<Record<string, unknown>> {
    const { stdout } = await this.cli(["stack", "output", "--json", "--show-secrets"]);
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  async setConfig(config: Config): Promise<void> {
    const pairs = Object.entries(config).flatMap(([key, value]) =>
      typeof value === "string" ? ["--plaintext", `${key}=${value}`] : ["--secret", `${key}=${value.secret}`],
    );
    if (pairs.length > 0) await this.cli(["config", "set-all", ...pairs]);
  }

  /** Replaces files of the program: text for index.js, or files by name. */
  write(files: string | Record<string, string>): void {
    writeFiles(this.folder, typeof files === "string" ? { "index.js": files } : files);
  }

  /** Ends what still runs and removes the folder. Of a shared backend: dispose that one instead. */
  async dispose(): Promise<void> {
    if (this.ownsBackend) await this.backend.dispose();
  }

  private async run(verb: Verb, options: RunOptions = {}): Promise<Result> {
    const result = await this.start(verb, options).done;
    assertExit(verb, result, options.expectFailure ?? false);
    return result;
  }

  private spawn(args: string[], env: Record<string, string>) {
    const stackFlag = args[0] === "stack" && args[1] === "init" ? [] : ["--stack", this.name];
    const child = spawn("pulumi", [...args, ...stackFlag, "--non-interactive", "--color", "never"], {
      cwd: this.folder,
      env: { ...this.backend.env, ...this.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const done = new Promise<{ exitCode: number | null; stdout: string; stderr: string }>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
      // An orphaned plugin holds the pipes of a killed CLI open for ever: then "close" never comes.
      child.once("exit", (exitCode) => setTimeout(() => resolve({ exitCode, stdout, stderr }), PIPES_MS).unref());
    });
    return { pid: child.pid ?? -1, done, kill: (signal: NodeJS.Signals) => void child.kill(signal) };
  }
}

function assertExit(
  what: string,
  result: { exitCode: number | null; stdout: string; stderr: string },
  fails: boolean,
): void {
  if ((result.exitCode !== 0) === fails) return;
  const wanted = fails ? "was meant to fail" : `ended with ${result.exitCode ?? "a signal"}`;
  throw new Error(`pulumi ${what} ${wanted}:\n${result.stdout}\n${result.stderr}`);
}

/** A stack of the real engine, hermetic and disposable. */
export const createStack = Stack.create;

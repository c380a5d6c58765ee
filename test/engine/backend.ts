// A Pulumi installation of its own for a test: PULUMI_HOME, home folder and file backend in one temporary folder.
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findEngine, findExtra } from "../../scripts/engine.mjs";
import { killAll, MARK, markedProcesses, waitFor, type Process } from "./processes";

/** Which engine a test runs on: the one of the day, or the oldest that golive supports, which also runs policy packs. */
export type EngineAge = "newest" | "oldest";

/** Why there is no such engine here, if so. */
export const lacksEngine = (age: EngineAge): string | undefined =>
  age === "newest" || oldestFolder() ? undefined : "the oldest supported engine is not built: it takes Go";
const oldestFolder = () => process.env["GOLIVE_OLDEST_ENGINE_BIN"] ?? findExtra("oldest");
/** Why no YAML program can run here, if so. */
export const lacksYaml = (): string | undefined => (yamlFolder() ? undefined : "there is no YAML host: it takes Go");
const yamlFolder = () => process.env["GOLIVE_YAML_HOST_BIN"] ?? findExtra("yaml");

/** The engine's folder: what `npm test` found, else PATH or the cache. */
function engineFolder(age: EngineAge): string {
  const bin = age === "oldest" ? oldestFolder() : (process.env["GOLIVE_ENGINE_BIN"] ?? findEngine());
  if (bin === undefined) throw new Error("No Pulumi engine yet: run `node scripts/engine.mjs` once, or `npm test`.");
  return bin;
}

/** Of `pulumi-resource-golive`, as npm puts it on PATH. */
const pluginFolder = fileURLToPath(new URL("../../provider/bin", import.meta.url));

/** Nothing of the developer's own Pulumi, golive or test runner reaches the programs under test. */
function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(PULUMI|GOLIVE|WORKOS|VITEST|npm)_?/.test(name)),
  );
}

const open = new Set<Backend>();
const disposeAll = (): void => {
  for (const backend of open) backend.disposeNow();
};
process.once("exit", disposeAll);
// A signal ends a test worker without its "exit" event; vitest replaces process.exit, so the signal is sent again.
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    disposeAll();
    process.kill(process.pid, signal);
  });
}

/** Stacks of one backend see each other through a StackReference. */
export class Backend {
  readonly folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "golive-engine-")));
  readonly env: NodeJS.ProcessEnv;
  readonly #mark = randomUUID();

  constructor(age: EngineAge = "newest") {
    const inside = (name: string): string => {
      mkdirSync(path.join(this.folder, name));
      return path.join(this.folder, name);
    };
    const home = inside("home");
    this.env = {
      ...inherited(),
      PATH: [engineFolder(age), yamlFolder() ?? "", pluginFolder, process.env["PATH"] ?? ""].join(path.delimiter),
      HOME: home,
      USERPROFILE: home,
      XDG_CONFIG_HOME: path.join(home, ".config"),
      PULUMI_HOME: inside("pulumi"),
      PULUMI_BACKEND_URL: pathToFileURL(inside("state")).href,
      PULUMI_CONFIG_PASSPHRASE: "a passphrase of the tests",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // The flag --event-log is hidden behind it.
      PULUMI_DEBUG_COMMANDS: "true",
      NO_COLOR: "1",
      [MARK]: this.#mark,
    };
    open.add(this);
  }

  /** Everything that runs for this backend now: the CLI, language hosts, programs and plugins. */
  processes(): Process[] {
    return markedProcesses(this.#mark);
  }

  /** Ends what still runs and removes the folder. Call it in afterEach or afterAll. */
  async dispose(): Promise<void> {
    killAll(this.processes());
    await waitFor(() => this.processes().length === 0, "the engine's processes to end");
    this.disposeNow();
  }

  disposeNow(): void {
    killAll(this.processes());
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
    open.delete(this);
  }
}

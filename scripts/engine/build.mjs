// The engine from the Go module proxy: for a machine that reaches it but no download host. go.mod and go.sum in cli/ and
// host/ pin every module; Go verifies the sums. The user's GOPROXY, GOFLAGS, GOSUMDB and caches apply as they are.
import { chmodSync, cpSync, readFileSync, readdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { run, tail } from "./process.mjs";

const SDK = "github.com/pulumi/pulumi/sdk/v3";
const PULUMI = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const CLI = { folder: "cli", program: "pulumi", source: PULUMI, pinned: SDK };
const OLDEST = { folder: "oldest", program: "pulumi", source: PULUMI, pinned: SDK };
const HOST = {
  folder: "host",
  program: "pulumi-language-nodejs",
  source: `${SDK}/nodejs/cmd/pulumi-language-nodejs`,
  pinned: SDK,
};
const YAML = {
  folder: "yaml",
  program: "pulumi-language-yaml",
  source: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
  pinned: "github.com/pulumi/pulumi-yaml",
};

const moduleFolder = ({ folder }) => fileURLToPath(new URL(folder, import.meta.url));
const goMod = (module) => readFileSync(path.join(moduleFolder(module), "go.mod"), "utf8");
const versionOf = (module) => goMod(module).match(new RegExp(`^(?:require)?\\s*${module.pinned} (v\\S+)`, "m"))[1];

/** The version of the CLI that `build` makes, such as `v3.200.0`. */
export const buildVersion = versionOf(CLI);
/** The oldest version of the CLI that golive supports. */
export const oldestVersion = versionOf(OLDEST);
/** The version of the YAML language host. */
export const yamlVersion = `yaml-${versionOf(YAML)}`;

/** The oldest Go that compiles all of them. */
export const oldestGo = goMod(CLI).match(/^go (\S+)/m)[1];

function isOlder(version, than) {
  const [a, b] = [version, than].map((text) => text.split(".").map((part) => Number.parseInt(part, 10)));
  for (let i = 0; i < 3; i++) if ((a[i] ?? 0) !== (b[i] ?? 0)) return (a[i] ?? 0) < (b[i] ?? 0);
  return false;
}

/** Why Go cannot build here, or undefined when it can. A Go of 1.21 or newer fetches a newer one itself unless told not to. */
export async function whyNotBuild({ env, signal }) {
  const { code, output } = await run("go", ["env", "GOVERSION", "GOTOOLCHAIN"], { env, signal, cwd: os.tmpdir() });
  if (code === 127) return "Go is not installed";
  if (code !== 0) return `\`go env\` failed: ${tail(output, 1)}`;
  const [found = "", toolchain = ""] = output.split(/\r?\n/);
  const version = found.replace(/^go/, "");
  if (!isOlder(version, oldestGo)) return undefined;
  const switches = !isOlder(version, "1.21") && toolchain !== "local";
  return switches ? undefined : `Go ${version} is too old (${oldestGo} or newer is needed)`;
}

async function compile(module, bin, { env, signal }) {
  const version = versionOf(module);
  const name = process.platform === "win32" ? `${module.program}.exe` : module.program;
  const flags = `-s -w -X ${SDK}/go/common/version.Version=${version}`;
  // -mod=readonly on the command line wins over GOFLAGS: the committed go.mod and go.sum are what is built, or it fails.
  const args = ["build", "-mod=readonly", "-trimpath", "-ldflags", flags, "-o", path.join(bin, name), module.source];
  const goEnv = { ...env, CGO_ENABLED: "0", GOWORK: "off" };
  const { code, output } = await run("go", args, { cwd: moduleFolder(module), env: goEnv, signal });
  if (code !== 0) throw new Error(`go build of ${module.program} ${version} failed:\n${tail(output)}`);
}

/** The scripts that start Node.js plugins (dynamic resources, policy packs) come in the SDK's module, beside the source. */
async function copyScripts(cli, bin, { env, signal }) {
  const args = ["list", "-mod=readonly", "-m", "-f", "{{.Dir}}", SDK];
  const { code, output } = await run("go", args, { cwd: moduleFolder(cli), env: { ...env, GOWORK: "off" }, signal });
  if (code !== 0) throw new Error(`go list of ${SDK} failed:\n${tail(output)}`);
  const folder = path.join(output.trim(), "nodejs", "dist");
  for (const name of readdirSync(folder)) {
    if (name.endsWith(".cmd") !== (process.platform === "win32")) continue;
    cpSync(path.join(folder, name), path.join(bin, name));
    chmodSync(path.join(bin, name), 0o755);
  }
}

/** Compiles several programs; all at once when there are cores for it. */
async function compileAll(modules, bin, options) {
  if (os.availableParallelism() === 1) {
    for (const module of modules) await compile(module, bin, options);
    return;
  }
  const failed = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal;
  const all = modules.map((module) =>
    compile(module, bin, { ...options, signal }).catch((error) => {
      failed.abort(error);
      throw error;
    }),
  );
  // All must have ended before the folder is removed.
  for (const { reason } of await Promise.allSettled(all)) if (reason) throw failed.signal.reason ?? reason;
}

const engineOf = (cli) => async (folder, options) => {
  const bin = path.join(folder, "bin");
  await compileAll([cli, HOST], bin, options);
  await copyScripts(cli, bin, options);
};
/** Builds the CLI and the language host into `folder/bin`. */
export const build = engineOf(CLI);
/** The same with the oldest CLI. */
export const buildOldest = engineOf(OLDEST);
/** Builds the YAML language host alone into `folder/bin`. */
export const buildYaml = (folder, options) => compileAll([YAML], path.join(folder, "bin"), options);

// The engine from the Go module proxy: for a machine that reaches it but no download host. go.mod and go.sum in cli/ and
// host/ pin every module; Go verifies the sums. The user's GOPROXY, GOFLAGS, GOSUMDB and caches apply as they are.
import { chmodSync, cpSync, readFileSync, readdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { run, tail } from "./process.mjs";

const SDK = "github.com/pulumi/pulumi/sdk/v3";
const CLI = { folder: "cli", program: "pulumi", source: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" };
const HOST = { folder: "host", program: "pulumi-language-nodejs", source: `${SDK}/nodejs/cmd/pulumi-language-nodejs` };

const moduleFolder = ({ folder }) => fileURLToPath(new URL(folder, import.meta.url));
const goMod = (module) => readFileSync(path.join(moduleFolder(module), "go.mod"), "utf8");
const sdkVersion = (module) => goMod(module).match(/pulumi\/sdk\/v3 (v\S+)/)[1];

/** The version of the CLI that `build` makes, such as `v3.200.0`. */
export const buildVersion = sdkVersion(CLI);

/** The oldest Go that compiles both modules. */
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
  const version = sdkVersion(module);
  const name = process.platform === "win32" ? `${module.program}.exe` : module.program;
  const flags = `-s -w -X ${SDK}/go/common/version.Version=${version}`;
  // -mod=readonly on the command line wins over GOFLAGS: the committed go.mod and go.sum are what is built, or it fails.
  const args = ["build", "-mod=readonly", "-trimpath", "-ldflags", flags, "-o", path.join(bin, name), module.source];
  const goEnv = { ...env, CGO_ENABLED: "0", GOWORK: "off" };
  const { code, output } = await run("go", args, { cwd: moduleFolder(module), env: goEnv, signal });
  if (code !== 0) throw new Error(`go build of ${module.program} ${version} failed:\n${tail(output)}`);
}

/** The scripts that start Node.js plugins (dynamic resources, policy packs) come in the SDK's module, beside the source. */
async function copyScripts(bin, { env, signal }) {
  const args = ["list", "-mod=readonly", "-m", "-f", "{{.Dir}}", SDK];
  const { code, output } = await run("go", args, { cwd: moduleFolder(CLI), env: { ...env, GOWORK: "off" }, signal });
  if (code !== 0) throw new Error(`go list of ${SDK} failed:\n${tail(output)}`);
  const scripts = path.join(output.trim(), "nodejs", "dist");
  for (const name of readdirSync(scripts)) {
    if (name.endsWith(".cmd") !== (process.platform === "win32")) continue;
    cpSync(path.join(scripts, name), path.join(bin, name));
    chmodSync(path.join(bin, name), 0o755);
  }
}

/** Builds the CLI and the language host into `folder/bin`; both at once when there are cores for it. */
export async function build(folder, options) {
  const bin = path.join(folder, "bin");
  if (os.availableParallelism() > 1) {
    const failed = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal;
    const both = [CLI, HOST].map((module) =>
      compile(module, bin, { ...options, signal }).catch((error) => {
        failed.abort(error);
        throw error;
      }),
    );
    // Both must have ended before the folder is removed.
    for (const { reason } of await Promise.allSettled(both)) if (reason) throw failed.signal.reason ?? reason;
  } else {
    for (const module of [CLI, HOST]) await compile(module, bin, options);
  }
  await copyScripts(bin, options);
}

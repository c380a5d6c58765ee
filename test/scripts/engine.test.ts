import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensureEngine, findEngine } from "../../scripts/engine.mjs";
import { buildVersion, oldestGo, whyNotBuild } from "../../scripts/engine/build.mjs";
import { cacheFolder, versionFolder } from "../../scripts/engine/cache.mjs";
import { PROGRAMS } from "../../scripts/engine/path.mjs";

const script = fileURLToPath(new URL("../../scripts/engine.mjs", import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "golive-scripts-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const cachedBin = () => path.join(versionFolder(path.join(folder, "cache"), "v1"), "bin");

/** A folder with programs that do nothing but answer `text`. */
function programs(name: string, names: string[], text = ""): string {
  const bin = path.join(folder, name);
  mkdirSync(bin, { recursive: true });
  for (const program of names) {
    writeFileSync(path.join(bin, program), `#!/bin/sh\nprintf '${text}'\n`);
    chmodSync(path.join(bin, program), 0o755);
  }
  return bin;
}

const fillWith = (names: string[]) => async (target: string) => {
  for (const name of names) writeFileSync(path.join(target, "bin", name), "", { mode: 0o755 });
};
const never = async () => {
  throw new Error("this source was not meant to be asked");
};
interface Source {
  title: string;
  version: () => string;
  whyNot: () => Promise<string | undefined>;
  fill: (target: string) => Promise<void>;
}
const source = (fields: Partial<Source>): Source => ({
  title: "getting",
  version: () => "v1",
  whyNot: async () => undefined,
  fill: fillWith(PROGRAMS),
  ...fields,
});

const envOf = (...bins: string[]) => ({
  PATH: bins.join(path.delimiter),
  GOLIVE_ENGINE_CACHE: path.join(folder, "cache"),
});
const fillCache = () => programs(path.relative(folder, cachedBin()), PROGRAMS);

describe("the engine that is here already", () => {
  it.each([
    { title: "all of it on PATH", given: () => envOf(programs("a", PROGRAMS)), expected: () => path.join(folder, "a") },
    {
      title: "its programs in other folders of PATH",
      given: () => envOf(programs("a", ["pulumi"]), programs("b", PROGRAMS.slice(1))),
      expected: () => path.join(folder, "a"),
    },
    {
      title: "PATH wins over the cache",
      given: () => (fillCache(), envOf(programs("a", PROGRAMS))),
      expected: () => path.join(folder, "a"),
    },
    { title: "nothing on PATH, the cache is filled", given: () => (fillCache(), envOf()), expected: cachedBin },
    {
      title: "pulumi on PATH without its language host, the cache is filled",
      given: () => (fillCache(), envOf(programs("a", ["pulumi"]))),
      expected: cachedBin,
    },
    {
      title: "an incomplete cache does not count",
      given: () => (fillCache(), rmSync(path.join(cachedBin(), "pulumi")), envOf()),
      expected: () => undefined,
    },
    { title: "nothing anywhere", given: () => envOf(), expected: () => undefined },
  ])("$title", async ({ given, expected }) => {
    const from = [source({ fill: never })];
    const found = given();
    expect(findEngine(found, from)).toBe(expected());
    if (expected()) expect(await ensureEngine({ env: found, from })).toBe(expected());
  });
});

const ensure = (from: Source[], PATH = "") =>
  ensureEngine({ env: { PATH, GOLIVE_ENGINE_CACHE: path.join(folder, "cache") }, from });
const cannot = (reason: string) => source({ whyNot: async () => reason, fill: never });
const breaks = (message: string) => source({ fill: async () => Promise.reject(new Error(message)) });

describe("getting the engine", () => {
  it.each([
    { title: "the first source that can", from: [source({}), source({ fill: never })] },
    { title: "a source that cannot is passed over", from: [cannot("no network"), source({})] },
    { title: "a source that fails is passed over", from: [breaks("checksum mismatch"), source({})] },
    {
      title: "a source that leaves half an engine is passed over",
      from: [source({ fill: fillWith(["pulumi"]) }), source({})],
    },
  ])("$title", async ({ from }) => {
    expect(await ensure(from)).toBe(cachedBin());
    expect(readdirSync(path.join(folder, "cache"))).toEqual([path.basename(versionFolder("", "v1"))]);
  });

  it.each([
    {
      title: "nothing works",
      from: [cannot("Pulumi's download host cannot be reached"), cannot("Go is not installed")],
      programs: [],
      sentence:
        "No Pulumi engine: pulumi is not on PATH; Pulumi's download host cannot be reached; Go is not installed. " +
        "Install Pulumi (https://www.pulumi.com/docs/install/) or Go and run this again.",
    },
    {
      title: "half an engine on PATH, and the build fails",
      from: [breaks("no space left")],
      programs: ["pulumi", "pulumi-language-nodejs"],
      sentence:
        "No Pulumi engine: the pulumi on PATH lacks pulumi-resource-pulumi-nodejs; getting v1 failed. " +
        "Install Pulumi (https://www.pulumi.com/docs/install/) or Go and run this again.",
    },
  ])("one sentence when $title, and an empty cache", async (row) => {
    await expect(ensure(row.from, programs("a", row.programs))).rejects.toThrow(row.sentence);
    expect(readdirSync(path.join(folder, "cache"))).toEqual([]);
  });

  it("two at once: one gets it, the other waits and takes it", async () => {
    let fills = 0;
    const slow = source({
      fill: async (target) => {
        fills += 1;
        await fillWith(PROGRAMS)(target);
      },
    });
    expect(await Promise.all([ensure([slow]), ensure([slow])])).toEqual([cachedBin(), cachedBin()]);
    expect(fills).toBe(1);
  });

  it("--print: the folder is the last line of stdout, and all there is on it", async () => {
    const env = { ...process.env, PATH: programs("a", PROGRAMS) };
    const child = spawn(process.execPath, [script, "--print"], { env, stdio: ["ignore", "pipe", "inherit"] });
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    expect((await once(child, "close"))[0]).toBe(0);
    expect(stdout).toBe(`${path.join(folder, "a")}\n`);
  });
});

describe("whether Go can build it", () => {
  it.each([
    ["the pinned version", `go${oldestGo}`, "local", undefined],
    ["newer", "go1.99.1", "local", undefined],
    ["older, may fetch a newer one", "go1.22.0", "auto", undefined],
    ["older, must not", "go1.22.0", "local", `Go 1.22.0 is too old (${oldestGo} or newer is needed)`],
    ["too old to fetch one", "go1.20.3", "", `Go 1.20.3 is too old (${oldestGo} or newer is needed)`],
    ["a patch too old", "go1.23.9", "local", `Go 1.23.9 is too old (${oldestGo} or newer is needed)`],
  ])("%s", async (_, version, toolchain, reason) => {
    const PATH = [programs("go", ["go"], `${version}\\n${toolchain}\\n`), "/usr/bin", "/bin"].join(path.delimiter);
    expect(await whyNotBuild({ env: { PATH }, signal: undefined })).toBe(reason);
  });

  it("no Go", async () => {
    expect(await whyNotBuild({ env: { PATH: folder }, signal: undefined })).toBe("Go is not installed");
  });

  it("builds what the committed go.mod pins", () => expect(buildVersion).toMatch(/^v3\.\d+\.\d+$/));
});

describe("the cache folder", () => {
  it.each([
    ["GOLIVE_ENGINE_CACHE", { GOLIVE_ENGINE_CACHE: "/c", XDG_CACHE_HOME: "/x" }, "linux", "/c"],
    ["XDG_CACHE_HOME", { XDG_CACHE_HOME: "/x" }, "darwin", "/x/golive/engine"],
    ["Linux", {}, "linux", "/home/me/.cache/golive/engine"],
    ["macOS", {}, "darwin", "/home/me/Library/Caches/golive/engine"],
    ["Windows", { LOCALAPPDATA: "/l" }, "win32", "/l/golive/engine"],
  ] as const)("%s", (_, env, platform, expected) => {
    expect(cacheFolder(env, platform, "/home/me")).toBe(expected);
  });
});

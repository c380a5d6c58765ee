// A command loads what it needs: its help next to nothing, and only `serve` the database.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { config, shop } from "./shop";
import { folderOf } from "./terminal";

const bin = path.join(path.dirname(createRequire(import.meta.url).resolve("@golive/cli")), "bin.js");

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
  /** Packages, and our own files by their place in `dist`. */
  loaded: string[];
}
/** golive as a process that tells at its end what it loaded; a package in `absent` cannot be loaded, as one without a binary. */
async function spawned(cwd: string, args: string[], absent: readonly string[] = []): Promise<Ended> {
  const script = `
    const Module = require("node:module");
    const load = Module._load;
    Module._load = function (name, ...rest) {
      if (${JSON.stringify(absent)}.includes(name)) throw new Error("no binary of " + name + " for this computer");
      return load.call(this, name, ...rest);
    };
    process.argv.splice(1, 0, ${JSON.stringify(bin)});
    process.on("exit", () => require("node:fs").writeSync(2, "\\nLOADED" + JSON.stringify(Object.keys(require.cache))));
    require(${JSON.stringify(bin)});`;
  const ended = await promisify(execFile)(process.execPath, ["-e", script, "--", ...args], { cwd }).then(
    (out) => ({ ...out, code: 0 }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  const [stderr = "", list = "[]"] = ended.stderr.split("\nLOADED");
  const loaded = (JSON.parse(list) as string[]).map((file) => {
    const name = file.split(path.sep).join("/");
    const inside = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name);
    return inside ? inside[1]! : name.replace(/^.*\/(?=(cli|provider|rehearsal)\/(dist\/|package.json$))/, "");
  });
  return { code: ended.code, stdout: ended.stdout, stderr, loaded: [...new Set(loaded)] };
}
const heavy = ["libsql", "graphql", "undici", "zod", "yaml", "cli-table3"];

test.each(["serve", "clone", "parity", "doctor", "adopt", "summary", "completion"])(
  "golive %s --help loads the command line and nothing else",
  async (command) => {
    const { code, loaded, stdout } = await spawned(folderOf({}).folder, [command, "--help"]);
    expect([code, stdout]).toEqual([0, expect.stringContaining(`Usage: golive ${command}`)]);
    expect(loaded.filter((name) => heavy.includes(name) || name.startsWith("rehearsal/"))).toEqual([]);
    expect(loaded.filter((name) => !/^(cli|provider)\//.test(name))).toEqual(["commander"]);
    expect(loaded.filter((name) => name.startsWith("provider/"))).toEqual(["provider/dist/errors.js"]);
  },
);

test.each<[command: string, args: string[]]>([
  ["clone", ["clone", "staging", "production"]],
  ["parity", ["parity", "staging", "production"]],
  ["doctor", ["doctor", "production", "--no-state"]],
])(
  "golive %s reads files without database, GraphQL or HTTP client, and where libsql has no binary",
  async (_, args) => {
    const at = shop(config("shop:flags:", "  a: { enabled: true }"), config("shop:flags: {}"));
    const { code, loaded, stderr } = await spawned(at.folder, args, ["libsql", "graphql", "undici"]);
    expect(stderr).not.toMatch(/no binary/);
    expect([0, 3]).toContain(code);
    expect(loaded).toContain("yaml");
    expect(loaded.filter((name) => ["libsql", "graphql", "undici"].includes(name))).toEqual([]);
  },
);

test("a package that cannot be loaded is one indeed: `serve` says so", async () => {
  const { code, stderr } = await spawned(folderOf({}).folder, ["serve", "--port", "0"], ["libsql"]);
  expect([code, stderr]).toEqual([1, expect.stringContaining("no binary of libsql")]);
});

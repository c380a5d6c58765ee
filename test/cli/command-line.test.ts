import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import path from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { canRun } from "../tools/run";
import { folderOf, golive } from "./terminal";

const bin = path.join(path.dirname(createRequire(import.meta.url).resolve("@golive/cli")), "bin.js");
const spawned = (...args: string[]) =>
  promisify(execFile)(process.execPath, [bin, ...args]).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );
const commands = ["clone", "parity", "doctor", "adopt", "summary", "verify-contract", "completion"];

test.each(commands)("golive %s --help shows an example, and --json among its options", async (command) => {
  const { code, stdout } = await golive([command, "--help"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`Example:\\n {2}\\$ .*golive ${command}`));
  expect(stdout).toContain("--json");
});

test("golive --help lists every command and the exit codes", async () => {
  const { code, stdout } = await golive(["--help"]);
  expect(code).toBe(0);
  for (const command of commands) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, "m"));
  expect(stdout).toMatch(
    /Exit codes:\n {2}0 {2}done[^]*1 {2}failed[^]*2 {2}wrong usage[^]*3 {2}a check found differences/,
  );
});

describe("as a process", () => {
  test.each<[what: string, args: string[], code: number, stream: "stdout" | "stderr", says: RegExp]>([
    ["help", ["--help"], 0, "stdout", /Usage: golive/],
    ["version", ["--version"], 0, "stdout", /^\d+\.\d+\.\d+/],
    ["no command", [], 2, "stderr", /Usage: golive/],
    ["an unknown option", ["clone", "a", "b", "--x"], 2, "stderr", /unknown option '--x'/],
    ["an unknown shell", ["completion", "tcsh"], 2, "stderr", /Allowed choices are bash, zsh, fish/],
  ])("%s ends with its code", async (_, args, code, stream, says) => {
    const ran = await spawned(...args);
    expect(ran.code).toBe(code);
    expect(ran[stream]).toMatch(says);
  });
});

test("a reader that stops early is no error", async () => {
  const child = spawn(process.execPath, [bin, "--help"], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  const errors = text(child.stderr);
  const [code] = (await once(child, "exit")) as [number];
  expect([code, await errors]).toEqual([0, ""]);
});

const noBash = spawnSync("bash", ["-c", "true"]).status === 0 ? undefined : "there is no bash on this computer";

describe("completion", () => {
  test.skipIf(!canRun("completion for bash", noBash)).each<[typed: string, words: string[], expected: string[]]>([
    ["a command", ["golive", "pa"], ["parity"]],
    ["an option", ["golive", "clone", "staging", "--from"], ["--from-live"]],
    ["a stack of this folder", ["golive", "clone", "s"], ["shared", "staging"]],
  ])("bash completes %s", async (_, words, expected) => {
    const at = folderOf({ "Pulumi.shared.yaml": "", "Pulumi.staging.yaml": "", "Pulumi.production.yaml": "" });
    at.write("golive.bash", (await golive(["completion", "bash"])).stdout);
    const line = `source ./golive.bash; COMP_WORDS=(${words.join(" ")}); COMP_CWORD=${words.length - 1}; _golive; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await promisify(execFile)("bash", ["-c", line], { cwd: at.folder });
    expect(stdout.trim().split("\n")).toEqual(expected);
  });

  test.each(["zsh", "fish"])("%s names every command", async (shell) => {
    const { stdout } = await golive(["completion", shell]);
    for (const command of commands) expect(stdout).toContain(command);
  });
});

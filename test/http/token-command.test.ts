// The token command: a real process, what it may print, how long it may take, and who sees what it says.
import { resolveConfig } from "@golive/provider/config";
import { Cancelled, ConfigError } from "@golive/provider/errors";
import { commandCredential } from "@golive/provider/http/token-command";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let folder: string;
let count = 0;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "golive-command-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A command of its own that runs this program. */
function commandOf(program: string): string {
  const file = path.join(folder, `command${++count}.cjs`);
  writeFileSync(file, program);
  return `"${process.execPath}" "${file}"`;
}
const said: string[] = [];
const credentialOf = (program: string, longestMs = 30_000) =>
  commandCredential(commandOf(program), "GOLIVE_TOKEN_COMMAND", { longestMs, say: (text) => said.push(text) });
const tokenBy = async (program: string, longestMs?: number): Promise<string> =>
  (await credentialOf(program, longestMs).renewal!.current()).reveal();

test("prints a token, and says what it has to say to the user", async () => {
  said.length = 0;
  expect(await tokenBy(`console.error("Touch the key."); console.log("abc123")`)).toBe("abc123");
  expect(said.join("")).toBe("Touch the key.\n");
});

test.each<[what: string, program: string, words: RegExp]>([
  [
    "fails",
    `console.log("hidden1"); process.exit(3)`,
    /the token command \(from GOLIVE_TOKEN_COMMAND\) ended with code 3/,
  ],
  ["prints a sentence", `console.log("hidden1 is it")`, /printed no token/],
  ["prints nothing", ``, /printed no token/],
  ["prints without an end", `setInterval(() => console.log("hidden1".repeat(1000)), 1)`, /printed too much/],
])("one that %s is named, and what it printed is not", async (_, program, words) => {
  const failure = await tokenBy(program).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConfigError);
  expect(String(failure)).toMatch(words);
  expect(String(failure)).not.toContain("hidden1");
});

/** Waits for a file that a command writes. */
const written = async (file: string): Promise<string> => {
  while (!existsSync(file) || readFileSync(file, "utf8") === "")
    await new Promise((resolve) => setTimeout(resolve, 10));
  return readFileSync(file, "utf8");
};
/** Until the process is no more. */
const ended = async (pid: number): Promise<void> => {
  const runs = (): boolean => {
    try {
      process.kill(pid, 0);
      // a zombie waits for a parent that is no more
      return !existsSync("/proc") || !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
    } catch {
      return false;
    }
  };
  while (runs()) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe("one that does not end", () => {
  const forever = (file: string) =>
    `require("node:fs").writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => {}, 1000)`;
  test("is ended when its time is over", async () => {
    const file = path.join(folder, "late");
    const failure = await tokenBy(forever(file), 500).catch(String);
    expect(failure).toMatch(/did not end within 0\.5 s/);
    if (existsSync(file)) await ended(Number(readFileSync(file, "utf8")));
  });
  test("is ended with golive, the shell's children too", async () => {
    const file = path.join(folder, "stopped");
    const stop = new AbortController();
    const asking = credentialOf(forever(file)).renewal!.current(stop.signal);
    const failure = asking.catch((error: unknown) => error);
    const pid = Number(await written(file));
    stop.abort();
    expect(await failure).toBeInstanceOf(Cancelled);
    await ended(pid);
  });
});

test("two that are configured with one command run it once", async () => {
  const file = path.join(folder, "runs");
  const run = commandOf(`require("node:fs").appendFileSync(${JSON.stringify(file)}, "x"); console.log("abc123")`);
  const both = ["GOLIVE_TOKEN_COMMAND", "stack config"].map((origin) => commandCredential(run, origin));
  await Promise.all(both.map(({ renewal }) => renewal!.current()));
  expect(readFileSync(file, "utf8")).toBe("x");
});

describe("among the settings", () => {
  type Bag = Record<string, string>;
  const resolve = (bag: Bag, env: Bag) => resolveConfig((name) => bag[name], env);
  const originOf = (bag: Bag, env: Bag) => {
    const resolved = resolve(bag, env);
    return "problems" in resolved ? resolved.problems : resolved.config.credentials["token"]?.origin;
  };
  test.each<[what: string, bag: Bag, env: Bag, origin: string]>([
    ["the variable", {}, { GOLIVE_TOKEN_COMMAND: "x" }, "the token command (from GOLIVE_TOKEN_COMMAND)"],
    ["stack config", { tokenCommand: "x" }, {}, "the token command (from stack config `golive:tokenCommand`)"],
    [
      "an argument",
      { explicit: "true", tokenCommand: "x" },
      { GOLIVE_TOKEN: "t" },
      "the token command (from the provider's argument `tokenCommand`)",
    ],
    ["a token before it", { tokenCommand: "x" }, { GOLIVE_TOKEN: "t" }, "GOLIVE_TOKEN"],
    [
      "it before a token",
      { token: "t" },
      { GOLIVE_TOKEN_COMMAND: "x" },
      "the token command (from GOLIVE_TOKEN_COMMAND)",
    ],
  ])("it comes from %s", (_, bag, env, origin) => {
    expect(originOf(bag, env)).toBe(origin);
  });
  test("beside a token from the same place, one of the two is wrong", () => {
    expect(originOf({}, { GOLIVE_TOKEN: "t", GOLIVE_TOKEN_COMMAND: "x" })).toEqual([
      {
        property: "provider.tokenCommand",
        reason: "says another token than GOLIVE_TOKEN: leave one of the two out (from GOLIVE_TOKEN_COMMAND)",
      },
    ]);
  });
  test("it is not run while it is only configured", () => {
    const file = path.join(folder, "none");
    resolve({}, { GOLIVE_TOKEN_COMMAND: commandOf(`require("node:fs").writeFileSync(${JSON.stringify(file)}, "x")`) });
    expect(existsSync(file)).toBe(false);
  });
});

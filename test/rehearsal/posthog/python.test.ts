// The official client for Python, where Python and its package are at hand; else it says why not.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { asked, flagged, type Value } from "./clients";
import { users } from "./kinds";

const folder = mkdtempSync(path.join(os.tmpdir(), "golive-posthog-python-"));
const python = path.join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
/** A Python of its own with the client in it; or why there is none. */
function missing(): string | undefined {
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: "pipe", timeout: 90_000 });
  try {
    run("python3", "-m", "venv", folder);
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "0", "posthog==7.91.1");
    return undefined;
  } catch (error) {
    return String((error as Error).message).split("\n")[0];
  }
}
const reason = missing();
if (reason !== undefined) console.log(`posthog for Python is not tested: ${reason}`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Evaluated {
  readonly remote: Record<string, Value>[];
  readonly local: Record<string, Value>[];
}

describe.skipIf(reason !== undefined)("posthog for Python", () => {
  it("evaluates as the rehearsal does, remotely and by itself", async () => {
    const all = await flagged();
    const { rehearsal, token } = all.world;
    const child = spawn(python, [fileURLToPath(new URL("evaluate.py", import.meta.url))], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    child.stdin.end(JSON.stringify({ token, host: rehearsal.url, secret: all.secret, users }));
    const found = JSON.parse(await text(child.stdout)) as Evaluated;
    const faults: string[] = [];
    const unknown = new Set<string>();
    let compared = 0;
    for (const [i, user] of users.entries()) {
      const wanted = await asked(all, user);
      for (const { key, remote } of all.kinds) {
        const [far, near] = [found.remote[i]![key] ?? false, found.local[i]![key]];
        if (far !== (wanted[key] ?? false)) faults.push(`remotely ${key} of ${user.distinctId}: ${far}`);
        if (near === undefined) unknown.add(key);
        else if (near !== (wanted[key] ?? false) && remote === undefined)
          faults.push(`by itself ${key} of ${user.distinctId}: ${near}`);
        compared += near === undefined ? 1 : 2;
      }
    }
    await rehearsal.close();
    console.log(`Python: ${compared} answers, ${faults.length} differ; left to the server: ${[...unknown].join(", ")}`);
    expect(faults).toEqual([]);
    // nothing else may be left to the server than what the client cannot know
    expect([...unknown].filter((key) => all.kinds.find((kind) => kind.key === key)!.remote === undefined)).toEqual([]);
  }, 240_000);
});

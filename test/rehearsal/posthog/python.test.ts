// The official client for Python, where Python and its package are at hand; else it says why not.
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { pythonWith } from "../../tools/cache";
import { canRun } from "../../tools/run";
import { asked, flagged, type Value } from "./clients";
import { users } from "./kinds";

const { command, env, reason } = await pythonWith("posthog==7.91.1");

interface Evaluated {
  readonly remote: Record<string, Value>[];
  readonly local: Record<string, Value>[];
}

describe.skipIf(!canRun("posthog for Python", reason))("posthog for Python", () => {
  it("evaluates as the rehearsal does, remotely and by itself", async () => {
    const all = await flagged();
    const { rehearsal, token } = all.world;
    const child = spawn(command, [fileURLToPath(new URL("evaluate.py", import.meta.url))], {
      stdio: ["pipe", "pipe", "inherit"],
      env,
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

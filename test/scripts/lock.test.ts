import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withLock } from "../../scripts/engine/lock.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "golive-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fails = async () => {
  throw new Error("the work failed");
};
const file = () => path.join(folder, "lock");
const hold = (pid: number, host = os.hostname()) => writeFileSync(file(), JSON.stringify({ host, pid, key: "x" }));
const old = () => utimesSync(file(), new Date(Date.now() - 120_000), new Date(Date.now() - 120_000));
const deadPid = async () => {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid ?? 0;
};

describe("the lock", () => {
  it.each([
    { title: "free", given: () => {} },
    { title: "its holder died", given: async () => hold(await deadPid()) },
    { title: "of another machine, untouched for two minutes", given: () => (hold(1, "elsewhere"), old()) },
    { title: "its pid was given to another process", given: () => (hold(process.ppid), old()) },
  ])("taken at once when $title", async ({ given }) => {
    await given();
    const waits: string[] = [];
    const result = await withLock(file(), async () => existsSync(file()), { onWait: (holder) => waits.push(holder) });
    expect({ result, waits, left: readdirSync(folder) }).toEqual({ result: true, waits: [], left: [] });
  });

  it("held by a living process: waits until it is released, or until it is told to stop", async () => {
    hold(process.ppid);
    const stop = new AbortController();
    const stopped = withLock(file(), fails, { signal: stop.signal, onWait: () => stop.abort(new Error("stop")) });
    await expect(stopped).rejects.toThrow();
    const result = withLock(file(), async () => "mine", { onWait: () => rmSync(file()) });
    expect(await result).toBe("mine");
  });

  it("released when the work fails", async () => {
    await expect(withLock(file(), fails)).rejects.toThrow("the work failed");
    expect(readdirSync(folder)).toEqual([]);
  });
});

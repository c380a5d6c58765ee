// An `up` of half an hour with tokens of five minutes: the clock is this process's own, in which both golive and the rehearsal run;
// the token command is a real process, which asks the rehearsal for a login.
import { resolveConfig } from "@golive/provider/config";
import { lifecycle } from "@golive/provider/lifecycle";
import { Journal } from "@golive/provider/lifecycle/journal";
import { platformOf } from "@golive/provider/platforms/connect";
import type { Kind } from "@golive/provider";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

let rehearsal: Rehearsal;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "golive-half-hour-"));
  rehearsal = await createRehearsal();
});
afterEach(async () => {
  vi.useRealTimers();
  await rehearsal.close();
  rmSync(folder, { recursive: true });
});

/** A command that logs in at the rehearsal and prints the token, with the number of its runs in a file. */
function tokenCommand(seconds: number): { command: string; runs: () => number } {
  const [file, log] = ["login.cjs", "runs"].map((name) => path.join(folder, name)) as [string, string];
  writeFileSync(log, "");
  writeFileSync(
    file,
    `require("node:fs").appendFileSync(${JSON.stringify(log)}, "x");
fetch(${JSON.stringify(`${rehearsal.url}/_rehearsal/tokens`)}, {
  method: "POST",
  headers: { authorization: "Bearer ${rehearsal.token}", "content-type": "application/json" },
  body: JSON.stringify({ seconds: ${seconds} }),
}).then((answer) => answer.json()).then(({ token }) => console.log(token));`,
  );
  return { command: `"${process.execPath}" "${file}"`, runs: () => readFileSync(log, "utf8").length };
}
function platformBy(env: Record<string, string>) {
  const resolved = resolveConfig(() => undefined, { GOLIVE_REHEARSAL: rehearsal.url, GOLIVE_RETRIES: "0", ...env });
  if ("problems" in resolved) throw new Error(JSON.stringify(resolved.problems));
  return platformOf(resolved.config);
}

test("an up of 30 minutes, a step each 30 seconds, with tokens of five minutes", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const begun = Date.now();
  const { command, runs } = tokenCommand(300);
  const platform = platformBy({ GOLIVE_TOKEN_COMMAND: command });
  const life = (kind: Kind) =>
    lifecycle(kind, () => ({ platform, problems: [] }), new Journal(path.join(folder, "journal")));
  const { id: project } = await life("Project").create({ name: "Long" });
  const flags = life("FeatureFlag");
  let steps = 1;
  for (; Date.now() - begun < 30 * 60_000; steps++) {
    vi.setSystemTime(Date.now() + 30_000);
    const { inputs } = flags.check({}, { project, slug: `flag-${steps}`, name: `Flag ${steps}` });
    const { id, outs } = await flags.create(inputs);
    expect((await flags.read(id, outs))?.id).toBe(id);
  }
  expect(steps).toBe(61);
  // each is used until half a minute before its end: 30 / 4.5
  expect(runs()).toBe(7);
});

test("with one token of five minutes it fails, and says how to get further", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const answer = await fetch(`${rehearsal.url}/_rehearsal/tokens`, {
    method: "POST",
    headers: { authorization: `Bearer ${rehearsal.token}`, "content-type": "application/json" },
    body: JSON.stringify({ seconds: 300 }),
  });
  const platform = platformBy({ GOLIVE_TOKEN: ((await answer.json()) as { token: string }).token });
  const read = () => platform.stores.Project!.list!({});
  expect(await read()).toHaveLength(1);
  vi.setSystemTime(Date.now() + 300_000);
  await expect(platformBy({ GOLIVE_TOKEN: "never" }).account()).rejects.toThrow(/401/);
  await expect(platform.stores.FeatureFlag!.list!({})).rejects.toThrow(/about five minutes.*GOLIVE_TOKEN_COMMAND/);
});

test("a token that is revoked before its end is replaced, in the middle of a write too", async () => {
  const { command, runs } = tokenCommand(3_600);
  const platform = platformBy({ GOLIVE_TOKEN_COMMAND: command });
  const life = lifecycle("Project", () => ({ platform, problems: [] }), new Journal(path.join(folder, "journal")));
  await platform.account();
  rehearsal.faults.add({ path: "/graphql", status: 401, times: 1 });
  expect((await life.create({ name: "Revoked" })).id).toMatch(/^project_/);
  expect(runs()).toBe(2);
});

// The newest official clients at the rehearsal, where they are: whatever they have a method for is answered as they expect.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mutate, unlockedWorld, type World } from "../rig";

const python = process.env["GOLIVE_PYTHON"] ?? "python3";
const probe = spawnSync(python, ["-c", "from importlib.metadata import version; print(version('workos'))"], {
  encoding: "utf8",
});
const version = probe.status === 0 ? probe.stdout.trim() : undefined;
const isNew = Number(version?.split(".")[0]) >= 10;
if (!isNew)
  process.stdout.write(
    `newest clients: Python's skipped, ${python} has ${version ? `workos ${version}` : "no package workos"} (pip install workos==10.8.0; GOLIVE_PYTHON names another python)\n`,
  );

let world: World;
beforeAll(async () => {
  world = await unlockedWorld();
  await mutate(world.dash, "createFlag", { projectId: world.project, slug: "beta", name: "Beta", userId: "user_1" });
});
afterAll(() => world.rehearsal.close());

it.skipIf(!isNew)("Python: every call is answered as the client expects", async () => {
  const script = fileURLToPath(new URL("contract.py", import.meta.url));
  const child = spawn(python, [script, world.rehearsal.url, world.staging.key], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
  const [code] = (await once(child, "close")) as [number];
  expect(code).toBe(0);
  const calls = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { name: string; fault: string | null });
  process.stdout.write(
    `newest clients: Python's workos ${version}, ${calls.length} calls, ${new Set(calls.map(({ name }) => name)).size} of different kinds\n`,
  );
  expect(calls.filter(({ fault }) => fault !== null)).toEqual([]);
  expect(calls.length).toBeGreaterThan(60);
});

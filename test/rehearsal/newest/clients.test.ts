// The newest official clients at the rehearsal, where they are: whatever they have a method for is answered as they expect.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mutate, unlockedWorld, type World } from "../rig";

const say = (text: string) => process.stdout.write(`newest clients: ${text}\n`);
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const python = process.env["GOLIVE_PYTHON"] ?? "python3";
const probe = spawnSync(python, ["-c", "from importlib.metadata import version; print(version('workos'))"], {
  encoding: "utf8",
});
const version = probe.status === 0 ? probe.stdout.trim() : undefined;
const hasPython = Number(version?.split(".")[0]) >= 10;
if (!hasPython)
  say(
    `Python's skipped, ${python} has ${version ? `workos ${version}` : "no package workos"} (pip install workos==10.8.0; GOLIVE_PYTHON names another python)`,
  );

/** A folder where `npm install node@24 @workos-inc/node@11` was run: that client takes no older Node.js. */
const folder = process.env["GOLIVE_NEWEST_NODE"];
const node = folder === undefined ? undefined : path.join(folder, "node_modules", "node", "bin", "node");
const hasNode = node !== undefined && existsSync(node);
if (!hasNode) say("Node.js' skipped, GOLIVE_NEWEST_NODE names no folder with node@24 and @workos-inc/node@11");

let world: World;
beforeAll(async () => {
  world = await unlockedWorld();
});
afterAll(() => world.rehearsal.close());

/** What the calls of a script came to, each a line of JSON. */
async function callsOf(what: string, command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
  const [code] = (await once(child, "close")) as [number];
  const calls = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { name: string; fault: string | null });
  const kinds = new Set(calls.map(({ name }) => name)).size;
  say(`${what}, ${calls.length} calls of ${kinds} kinds, ${calls.filter(({ fault }) => fault).length} faults`);
  expect(calls.filter(({ fault }) => fault !== null)).toEqual([]);
  expect([code, kinds > 40]).toEqual([0, true]);
}
/** An environment of its own, in which there is a flag. */
async function fresh(name: string): Promise<string> {
  const other = await mutate(
    world.dash,
    "createProjectWithNewEnvironments",
    { name },
    "... on ProjectCreated { project { id environments { id } } }",
  );
  const { id } = other["project"] as { id: string };
  const project = world.rehearsal.projects.find((one) => one.id === id)!;
  const flag = { projectId: id, slug: "beta", name: "Beta", userId: "user_1" };
  expect((await mutate(world.dash, "createFlag", flag)).__typename).toBe("FlagCreated");
  return project.environments[0]!.apiKey!;
}

it.skipIf(!hasPython)("Python: every call is answered as the client expects", async () => {
  const key = await fresh("Python");
  await callsOf(`Python's workos ${version}`, python, [script("contract.py"), world.rehearsal.url, key]);
});

it.skipIf(!hasNode)("Node.js: every call is answered as the client expects", async () => {
  const key = await fresh("Node.js");
  await callsOf("Node.js' @workos-inc/node", node!, [
    script("contract.mjs"),
    folder!,
    String(world.rehearsal.port),
    key,
  ]);
});

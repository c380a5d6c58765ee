// The newest official clients at the rehearsal, where they are: whatever they have a method for is answered as they expect.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pythonWith } from "../../tools/cache";
import { newestNode } from "../../tools/node";
import { canRun } from "../../tools/run";
import { mutate, unlockedWorld, type World } from "../rig";

const say = (text: string) => process.stdout.write(`newest clients: ${text}\n`);
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const python = await pythonWith("workos==10.8.0");
const { node, reason: noNode } = await newestNode();

let world: World;
beforeAll(async () => {
  world = await unlockedWorld();
});
afterAll(() => world.rehearsal.close());

/** What the calls of a script came to, each a line of JSON. */
async function callsOf(what: string, command: string, args: readonly string[], env = process.env): Promise<void> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"], env });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
  const [code] = (await once(child, "close")) as [number];
  const calls = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { name: string; fault: string | null });
  const kinds = new Set(calls.map(({ name }) => name)).size;
  const differing = calls.filter(({ fault }) => fault !== null);
  say(`${what}, ${calls.length} calls of ${kinds} kinds, ${differing.length} faults`);
  for (const { name, fault } of differing) say(`  ${name}: ${fault}`);
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

it.skipIf(!canRun("the newest Python client", python.reason))(
  "Python: every call is answered as the client expects",
  async () => {
    const key = await fresh("Python");
    await callsOf(
      "Python's workos 10.8.0",
      python.command,
      [script("contract.py"), world.rehearsal.url, key],
      python.env,
    );
  },
);

it.skipIf(!canRun("the newest Node.js client", noNode))(
  "Node.js: every call is answered as the client expects",
  async () => {
    const key = await fresh("Node.js");
    await callsOf("Node.js' @workos-inc/node 11.0.0 on Node.js 24", node!, [
      script("contract.mjs"),
      String(world.rehearsal.port),
      key,
    ]);
  },
);

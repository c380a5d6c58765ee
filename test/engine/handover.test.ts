// Natural keys that change hands on the real engine, which deletes last: what can be done is, what cannot is refused with the way.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStack, type Result, type Stack } from "./harness";
import { rehearsalEnv } from "./rehearsal";

const program = `const golive = require("@golive/pulumi");
const { environments, hooks, apps } = require("./inputs.json");
const project = new golive.Project("project", { name: "Shop" });
const place = new golive.Environment("place", { project, name: "Staging", type: "staging" });
for (const [key, name] of Object.entries(environments)) new golive.Environment(key, { project, name, type: "staging" });
for (const [key, path] of Object.entries(hooks))
  new golive.WebhookEndpoint(key, { environment: place, url: "https://a.example.com/" + path, events: ["user.created"] });
for (const [key, name] of Object.entries(apps)) new golive.Application(key, { environment: place, name });`;
const base = {
  environments: { e1: "One", e2: "Two" },
  hooks: { h1: "one", h2: "two" },
  apps: { a1: "one", a2: "two" },
};
const words = (text: string) => text.replaceAll(/\s+/g, " ");
const changed = ({ steps }: Result): string[] =>
  steps
    .flatMap(({ op, name, type }) => (type.includes("golive:") && op !== "same" ? [`${op} ${name}`] : []))
    .toSorted();

describe("natural keys that change hands", () => {
  let rehearsal: Rehearsal;
  let stack: Stack;
  const declare = (inputs: object) => stack.write({ "inputs.json": JSON.stringify({ ...base, ...inputs }) });
  beforeAll(async () => {
    rehearsal = await createRehearsal();
    const files = { "index.js": program, "inputs.json": JSON.stringify(base) };
    stack = await createStack({ program: files, env: rehearsalEnv(rehearsal) });
    await stack.up();
  });
  afterAll(async () => {
    await stack.dispose();
    await rehearsal.close();
  });

  it("two that swap theirs are refused at preview, with the way, before anything is asked", async () => {
    const before = rehearsal.requestCount();
    for (const [swapped, property, taken] of [
      [{ environments: { e1: "Two", e2: "One" } }, "name", ["One", "Two"]],
      [{ hooks: { h1: "two", h2: "one" } }, "url", ["https://a.example.com/one", "https://a.example.com/two"]],
    ] as const) {
      declare(swapped);
      const said = words((await stack.preview({ expectFailure: true })).stdout);
      // whichever of the two the engine asks about last
      const sentences = taken.map(
        (key) => `becomes "${key}", which another resource of this program leaves in the same deploy`,
      );
      expect(sentences.filter((sentence) => said.includes(sentence))).toHaveLength(1);
      expect(said).toContain(`Deploy one of them with a free ${property} first, then both as they are to be`);
    }
    expect(rehearsal.requestCount()).toBe(before);
  });

  it("applications, which may share a name, swap theirs", async () => {
    declare({ apps: { a1: "two", a2: "one" } });
    expect(changed(await stack.up())).toEqual(["update a1", "update a2"]);
    expect(changed(await stack.refresh())).toEqual([]);
    declare({});
    await stack.up();
  });

  it("those in a row wait for each other, in one deploy", async () => {
    declare({ environments: { e1: "Two", e2: "Three" }, hooks: { h1: "two", h2: "three" } });
    expect(changed(await stack.up())).toEqual(["update e1", "update e2", "update h1", "update h2"]);
    expect(changed(await stack.refresh())).toEqual([]);
  });

  it("what one that goes has, another gets in the deploy after: the error says so", async () => {
    const gone = { environments: { e1: "Two" }, hooks: { h1: "two" }, apps: { a1: "one" } };
    const given = { environments: { e1: "Three" }, hooks: { h1: "three" }, apps: { a1: "two" } };
    declare(given);
    const said = words((await stack.up({ expectFailure: true, args: ["--continue-on-error"] })).stdout);
    expect(said).toMatch(/its name would be "Three", which environment_\w+ has\. The engine deletes last/);
    expect(said).toMatch(
      /its url would be "https:\/\/a.example.com\/three", which we_\w+ has\. The engine deletes last/,
    );
    declare({ ...gone, apps: given.apps });
    await stack.up();
    declare(given);
    expect(changed(await stack.up())).toEqual(["update e1", "update h1"]);
    expect(changed(await stack.refresh())).toEqual([]);
  });
});

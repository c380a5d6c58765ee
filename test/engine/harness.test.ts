import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Backend, createStack, waitFor, type Stack } from "./harness";

const program = { folder: fileURLToPath(new URL("probe", import.meta.url)) };
const none = { create: 0, update: 0, same: 0, delete: 0, replace: 0, read: 0 };

describe("the life of a stack on the real engine", () => {
  const backend = new Backend();
  const objects = mkdtempSync(path.join(backend.folder, "objects-"));
  const change = (id: string, fields: object): void => {
    const file = path.join(objects, id);
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), ...fields }));
  };
  let stack: Stack;

  beforeAll(async () => {
    const config = { "probe:secret": { secret: "hush-in-config" } };
    stack = await createStack({ program, env: { PROBE_FOLDER: objects }, config, backend });
  });
  afterAll(() => backend.dispose());

  const size = (value: string) => () => stack.setConfig({ "probe:size": value });
  // In order: each row starts from the state that the row above leaves.
  it.each([
    { step: "preview of a new stack", verb: "preview", expected: { create: 2 } },
    { step: "create", verb: "up", expected: { create: 2 } },
    { step: "no change", verb: "up", expected: { same: 2 } },
    { step: "update", given: size("large"), verb: "up", expected: { update: 1, same: 1 } },
    { step: "refresh without drift", verb: "refresh", expected: { same: 2 } },
    {
      step: "drift",
      given: () => change("probe-0", { size: "tiny" }),
      verb: "refresh",
      expected: { same: 1, update: 1 },
    },
    { step: "drift is corrected", verb: "up", expected: { update: 1, same: 1 } },
    {
      step: "gone",
      given: () => rmSync(path.join(objects, "probe-1")),
      verb: "refresh",
      expected: { same: 1, delete: 1 },
    },
    { step: "made again", verb: "up", expected: { create: 1, same: 1 } },
    {
      step: "replace",
      given: () => stack.setConfig({ "probe:place": "there" }),
      verb: "up",
      expected: { replace: 1, update: 1 },
    },
    {
      step: "delete",
      given: () => stack.setConfig({ "probe:second": "no" }),
      verb: "up",
      expected: { same: 1, delete: 1 },
    },
    { step: "destroy", verb: "destroy", expected: { delete: 1 } },
  ] as const)("$step", async (row) => {
    if ("given" in row) await row.given?.();
    const { summary } = await stack[row.verb]();
    expect(summary).toEqual({ ...none, ...row.expected });
    expect(stack.backend.processes()).toEqual([]);
  });

  it("leaves nothing behind", async () => {
    expect(readdirSync(objects)).toEqual([]);
    expect((await stack.export()).resources).toEqual([]);
  });
});

describe("what a test can see", () => {
  let backend: Backend;
  let env: { PROBE_FOLDER: string };
  beforeAll(() => {
    backend = new Backend();
    env = { PROBE_FOLDER: mkdtempSync(path.join(backend.folder, "objects-")) };
  });
  afterAll(() => backend.dispose());

  it("secrets: encrypted in state, absent from every output, readable by outputs()", async () => {
    const config = { "probe:secret": { secret: "hush-in-config" } };
    const stack = await createStack({ program, env, config, backend, name: "secret" });
    const { stdout, stderr } = await stack.up({ args: ["--diff"] });
    const { text, resources } = await stack.export();
    for (const secret of ["hush-in-config", "token-of-probe-0"]) expect(stdout + stderr + text).not.toContain(secret);
    expect(resources.find(({ urn }) => urn.endsWith("::second"))?.inputs?.["secret"]).toHaveProperty("ciphertext");
    expect(await stack.outputs()).toMatchObject({ token: "token-of-probe-0" });
  });

  it("a failed check: its message is a diagnostic of the resource, and nothing is made", async () => {
    const stack = await createStack({ program, env, backend, name: "refused", config: { "probe:size": "huge" } });
    const { diagnostics, summary } = await stack.preview({ expectFailure: true });
    const [error] = diagnostics.filter(({ severity }) => severity === "error");
    expect(error?.urn).toMatch(/::first$/);
    expect(error?.message).toContain("too big: small or large");
    expect(summary).toEqual(none);
  });

  it("a stack reads another of the same backend; a TypeScript program runs", async () => {
    const output = `exports.greeting = "hello";`;
    const source = await createStack({ program: output, backend, project: "source" });
    await source.up();
    const reader = `import * as pulumi from "@pulumi/pulumi";
      const name: string = "organization/source/dev";
      export const heard = new pulumi.StackReference(name).getOutput("greeting");`;
    const stack = await createStack({ program: { "index.ts": reader }, backend, project: "reader" });
    await stack.up();
    expect(await stack.outputs()).toEqual({ heard: "hello" });
  });

  it("an operation that is killed: its plugins are found and ended by dispose", async () => {
    const own = new Backend();
    const stack = await createStack({ program, env, backend: own, config: { "probe:size": "hang" } });
    const operation = stack.start("up");
    await waitFor(() => operation.events().steps.some(({ name }) => name === "first"), "the creation to begin");
    const [plugin] = await waitFor(() => operation.plugins().length > 0 && operation.plugins(), "the plugin to run");
    expect(plugin?.pid).toBeGreaterThan(0);
    operation.kill("SIGKILL");
    const { exitCode, summary } = await operation.done;
    expect({ exitCode, summary }).toEqual({ exitCode: null, summary: none });
    await own.dispose();
    expect(own.processes()).toEqual([]);
  });
});

// The real plugin process over gRPC, as the engine drives it, where the engine itself would hide what happens.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { rehearsalEnv } from "../engine/rehearsal";
import { loader, type Plugin, startPlugin } from "./plugin";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("the dynamic door", () => {
  let rehearsal: Rehearsal;
  let plugin: Plugin;

  beforeAll(async () => {
    rehearsal = await createRehearsal();
  });
  afterAll(() => rehearsal.close());
  afterEach(() => plugin.stop());

  const project = (inputs: object) => ({ __provider: loader("Project"), ...inputs });

  it("validates concurrent first checks, every one of them", async () => {
    plugin = await startPlugin({}, rehearsalEnv(rehearsal));
    const answers = await Promise.all(Array.from({ length: 8 }, () => plugin.check(project({ name: 7 }))));
    for (const { failures } of answers) expect(failures.map(({ property }) => property)).toEqual(["name"]);
  });

  it("checks again after a configuration that is wrong, instead of letting all pass", async () => {
    plugin = await startPlugin({}, { ...rehearsalEnv(rehearsal), GOLIVE_TIMEOUT: "soon" });
    for (let i = 0; i < 2; i++) {
      const { failures } = await plugin.check(project({ name: "Shop" }));
      expect(failures).toEqual([
        { property: "provider.timeout", reason: expect.stringContaining("GOLIVE_TIMEOUT") as string },
      ]);
    }
  });

  it("lets unknown values pass and carries the loader through", async () => {
    plugin = await startPlugin({}, rehearsalEnv(rehearsal));
    const written = { __provider: loader("Environment"), project: unknown, name: "QA", type: "staging" };
    const { inputs, failures } = await plugin.check(written);
    expect(failures).toEqual([]);
    expect(inputs).toEqual({ ...written, deletionProtection: false });
  });

  it("takes stack config after the variables, and an explicit provider before them", async () => {
    const { url, token } = rehearsal;
    const config = { "golive:platform": "rehearsal", "golive:endpoint": url, "golive:token": token };
    plugin = await startPlugin(config, { GOLIVE_TOKEN: "dash_of-the-variable" });
    await expect(plugin.create(project({ name: "Late", includeProduction: true }))).rejects.toThrow(/GOLIVE_TOKEN/);
    await plugin.stop();
    plugin = await startPlugin({ ...config, "golive:explicit": "true" }, { GOLIVE_TOKEN: "dash_of-the-variable" });
    const { id } = await plugin.create(project({ name: "Explicit", includeProduction: true }));
    expect(id).toMatch(/^project_/);
  });

  it("answers a diff with yes or no, and the inputs that replace", async () => {
    plugin = await startPlugin({}, rehearsalEnv(rehearsal));
    const flag = { __provider: loader("FeatureFlag"), project: "project_1", slug: "a", name: "A" };
    expect(await plugin.diff(flag, flag)).toEqual({ changes: 1, replaces: [] });
    expect(await plugin.diff(flag, { ...flag, name: "B" })).toEqual({ changes: 2, replaces: [] });
    expect(await plugin.diff(flag, { ...flag, slug: "b" })).toEqual({ changes: 2, replaces: ["slug"] });
    // another version's loader text is no change
    expect(await plugin.diff({ ...flag, __provider: "older" }, flag)).toEqual({ changes: 1, replaces: [] });
  });

  it.each(["SIGTERM", "SIGINT"] as const)("ends at once on %s when nothing runs", async (signal) => {
    plugin = await startPlugin({}, rehearsalEnv(rehearsal));
    await plugin.check(project({ name: "Shop" }));
    plugin.process.kill(signal);
    expect(await plugin.exited()).toBe(0);
  });

  it("lets what runs end within its grace, and starts nothing more", async () => {
    plugin = await startPlugin({}, rehearsalEnv(rehearsal));
    rehearsal.faults.add({ operation: "createProjectWithNewEnvironments", latencyMs: 800, times: 1 });
    const running = plugin.create(project({ name: "Slow", includeProduction: true }));
    const before = rehearsal.requestCount();
    while (
      !rehearsal.requests().some(({ operation }) => operation === "currentTeam") ||
      rehearsal.requestCount() === before
    )
      await new Promise((resolve) => setImmediate(resolve));
    plugin.process.kill("SIGTERM");
    // it was made: its id is kept, and reading it back, a new request, is what was not begun
    await expect(running).rejects.toThrow(/stopped before this was sent/);
    expect(await plugin.exited()).toBe(0);
  });

  it("ends by itself when the engine is gone", async () => {
    plugin = await startPlugin({}, rehearsalEnv(rehearsal));
    await plugin.check(project({ name: "Shop" }));
    plugin.endEngine();
    expect(await plugin.exited()).toBe(0);
  });
});

// Whose an object is, as the journal of this computer has it.
import { appendFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { ObjectExists } from "@golive/provider";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type Bag, inputsOf } from "./declared";
import { refusal, rig, urn } from "./rig";

const app = (given: Bag = {}) => inputsOf("Application", given);

describe("what the journal says of owners", () => {
  test("another stack's object is named, also for two stacks of one folder, with the ways to share it", async () => {
    const { life, store, restarted } = rig("Application");
    await life.create(app(), urn("web", "staging"));
    store.calls.length = 0;
    const error = await refusal(restarted().create(app(), urn("web", "production")));
    expect(error).toBeInstanceOf(ObjectExists);
    expect(error.message).toContain('application_1 belongs to "web" of stack staging, project shop. ');
    for (const way of ["StackReference", "pulumi state delete", 'adopt: "application_1"'])
      expect(error.message).toContain(way);
    expect(store.calls).toEqual(["find"]);
  });

  test("so it is with what another stack claimed, until that lets it go", async () => {
    const { life, store, restarted } = rig("Application");
    store.seed("app_1", app({ isDefault: true }));
    store.builtIn = "app_1";
    store.keeps = "it was reset and kept";
    const inputs = app({ isDefault: true });
    const { outs } = await life.create(inputs, urn("web", "staging"));
    const error = await refusal(restarted().create(inputs, urn("web", "production")));
    expect(error.message).toContain('app_1 belongs to "web" of stack staging');
    await restarted().delete("app_1", outs, urn("web", "staging"));
    expect(await restarted().create(inputs, urn("web", "production"))).toMatchObject({ id: "app_1" });
  });

  test("adopting takes it from the other stack", async () => {
    const { life, restarted } = rig("Application");
    await life.create(app(), urn("web", "staging"));
    expect(await restarted().create(app({ adopt: true }), urn("web", "production"))).toMatchObject({
      id: "application_1",
    });
    expect((await refusal(restarted().create(app(), urn("web", "staging")))).message).toContain("stack production");
  });

  test("the same resource finds its own again, from whatever folder", async () => {
    const { life, restarted } = rig("Application");
    await life.create(app(), urn("web"));
    const elsewhere = vi.spyOn(process, "cwd").mockReturnValue(os.tmpdir());
    onTestFinished(() => elsewhere.mockRestore());
    expect(await restarted().create(app(), urn("web"))).toMatchObject({ id: "application_1" });
  });

  test("a key that this resource was shown, and no state has, is made again; that of another name is not", async () => {
    const { life, store, restarted } = rig("ApiKey");
    await life.create(inputsOf("ApiKey"), urn("key"));
    store.seed("apikey_1", { ...store.objects.get("apikey_1"), secretHeld: false });
    store.calls.length = 0;
    const renamed = await refusal(restarted().create(inputsOf("ApiKey"), urn("other")));
    expect(renamed.message).toContain(
      'apikey_1 is "key" of stack dev, project shop, and its secret is not shown again',
    );
    expect(renamed.message).toContain("`aliases`");
    expect(store.calls).toEqual(["find"]);
    expect(await restarted().create(inputsOf("ApiKey"), urn("key"))).toMatchObject({ id: "apikey_2" });
  });

  test("what a run that died made is replaced where the program asks for another kind by now", async () => {
    const { life, store, restarted } = rig("Application");
    await life.create(app(), urn("web"));
    store.calls.length = 0;
    expect(await restarted().create(app({ kind: "native" }), urn("web"))).toMatchObject({ id: "application_2" });
    expect(store.calls).toEqual(["find", "delete", "create"]);
  });

  test("what an earlier build wrote down counts for its folder still", async () => {
    const { store, folder, keyOf, restarted } = rig("Application");
    const line = { key: keyOf(app()), id: "app_7", at: Date.now() };
    writeFileSync(path.join(folder, `${new Date().toISOString().slice(0, 10)}.jsonl`), `${JSON.stringify(line)}\n`);
    store.seed("app_7", app());
    expect(await restarted().create(app(), urn("web"))).toMatchObject({ id: "app_7" });
  });

  test.each(['{"key":"to', "null", "7", "", "\u0000"])("a line that was torn (%j) hides no other", async (torn) => {
    const { life, folder, restarted } = rig("Application");
    const file = path.join(folder, `${new Date().toISOString().slice(0, 10)}.jsonl`);
    writeFileSync(file, torn);
    await life.create(app(), urn("web"));
    appendFileSync(file, torn);
    expect(await restarted().create(app(), urn("web"))).toMatchObject({ id: "application_1" });
  });
});

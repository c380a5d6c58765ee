import { existsSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Kind, ObjectExists, PartlyDone } from "@golive/provider";
import { lifecycle } from "@golive/provider/lifecycle";
import { Journal } from "@golive/provider/lifecycle/journal";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type Bag, inputsOf } from "./declared";
import { refusal, rig } from "./rig";

const app = (given: Bag = {}) => inputsOf("Application", given);

describe("a process that died between the platform's write and the engine's state", () => {
  test("before it had the answer: the next one takes the object over, and brings it", async () => {
    const { store, journal, keyOf, restarted } = rig("Application");
    journal.begin(keyOf(app()));
    store.seed("app_7", app());
    expect(await restarted().create(app({ homepageUrl: "https://shop.example.com" }))).toMatchObject({ id: "app_7" });
    expect(store.calls).toEqual(["find", "update homepageUrl"]);
  });

  test("while it waited for the answer: likewise", async () => {
    const { life, store, restarted } = rig("Application");
    const { create } = store;
    store.create = (inputs) => create(inputs).then(() => new Promise(() => {}));
    void life.create(app());
    await expect.poll(() => store.objects.size).toBe(1);
    expect(await restarted().create(app())).toMatchObject({ id: "application_1" });
    expect(store.objects.size).toBe(1);
  });

  test("after it had half of the object: likewise", async () => {
    const { life, store, restarted } = rig("Application");
    const partly = new PartlyDone("application_1", {}, ["credentials"], new Error("no"));
    store.faults.push({ verb: "create", when: "after", error: partly });
    await refusal(life.create(app()));
    expect(await restarted().create(app())).toMatchObject({ id: "application_1" });
  });

  test("after it had the answer: likewise", async () => {
    const { life, store, restarted } = rig("Application");
    await life.create(app());
    expect(await restarted().create(app())).toMatchObject({ id: "application_1" });
    expect(store.objects.size).toBe(1);
  });

  test("what was healed is closed: a later object of that key is somebody else's", async () => {
    const { store, journal, keyOf, restarted } = rig("Application");
    journal.begin(keyOf(app()));
    store.seed("app_7", app());
    await restarted().create(app());
    store.objects.clear();
    store.seed("app_8", app());
    expect(await refusal(restarted().create(app()))).toBeInstanceOf(ObjectExists);
  });

  test.each<[string, string, Kind]>([
    ["of another id", "app_8", "Application"],
    ["of another kind", "application_1", "ApiKey"],
  ])("what was made does not make an object ours %s", async (_, id, kind) => {
    const { life, platform, store, folder } = rig("Application");
    await life.create(app());
    store.objects.clear();
    platform.memory[kind].seed(id, inputsOf(kind, { name: "web" }));
    const next = lifecycle(kind, () => ({ platform, problems: [] }), new Journal(folder));
    expect(await refusal(next.create(inputsOf(kind, { name: "web" })))).toBeInstanceOf(ObjectExists);
  });

  test("what was begun days ago counts no more, and is cleared away", async () => {
    const { store, folder, keyOf, restarted } = rig("Application");
    const old = path.join(folder, "2020-01-01.jsonl");
    writeFileSync(old, `${JSON.stringify({ key: keyOf(app()), open: true })}\n`);
    store.seed("app_7", app());
    expect(await refusal(restarted().create(app()))).toBeInstanceOf(ObjectExists);
    expect(existsSync(old)).toBe(false);
  });

  test("what was made more than an hour ago is in somebody's state", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-06-01T12:00:00Z") });
    onTestFinished(() => void vi.useRealTimers());
    const { life, restarted } = rig("Application");
    await life.create(app());
    vi.setSystemTime(new Date("2026-06-01T13:00:01Z"));
    expect(await refusal(restarted().create(app()))).toBeInstanceOf(ObjectExists);
  });

  test("what another program made, in its own folder, is its own", async () => {
    const { life, restarted } = rig("Application");
    await life.create(app());
    const elsewhere = vi.spyOn(process, "cwd").mockReturnValue(os.tmpdir());
    onTestFinished(() => elsewhere.mockRestore());
    expect(await refusal(restarted().create(app()))).toBeInstanceOf(ObjectExists);
  });

  test("a key whose value a finished run was shown is never deleted: another stack may live on it", async () => {
    const { life, store, restarted } = rig("ApiKey");
    await life.create(inputsOf("ApiKey"));
    store.seed("apikey_1", { ...store.objects.get("apikey_1"), secretHeld: false });
    store.calls.length = 0;
    const error = await refusal(restarted().create(inputsOf("ApiKey")));
    expect(error).toBeInstanceOf(ObjectExists);
    expect(error.message).toContain("another stack may hold it. If nobody does, delete apikey_1, or add `adopt:");
    expect(store.calls).toEqual(["find"]);
  });

  test("a key whose value nobody was shown is made again", async () => {
    const { store, journal, keyOf, restarted } = rig("ApiKey");
    journal.begin(keyOf(inputsOf("ApiKey")));
    store.seed("apikey_7", { ...inputsOf("ApiKey"), secretHeld: false });
    store.once = { value: "sk_second" };
    expect((await restarted().create(inputsOf("ApiKey"))).outs).toMatchObject({ value: "sk_second" });
    expect(store.calls).toEqual(["find", "delete", "create"]);
  });

  test("another account's object of the same key is not ours", async () => {
    const { platform, store, journal, keyOf, restarted } = rig("Application");
    journal.begin(keyOf(app()));
    store.seed("app_7", app());
    platform.who = { id: "account_2", name: "Other Ltd" };
    expect(await refusal(restarted().create(app()))).toBeInstanceOf(ObjectExists);
  });
});

describe("a create that half succeeds", () => {
  test("is recorded with its id, its account and without what is missing", async () => {
    const { life, store } = rig("Application");
    const cause = new Error("the client secret could not be made");
    const state = { applicationId: "app_1" };
    store.faults.push({ verb: "create", when: "after", error: new PartlyDone("app_1", state, ["credentials"], cause) });
    const error = await refusal(life.create(app({ credentials: { version: 1 } })));
    expect(error).toBeInstanceOf(PartlyDone);
    expect(error).toMatchObject({
      id: "app_1",
      state: { ...app(), applicationId: "app_1", account: "account_1" },
      missing: ["credentials"],
      message: 'Application "web" could not be created: the client secret could not be made',
    });
    expect((error as PartlyDone).state).not.toHaveProperty("credentials");
  });

  test("so that the next diff finishes it", async () => {
    const { life, store } = rig("Application");
    const declared = app({ credentials: { version: 1 } });
    const partly = new PartlyDone("app_1", {}, ["credentials"], new Error("no"));
    store.faults.push({ verb: "create", when: "after", error: partly });
    const error = await refusal(life.create(declared));
    expect(life.diff({ ...(error as PartlyDone).state }, declared)).toMatchObject({
      changed: ["credentials"],
      replaces: [],
    });
  });
});

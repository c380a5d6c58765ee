import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Ambiguous, Cancelled, type Kind, ObjectExists, PartlyDone, ServerFault } from "@golive/provider";
import { lifecycle } from "@golive/provider/lifecycle";
import { Journal } from "@golive/provider/lifecycle/journal";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type Bag, inputsOf } from "./declared";
import { refusal, rig, urn } from "./rig";

const app = (given: Bag = {}) => inputsOf("Application", given);
const ambiguous = () =>
  new Ambiguous("the connection was lost", { method: "POST", url: "https://api.example.com/applications" });

describe("an unknown outcome of create", () => {
  test("the write happened: what is found now is ours", async () => {
    const { life, store } = rig("Application");
    store.faults.push({ verb: "create", when: "after", error: ambiguous() });
    await life.create(app());
    expect(store.calls).toEqual(["find", "create", "find"]);
    expect(store.objects.size).toBe(1);
  });

  test.each([1, 3, 7])("it happens %s looks later: golive is still looking", async (looks) => {
    const { life, store, waits } = rig("Application");
    store.faults.push({ verb: "create", when: "before", error: ambiguous() });
    const { find } = store;
    let asked = 0;
    store.find = async (inputs) => {
      if (++asked === looks + 1) store.seed("app_7", app());
      return find(inputs);
    };
    expect(await life.create(app({ homepageUrl: "https://shop.example.com" }), urn("web"))).toMatchObject({
      id: "app_7",
      outs: { homepageUrl: "https://shop.example.com" },
    });
    expect(store.calls.filter((call) => call === "create")).toHaveLength(1);
    expect(waits).toHaveLength(looks);
    // each time for longer
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  });

  test("nothing is found: it is sent no second time, and the next run goes on from the journal", async () => {
    const { life, store, waits, restarted } = rig("Application");
    store.faults.push({ verb: "create", when: "before", error: ambiguous() });
    const error = await refusal(life.create(app(), urn("web")));
    expect(error).toBeInstanceOf(Ambiguous);
    expect(error.message).toBe(
      'Application "web" could not be created: the connection was lost. golive looked for what it made for half a minute and saw nothing. ' +
        "Nothing was sent twice. Run the same command again: golive goes on from its journal.",
    );
    expect(store.calls.filter((call) => call === "create")).toHaveLength(1);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(30_000);
    store.seed("app_7", app());
    expect(await restarted().create(app(), urn("web"))).toMatchObject({ id: "app_7" });
  });

  test("a look that fails proves nothing", async () => {
    const { life, store } = rig("Application");
    store.faults.push({ verb: "create", when: "after", error: ambiguous() });
    const { find } = store;
    let asked = 0;
    store.find = async (inputs) => {
      if (++asked === 2) throw new ServerFault("500", { method: "POST", url: "https://api.example.com/graphql" });
      return find(inputs);
    };
    expect(await life.create(app())).toMatchObject({ id: "application_1" });
    expect(store.objects.size).toBe(1);
  });

  test("one that is being stopped looks no further, and says what is unknown", async () => {
    const { life, store, waits } = rig("Application");
    store.faults.push({ verb: "create", when: "before", error: ambiguous() });
    const { find } = store;
    let asked = 0;
    store.find = async (inputs) => {
      if (++asked === 2) throw new Cancelled("golive was stopped");
      return find(inputs);
    };
    expect((await refusal(life.create(app()))).message).toContain("the connection was lost");
    expect(waits).toHaveLength(1);
  });

  test("a credential beside the object, which reached nobody, is issued again", async () => {
    const { life, store } = rig("Application");
    store.faults.push({ verb: "create", when: "after", error: ambiguous() });
    await life.create(app({ credentials: { version: 1 } }), urn("web"));
    expect(store.calls).toEqual(["find", "create", "find", "update credentials"]);
  });

  test("a secret that was shown once, to nobody: the object is made again", async () => {
    const { life, store } = rig("ApiKey");
    store.once = { value: "sk_second" };
    store.faults.push({ verb: "create", when: "after", error: ambiguous() });
    const inputs = inputsOf("ApiKey");
    const found = store.find;
    store.find = async (bag) => {
      const live = await found(bag);
      return live && { ...live, state: { ...live.state, secretHeld: false } };
    };
    expect((await life.create(inputs)).outs).toMatchObject({ value: "sk_second" });
    expect(store.calls).toEqual(["find", "create", "find", "delete", "create"]);
    expect(store.objects.size).toBe(1);
  });

  test("and is none that nobody knows when every answer is lost", async () => {
    const { life, store, journal, keyOf } = rig("ApiKey");
    for (let i = 0; i < 3; i++) store.faults.push({ verb: "create", when: "after", error: ambiguous() });
    const { find } = store;
    store.find = async (bag) => {
      const live = await find(bag);
      return live && { ...live, state: { ...live.state, secretHeld: false } };
    };
    const error = await refusal(life.create(inputsOf("ApiKey")));
    expect(error).toBeInstanceOf(Ambiguous);
    expect(error.message).toContain("its secret came too late each time, and it was ended again");
    expect(store.calls.filter((call) => call === "delete")).toHaveLength(3);
    expect(store.objects.size).toBe(0);
    expect(journal.trace([keyOf(inputsOf("ApiKey"))], "apikey_3")).toBeUndefined();
  });

  test("without a journal, on a computer whose home cannot be written, all the same", async () => {
    const { platform, store } = rig("Application");
    const life = lifecycle("Application", () => ({ platform, problems: [] }), new Journal("/dev/null/journal"));
    store.faults.push({ verb: "create", when: "after", error: ambiguous() });
    expect(await life.create(app())).toMatchObject({ id: "application_1" });
  });
});

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

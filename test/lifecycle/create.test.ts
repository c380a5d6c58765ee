import { Ambiguous, Forbidden, ObjectExists, PartlyDone, Refused } from "@golive/provider";
import { Journal } from "@golive/provider/lifecycle/journal";
import { lifecycle } from "@golive/provider/lifecycle";
import { describe, expect, test } from "vitest";
import { type Bag, inputsOf } from "./declared";
import { refusal, rig } from "./rig";

const app = (given: Bag = {}) => inputsOf("Application", given);
const exchange = { method: "POST", url: "https://api.example.com/applications" };
const ambiguous = () => new Ambiguous("the connection was lost", exchange);

describe("create", () => {
  test("looks for a twin, makes the object, and answers inputs, outputs and account", async () => {
    const { life, store } = rig("Application");
    store.once = { clientSecret: "s3cret" };
    const inputs = app({ homepageUrl: "https://shop.example.com" });
    expect(await life.create(inputs)).toEqual({
      id: "application_1",
      outs: { ...inputs, applicationId: "application_1", clientSecret: "s3cret", account: "account_1" },
    });
    expect(store.calls).toEqual(["find", "create"]);
  });

  test("names the twin, writes nothing, and says how to adopt it", async () => {
    const { life, store } = rig("Application");
    store.seed("app_7", app());
    const error = await refusal(life.create(app()));
    expect(error).toBeInstanceOf(ObjectExists);
    expect(error.message).toBe(
      'Application "web" could not be created: app_7 exists already, and this stack did not make it. ' +
        'To manage it from here, add `adopt: "app_7"`; to keep both, choose another natural key.',
    );
    expect(store.calls).toEqual(["find"]);
  });

  test("passes on what the platform refuses, and forgets that it began", async () => {
    const { life, store, restarted } = rig("Application");
    store.faults.push({
      verb: "create",
      when: "before",
      error: new Forbidden("may not", { ...exchange, status: 403 }),
    });
    const error = await refusal(life.create(app()));
    expect(error).toBeInstanceOf(Forbidden);
    expect(error.message).toBe('Application "web" could not be created: may not');
    store.seed("app_7", app());
    expect(await refusal(restarted().create(app()))).toBeInstanceOf(ObjectExists);
  });
});

describe("adopt", () => {
  test.each<[string, string | boolean, string[]]>([
    ["by id", "app_7", ["read", "update homepageUrl"]],
    ["by natural key", true, ["find", "update homepageUrl"]],
  ])("%s: brings what differs to what is declared", async (_, adopt, calls) => {
    const { life, store } = rig("Application");
    store.seed("app_7", app({ homepageUrl: "https://old.example.com" }));
    const { id, outs } = await life.create(app({ adopt, homepageUrl: "https://new.example.com" }));
    expect([id, outs["homepageUrl"], outs["account"]]).toEqual(["app_7", "https://new.example.com", "account_1"]);
    expect(store.objects.get("app_7")).toMatchObject({ homepageUrl: "https://new.example.com" });
    expect(store.calls).toEqual(calls);
  });

  test.each<[string, string | boolean, RegExp]>([
    ["no such id", "app_9", /there is no Application app_9 to adopt\. Check its id/],
    ["no such natural key", true, /there is no such Application to adopt\. Remove `adopt`/],
  ])("%s", async (_, adopt, message) => {
    const { life, store } = rig("Application");
    const error = await refusal(life.create(app({ adopt })));
    expect(error).toBeInstanceOf(Refused);
    expect(error.message).toMatch(message);
    expect(store.calls).not.toContain("create");
  });

  test("what nobody declared stays, and nothing is written where all agrees", async () => {
    const { life, store } = rig("Application");
    store.seed("app_7", app({ homepageUrl: "https://shop.example.com" }));
    const { outs } = await life.create(app({ adopt: true }));
    expect(outs).not.toHaveProperty("homepageUrl");
    expect(store.calls).toEqual(["find"]);
  });

  test("nothing is rotated", async () => {
    const { life, store } = rig("WebhookEndpoint");
    const inputs = inputsOf("WebhookEndpoint", { adopt: true, secretVersion: 3 });
    store.seed("we_7", { ...inputs, secretVersion: 1 });
    await life.create(inputs);
    expect(store.calls).toEqual(["find"]);
  });

  test.each<[string, Bag]>([
    ["its kind would have to change", { kind: "spa" }],
    ["its environment would", { environment: "environment_2" }],
  ])("refused where %s", async (_, differs) => {
    const { life, store } = rig("Application");
    store.seed("app_7", app());
    const error = await refusal(life.create(app({ ...differs, adopt: "app_7" })));
    expect(error).toBeInstanceOf(Refused);
    expect(error.message).toContain(`its ${Object.keys(differs)[0]} is "${app()[Object.keys(differs)[0]!]}"`);
    expect(store.calls).toEqual(["read"]);
  });

  test("people keep what is theirs", async () => {
    const { life, store } = rig("FeatureFlagRule");
    store.seed("rule_7", inputsOf("FeatureFlagRule", { enabled: true, access: "none" }));
    const ownedBy = { enabled: "people" };
    const { outs } = await life.create(
      inputsOf("FeatureFlagRule", { adopt: true, enabled: false, access: "all", ownedBy }),
    );
    expect(store.calls).toEqual(["find", "update access"]);
    expect(outs).toMatchObject({ enabled: true, access: "all" });
  });
});

describe("what the platform made by itself is claimed", () => {
  test("and brought to what is declared; no twin is looked for", async () => {
    const { life, store } = rig("Environment");
    const inputs = inputsOf("Environment", { name: "Stage" });
    store.builtIn = "environment_1";
    store.seed("environment_1", { ...inputs, name: "Staging" });
    expect(await life.create(inputs)).toMatchObject({ id: "environment_1", outs: { name: "Stage" } });
    expect(store.calls).toEqual(["claim", "update name"]);
  });

  test("also what people own is written once: nobody has edited it yet", async () => {
    const { life, store } = rig("FeatureFlagRule");
    store.builtIn = "rule_1";
    store.seed("rule_1", inputsOf("FeatureFlagRule", { enabled: false }));
    await life.create(inputsOf("FeatureFlagRule", { enabled: true, ownedBy: { enabled: "people" } }));
    expect(store.calls).toEqual(["claim", "update enabled"]);
  });
});

describe("an unknown outcome of create", () => {
  test.each<[string, ("before" | "after")[], string[], number]>([
    ["the write happened: what is found now is ours", ["after"], ["find", "create", "find"], 1],
    ["it did not: it is made once more", ["before"], ["find", "create", "find", "create"], 1],
    ["twice it did not", ["before", "before"], ["find", "create", "find", "create", "find", "create"], 1],
  ])("%s", async (_, faults, calls, objects) => {
    const { life, store } = rig("Application");
    for (const when of faults) store.faults.push({ verb: "create", when, error: ambiguous() });
    await life.create(app());
    expect(store.calls).toEqual(calls);
    expect(store.objects.size).toBe(objects);
  });

  test("three times is enough", async () => {
    const { life, store } = rig("Application");
    for (let i = 0; i < 3; i++) store.faults.push({ verb: "create", when: "before", error: ambiguous() });
    expect(await refusal(life.create(app()))).toBeInstanceOf(Ambiguous);
    expect(store.calls.filter((call) => call === "create")).toHaveLength(3);
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

  test("two resources of one program never share an object", async () => {
    const { life, store } = rig("Application");
    await life.create(app());
    expect(await refusal(life.create(app()))).toBeInstanceOf(ObjectExists);
    expect(store.objects.size).toBe(1);
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

import { Forbidden, ObjectExists, Refused } from "@golive/provider";
import { describe, expect, test } from "vitest";
import { type Bag, inputsOf } from "./declared";
import { refusal, rig } from "./rig";

const app = (given: Bag = {}) => inputsOf("Application", given);
const exchange = { method: "POST", url: "https://api.example.com/applications" };

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

describe("an error", () => {
  test("that several resources meet at once is named by each, and says it once", async () => {
    const { life, store } = rig("Application");
    const shared = new Forbidden("may not", { ...exchange, status: 403 });
    for (let i = 0; i < 2; i++) store.faults.push({ verb: "create", when: "before", error: shared });
    const errors = [await refusal(life.create(app({ name: "one" }))), await refusal(life.create(app({ name: "two" })))];
    expect(errors.map(({ message }) => message)).toEqual([
      'Application "one" could not be created: may not',
      'Application "two" could not be created: may not',
    ]);
    expect(shared.message).toBe("may not");
    // thrown on by another verb
    store.faults.push({ verb: "create", when: "before", error: errors[0]! });
    expect((await refusal(life.create(app({ name: "three" })))).message).toBe(errors[0]!.message);
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
    ["golive's own", { overlap: 60 }],
    ["what the platform does not tell", { expiresAt: undefined }],
  ])("%s is not brought", async (_, told) => {
    const { life, store } = rig("ApiKey");
    store.seed("key_7", { ...inputsOf("ApiKey"), ...told });
    await life.create(
      inputsOf("ApiKey", { adopt: true, expiresAt: "expiresAt" in told ? "2027-01-01T00:00:00Z" : undefined }),
    );
    expect(store.calls).toEqual(["find"]);
  });

  test("refused where the type of an environment would have to change", async () => {
    const { life, store } = rig("Environment");
    store.seed("environment_7", inputsOf("Environment", { type: "production" }));
    const error = await refusal(life.create(inputsOf("Environment", { adopt: true })));
    expect(error.message).toContain('its type is "production", and "staging" is declared');
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

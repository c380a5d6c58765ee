import { GoliveError, Unauthorized, WrongAccount } from "@golive/provider";
import { describe, expect, test } from "vitest";
import { type Bag, inputsOf } from "./declared";
import { known, made, refusal, rig } from "./rig";

describe("read", () => {
  test("an object that nobody touched is as written: inputs, outputs, secrets", async () => {
    const { life, id, outs } = await made("Application", { homepageUrl: "https://shop.example.com" });
    const held = { ...outs, clientSecret: "s3cret" };
    expect(await life.read(id, held)).toEqual({
      id,
      outs: held,
      inputs: inputsOf("Application", { homepageUrl: "https://shop.example.com" }),
    });
  });

  test.each<[string, Bag, Bag, Bag]>([
    [
      "a changed field",
      { homepageUrl: "https://a.example.com" },
      { homepageUrl: "https://b.example.com" },
      { homepageUrl: "https://b.example.com" },
    ],
    [
      "a field that was unset",
      { homepageUrl: "https://a.example.com" },
      { homepageUrl: null },
      { homepageUrl: undefined },
    ],
    [
      "a set in another order",
      { corsOrigins: ["https://b.example.com", "https://a.example.com"] },
      { corsOrigins: ["https://a.example.com", "https://b.example.com"] },
      { corsOrigins: ["https://b.example.com", "https://a.example.com"] },
    ],
    ["a field that was never declared", {}, { homepageUrl: "https://b.example.com" }, { homepageUrl: undefined }],
    [
      "a part that was never declared",
      { sessions: { maxAge: 60 } },
      { sessions: { maxAge: 60, inactivity: 30 } },
      { sessions: { maxAge: 60 } },
    ],
  ])("%s", async (_, given, live, expected) => {
    const { life, store, id, outs } = await made("Application", given);
    store.seed(id, { ...store.objects.get(id), ...live });
    const read = await life.read(id, outs);
    for (const [name, value] of Object.entries(expected))
      expect([read!.inputs[name], read!.outs[name]]).toEqual([value, value]);
  });

  test("what people own is told as it is, and is no difference", async () => {
    const given = { enabled: true, ownedBy: { enabled: "people" } };
    const { life, store, id, outs } = await made("FeatureFlagRule", given);
    store.seed(id, { ...store.objects.get(id), enabled: false });
    const read = await life.read(id, outs);
    expect(read!.outs).toMatchObject({ enabled: false });
    expect(life.diff(read!.outs, inputsOf("FeatureFlagRule", given)).changes).toBe(false);
  });

  test.each<[string, Bag, Bag, Bag]>([
    ["told anew", { last4: "aaaa" }, { last4: "bbbb" }, { last4: "bbbb" }],
    ["not told: as state holds it", { last4: "aaaa" }, {}, { last4: "aaaa" }],
    ["told to be unset", { last4: "aaaa" }, { last4: null }, {}],
    ["told once, and not told now", { value: "sk_1" }, { value: undefined }, { value: "sk_1" }],
    ["told each time, and not told now", { last4: "aaaa" }, { last4: undefined }, {}],
  ])("an output %s", async (_, held, told, expected) => {
    const { life, store, id, outs } = await made("ApiKey");
    store.seed(id, { ...store.objects.get(id), ...told });
    const { last4, value } = (await life.read(id, { ...outs, ...held }))!.outs;
    expect(JSON.parse(JSON.stringify({ last4, value }))).toEqual(expected);
  });

  test("golive's own is as state holds it, whatever the platform tells", async () => {
    const { life, store, id, outs } = await made("ApiKey", { overlap: 60 });
    store.seed(id, { ...store.objects.get(id), overlap: 0 });
    expect((await life.read(id, outs))!.inputs).toMatchObject({ overlap: 60 });
  });

  test("gone is undefined", async () => {
    const { life, store, id, outs } = await made("Application");
    store.objects.clear();
    expect(await life.read(id, outs)).toBeUndefined();
  });

  test.each<[string, string, string]>([
    ["the key changed", "key:aaaa", "key:bbbb"],
    ["a key took the place of a token", "account_1", "key:bbbb"],
    ["a token took the place of a key", "key:aaaa", "account_1"],
  ])("not found is not gone where %s", async (_, before, now) => {
    const { life, platform, store, id, outs } = await made("Application");
    store.objects.clear();
    platform.who = known(now);
    const error = await refusal(life.read(id, { ...outs, account: before }));
    expect(error).toBeInstanceOf(GoliveError);
    expect(error.message).toContain("was not found with another key than it was made with");
  });

  test("found with another key of the account is read, and state then names that key", async () => {
    const { life, platform, id, outs } = await made("Application");
    platform.who = known("key:bbbb");
    expect((await life.read(id, { ...outs, account: "key:aaaa" }))!.outs["account"]).toBe("key:bbbb");
  });

  test("another account is asked nothing", async () => {
    const { life, platform, store, id, outs } = await made("Application");
    platform.who = { id: "account_2", name: "Other Ltd" };
    const error = await refusal(life.read(id, outs));
    expect(error).toBeInstanceOf(WrongAccount);
    expect(error.message).toBe(
      'Application "web" (application_1) could not be read: state was made in account account_1, and the credentials ' +
        "belong to account_2 (Other Ltd). Use credentials of the first account; nothing was asked of the second.",
    );
    expect(store.calls).toEqual([]);
  });

  test("a refusal is an error, never gone", async () => {
    const { life, store, id, outs } = await made("Application");
    const exchange = { method: "GET", url: "https://api.example.com", status: 401 };
    store.faults.push({ verb: "read", when: "before", error: new Unauthorized("the key is not valid", exchange) });
    expect(await refusal(life.read(id, outs))).toBeInstanceOf(Unauthorized);
  });
});

describe("read without state, as for import", () => {
  test("reports every field that the platform tells, ready to be declared", async () => {
    const { life, store } = rig("Application");
    store.seed("app_7", inputsOf("Application", { homepageUrl: "https://shop.example.com" }));
    const read = await life.read("app_7", {});
    const told = {
      environment: "environment_1",
      name: "web",
      kind: "web",
      isDefault: false,
      homepageUrl: "https://shop.example.com",
    };
    expect(read).toEqual({
      id: "app_7",
      inputs: told,
      outs: { ...told, applicationId: "app_7", account: "account_1" },
    });
    expect(life.diff(read!.outs, inputsOf("Application", { homepageUrl: "https://shop.example.com" })).changes).toBe(
      false,
    );
  });

  test.each<[string, string, boolean]>([
    ["production is protected from then on", "production", true],
    ["staging is not", "staging", false],
  ])("%s", async (_, type, expected) => {
    const { life, store } = rig("Environment");
    store.seed("environment_7", { project: "project_1", name: "Main", type });
    const read = await life.read("environment_7", {});
    expect([read!.inputs["deletionProtection"], read!.outs["deletionProtection"]]).toEqual([expected, expected]);
  });

  test("of nothing is an error, for nothing was there that could be gone", async () => {
    const { life } = rig("Application");
    expect((await refusal(life.read("app_9", {}))).message).toBe(
      "Application (app_9) could not be read: there is no such Application for these credentials. Check the id, and that it is of this account and environment.",
    );
  });

  test("two that wait for the same answer each have their own name in front of its failure", async () => {
    const { life, platform, outs } = await made("Project", { name: "Shop" });
    const shared = Promise.reject(
      new Unauthorized("the token is refused", { method: "POST", url: "graphql" }, "Set it."),
    );
    shared.catch(() => undefined);
    platform.account = () => shared;
    const [one, other] = await Promise.all(["project_1", "project_2"].map((id) => refusal(life.read(id, outs))));
    for (const error of [one!, other!]) {
      expect(error).toBeInstanceOf(Unauthorized);
      expect(error.message.match(/could not be read/g)).toHaveLength(1);
      expect(error).toMatchObject({ name: "Unauthorized", remedy: "Set it.", exchange: { url: "graphql" } });
    }
  });
});

import { ConfigError, DeletionProtected, NotFound, WrongAccount, type Kind } from "@golive/provider";
import { lifecycle } from "@golive/provider/lifecycle";
import { describe, expect, test } from "vitest";
import { type Bag, inputsOf } from "./declared";
import { known, made, refusal } from "./rig";

describe("update", () => {
  test.each<[string, Kind, Bag, Bag, string]>([
    ["one field", "Application", {}, { name: "shop" }, "update name"],
    [
      "two fields",
      "Application",
      { homepageUrl: "https://a.example.com" },
      { homepageUrl: "https://b.example.com", corsOrigins: [] },
      "update corsOrigins,homepageUrl",
    ],
    [
      "one changed and one that leaves",
      "FeatureFlagRule",
      { enabled: true, access: "none" },
      { enabled: false },
      "update enabled,access",
    ],
    ["a key is rotated, though `version` is golive's own", "ApiKey", {}, { version: 2 }, "update version"],
    [
      "people's field is left out",
      "FeatureFlagRule",
      { enabled: true, access: "none", ownedBy: { enabled: "people" } },
      { enabled: false, access: "all", ownedBy: { enabled: "people" } },
      "update access",
    ],
  ])("sends only what changed: %s", async (_, kind, was, is, call) => {
    const { life, store, id, outs } = await made(kind, was);
    await life.update(id, outs, inputsOf(kind, is));
    expect(store.calls).toEqual([call]);
  });

  test.each<[string, Kind, Bag, Bag, Bag]>([
    [
      "protection is switched off",
      "Environment",
      { deletionProtection: true },
      { deletionProtection: false },
      { deletionProtection: false },
    ],
    [
      "the type of the environment becomes known",
      "WebhookEndpoint",
      {},
      { environmentType: "staging" },
      { environmentType: "staging" },
    ],
    ["the overlap of later rotations", "ApiKey", {}, { overlap: 60 }, { overlap: 60 }],
    [
      "a field goes over to people",
      "FeatureFlagRule",
      { enabled: true },
      { ownedBy: { enabled: "people" } },
      { enabled: undefined },
    ],
    [
      "what was people's is no longer spoken of",
      "FeatureFlagRule",
      { enabled: true, ownedBy: { enabled: "people" } },
      {},
      { enabled: undefined, ownedBy: undefined },
    ],
    [
      "a field is given to people",
      "FeatureFlagRule",
      { enabled: true },
      { enabled: false, ownedBy: { enabled: "people" } },
      { enabled: true, ownedBy: { enabled: "people" } },
    ],
  ])("reaches no platform: %s", async (_, kind, was, is, expected) => {
    const { life, platform, store, id, outs } = await made(kind, was);
    const updated = await life.update(id, outs, inputsOf(kind, is));
    for (const [name, value] of Object.entries(expected)) expect(updated.outs[name]).toEqual(value);
    expect([store.calls, platform.accountCalls]).toEqual([[], 0]);
  });

  test("keeps the secrets and the account that state holds", async () => {
    const { life, id, outs } = await made("Application", {});
    const held = { ...outs, clientSecret: "s3cret", clientSecretHint: "cret" };
    expect((await life.update(id, held, inputsOf("Application", { name: "shop" }))).outs).toEqual({
      ...held,
      name: "shop",
    });
  });

  test("ends in no difference", async () => {
    const declared = inputsOf("FeatureFlagRule", { enabled: false, access: "some", users: ["user_2", "user_1"] });
    const { life, id, outs } = await made("FeatureFlagRule", {
      enabled: true,
      organizations: ["org_1"],
      access: "some",
    });
    const updated = await life.update(id, outs, declared);
    expect(life.diff(updated.outs, declared).changes).toBe(false);
    const read = await life.read(id, updated.outs);
    expect(life.diff(read!.outs, declared).changes).toBe(false);
  });

  test("of another account is refused before anything is asked", async () => {
    const { life, platform, store, id, outs } = await made("Application");
    platform.who = { id: "account_2", name: "Other Ltd" };
    expect(await refusal(life.update(id, outs, inputsOf("Application", { name: "shop" })))).toBeInstanceOf(
      WrongAccount,
    );
    expect(store.calls).toEqual([]);
  });

  test("an error names the resource, its id and what was tried", async () => {
    const { life, store, id, outs } = await made("Application");
    const exchange = { method: "PATCH", url: "https://api.example.com", status: 404 };
    store.faults.push({
      verb: "update",
      when: "before",
      error: new NotFound("there is no such application", exchange),
    });
    const error = await refusal(life.update(id, outs, inputsOf("Application", { name: "shop" })));
    expect(error.message).toBe('Application "shop" (application_1) could not be updated: there is no such application');
  });
});

describe("delete", () => {
  test("deletes, and says nothing", async () => {
    const { life, store, id, outs } = await made("Application");
    expect(await life.delete(id, outs)).toBeUndefined();
    expect(store.objects.size).toBe(0);
  });

  test("answers what was reset and kept", async () => {
    const { life, store, id, outs } = await made("Application");
    store.keeps = "the default application was reset and kept";
    expect(await life.delete(id, outs)).toBe("the default application was reset and kept");
  });

  test("is refused while protected, before anything is asked", async () => {
    const { life, platform, store, id, outs } = await made("Environment", { type: "production" });
    const error = await refusal(life.delete(id, outs));
    expect(error).toBeInstanceOf(DeletionProtected);
    expect(error.message).toBe(
      'Environment "Staging" (environment_1) could not be deleted: deletionProtection is on, and with it would go ' +
        "its users, organizations, connections, keys, webhook endpoints and the targeting of its flags. " +
        "Set `deletionProtection: false`, run `pulumi up`, then delete it.",
    );
    expect([store.calls, platform.accountCalls]).toEqual([[], 0]);
  });

  test("of another account is refused", async () => {
    const { life, platform, store, id, outs } = await made("Application");
    platform.who = { id: "account_2", name: "Other Ltd" };
    expect(await refusal(life.delete(id, outs))).toBeInstanceOf(WrongAccount);
    expect(store.objects.size).toBe(1);
  });
});

describe("delete with another key than the object was made with", () => {
  test.each<[string, string, string]>([
    ["the key changed", "key:aaaa", "key:bbbb"],
    ["a key took the place of a token", "account_1", "key:bbbb"],
  ])("not found is not deleted where %s", async (_, before, now) => {
    const { life, platform, store, id, outs } = await made("WebhookEndpoint");
    store.objects.clear();
    platform.who = known(now);
    const error = await refusal(life.delete(id, { ...outs, account: before }));
    expect(error.message).toContain("was not found with another key than it was made with");
    expect(store.calls).toEqual(["read"]);
  });

  test("found is deleted", async () => {
    const { life, platform, store, id, outs } = await made("WebhookEndpoint");
    platform.who = known("key:bbbb");
    await life.delete(id, { ...outs, account: "key:aaaa" });
    expect(store.calls).toEqual(["read", "delete"]);
  });
});

describe("check and the platform", () => {
  const at = (reason: string) => ({ property: "name", reason });

  test("what the platform cannot do is refused at preview", async () => {
    const { life, platform } = await made("Application");
    platform.refused = [at("no key may do that")];
    expect(life.check({}, inputsOf("Application")).failures).toEqual([at("no key may do that")]);
  });

  test("but only of inputs that are right", async () => {
    const { life, platform } = await made("Application");
    platform.refused = [at("no key may do that")];
    expect(life.check({}, { environment: "environment_1" }).failures).toEqual([at("is required")]);
  });

  test("without a platform, check says what its configuration lacks and the verbs fail alike", async () => {
    const problem = { property: "provider.token", reason: "is missing: set GOLIVE_TOKEN" };
    const life = lifecycle("Application", () => ({ problems: [problem] }));
    expect(life.check({}, inputsOf("Application")).failures).toEqual([problem]);
    const error = await refusal(life.create(inputsOf("Application")));
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.message).toContain("provider.token is missing: set GOLIVE_TOKEN");
  });

  test("a kind that the platform lacks is named", async () => {
    const { platform } = await made("Application");
    const without = { ...platform, stores: {}, refusals: platform.refusals, account: platform.account };
    const life = lifecycle("Application", () => ({ platform: without, problems: [] }));
    expect((await refusal(life.create(inputsOf("Application")))).message).toContain("memory has no Application");
  });
});

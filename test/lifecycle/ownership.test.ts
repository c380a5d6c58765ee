import { ObjectExists, type Kind } from "@golive/provider";
import { describe, expect, test } from "vitest";
import { type Bag, inputsOf } from "./declared";
import { made, refusal, rig, urn } from "./rig";

/** Two of one kind over one object that is there already, and how each would get it. */
const pairs: readonly [how: string, kind: Kind, first: Bag, second: Bag, isBuiltIn: boolean][] = [
  ["claimed under two names", "Application", { isDefault: true }, { isDefault: true, name: "other" }, true],
  ["claimed under one key", "FeatureFlagRule", { enabled: true }, { enabled: false }, true],
  ["adopted by id", "Application", { adopt: "object_1" }, { adopt: "object_1", name: "other" }, false],
  ["adopted by key", "Application", { adopt: true }, { adopt: true }, false],
  ["adopted and found", "Application", { adopt: "object_1" }, {}, false],
];
const there = (kind: Kind, isBuiltIn: boolean) => {
  const r = rig(kind);
  r.store.seed("object_1", inputsOf(kind, kind === "Application" ? { isDefault: isBuiltIn } : {}));
  if (isBuiltIn) r.store.builtIn = "object_1";
  return r;
};

describe("one object, one resource", () => {
  test.each(pairs)("%s, one after the other", async (_, kind, first, second, isBuiltIn) => {
    const { life, store } = there(kind, isBuiltIn);
    await life.create(inputsOf(kind, first));
    const before = structuredClone(store.objects);
    const error = await refusal(life.create(inputsOf(kind, second)));
    expect(error).toBeInstanceOf(ObjectExists);
    expect(error.message).toContain("object_1 belongs to another resource of this program already. Remove one");
    expect(store.objects).toEqual(before);
  });

  test.each(pairs)("%s, at once", async (_, kind, first, second, isBuiltIn) => {
    const { life } = there(kind, isBuiltIn);
    const outcomes = await Promise.allSettled([first, second].map((given) => life.create(inputsOf(kind, given))));
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  });

  test("two that are made at once are one and a refusal", async () => {
    const { life, store } = rig("Application");
    const both = [urn("one"), urn("two")].map((owner) => life.create(inputsOf("Application"), owner));
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect((await refusal(both[1]!)).message).toContain("belongs to another resource of this program already");
    expect(store.objects.size).toBe(1);
  });

  test("nor one that was only just made", async () => {
    const { life, store } = await made("Application");
    const error = await refusal(life.create(inputsOf("Application", { adopt: "application_1", name: "other" })));
    expect(error.message).toContain("application_1 belongs to another resource of this program already");
    expect(store.calls).toEqual(["read"]);
  });

  test.each<[string, Kind, Bag]>([
    ["by its id", "Application", { adopt: "application_1", name: "other" }],
    ["by its natural key", "Application", { adopt: true }],
    ["that has no id of its own in state", "FeatureFlagRule", { adopt: true }],
  ])("nor one that state holds, taken over %s", async (_, kind, given) => {
    const { store, outs, restarted } = await made(kind);
    const life = restarted();
    life.diff(outs, inputsOf(kind));
    expect((await refusal(life.create(inputsOf(kind, given)))).message).toContain("belongs to another resource");
    expect(store.calls.filter((call) => call.startsWith("update"))).toEqual([]);
  });

  test.each<[string, Kind, Bag, boolean]>([
    ["made", "Application", {}, false],
    ["claimed", "Application", { isDefault: true }, true],
    ["claimed by key", "FeatureFlagRule", {}, true],
  ])("but what was %s and deleted is free: a replacement deletes first", async (_, kind, given, isBuiltIn) => {
    const { life: first, store, restarted } = isBuiltIn ? there(kind, true) : rig(kind);
    const inputs = inputsOf(kind, given);
    const { id, outs } = await first.create(inputs);
    const life = restarted();
    expect(life.diff(outs, { ...inputs, environment: "environment_other" }).replaces).toEqual(["environment"]);
    if (isBuiltIn) store.keeps = "it was reset and kept";
    await life.delete(id, outs);
    expect(store.calls.at(-1)).toMatch(/^delete/);
    expect(await life.create(inputs)).toMatchObject({ id: expect.any(String) });
  });
});

describe("what has another name in the program stays, though the engine deletes the old one", () => {
  const says = /has another name in the program now, and stays\.$/;
  const renamed: readonly [how: string, kind: Kind, held: Bag, given: Bag, isBuiltIn: boolean][] = [
    ["found, as made by this stack", "WebhookEndpoint", {}, {}, false],
    ["adopted by id", "Application", {}, { adopt: "application_1" }, false],
    ["adopted by key", "Application", {}, { adopt: true }, false],
    ["claimed", "Application", { isDefault: true }, { isDefault: true, name: "portal" }, true],
    ["claimed by key", "FeatureFlagRule", { enabled: true }, { enabled: true }, true],
  ];
  test.each(renamed)("%s", async (_, kind, held, given, isBuiltIn) => {
    const { life, store, restarted } = isBuiltIn ? there(kind, true) : rig(kind);
    const old = await life.create(inputsOf(kind, held));
    const next = restarted();
    const { id, outs } = await next.create(inputsOf(kind, given));
    expect(id).toBe(old.id);
    store.calls.length = 0;
    expect(await next.delete(old.id, old.outs)).toMatch(says);
    expect(store.calls).toEqual([]);

    // a run that died between the two leaves the delete to the next one
    const last = restarted();
    last.diff(outs, inputsOf(kind, { ...given, name: outs["name"] }));
    expect(await last.delete(old.id, old.outs)).toMatch(says);
    expect(store.calls).toEqual([]);
  });
});

describe("a rename within the program is known by its URNs", () => {
  const [old, next, other] = [urn("old"), urn("next"), urn("other")];
  test.each<[string, Kind]>([
    ["one that was made", "WebhookEndpoint"],
    ["a claimed one", "FeatureFlagRule"],
  ])("%s is handed over, also days after it was made: its delete sends nothing", async (_, kind) => {
    const { life, store, restarted } = kind === "FeatureFlagRule" ? there(kind, true) : rig(kind);
    const { id, outs } = await life.create(inputsOf(kind), old);
    const renaming = restarted();
    expect(await renaming.create(inputsOf(kind), next)).toMatchObject({ id });
    store.calls.length = 0;
    expect(await renaming.delete(id, outs, old)).toMatch(/has another name in the program now, and stays\.$/);
    expect(store.calls).toEqual([]);
  });

  test("both in one program: whichever comes second is told", async () => {
    const { life, restarted } = rig("WebhookEndpoint");
    const { id, outs } = await life.create(inputsOf("WebhookEndpoint"), old);
    const both = restarted();
    both.diff(outs, inputsOf("WebhookEndpoint"), { id, owner: old, formerly: old });
    expect((await refusal(both.create(inputsOf("WebhookEndpoint"), next))).message).toContain("another resource");
    const turned = restarted();
    await turned.create(inputsOf("WebhookEndpoint"), next);
    expect(() => turned.diff(outs, inputsOf("WebhookEndpoint"), { id, owner: old, formerly: old })).toThrow(
      `(${id}) belongs to "next" of stack dev, project shop already, which declares the same object. Remove one`,
    );
  });

  test("an alias makes both names one: what is then removed is deleted", async () => {
    const { life, store, restarted } = rig("WebhookEndpoint");
    const { id, outs } = await life.create(inputsOf("WebhookEndpoint"), old);
    const aliased = restarted();
    const changed = inputsOf("WebhookEndpoint", { description: "New" });
    // `replaceOnChanges`: the engine deletes what state calls by its old name
    aliased.diff(outs, changed, { id, owner: next, formerly: old });
    expect(await aliased.delete(id, outs, old)).toBeUndefined();
    expect(store.objects.size).toBe(0);
    expect(await aliased.create(changed, next)).toMatchObject({ id: "webhookendpoint_2" });
  });

  test("a third one does not come into it", async () => {
    const { life, store, restarted } = rig("WebhookEndpoint");
    const first = await life.create(inputsOf("WebhookEndpoint"), old);
    const second = inputsOf("WebhookEndpoint", { url: "https://other.example.com" });
    const { id, outs } = await life.create(second, other);
    const later = restarted();
    later.diff(outs, second, { id, owner: other, formerly: other });
    expect(await later.delete(first.id, first.outs, old)).toBeUndefined();
    expect([...store.objects.keys()]).toEqual([id]);
  });
});

// What golive remembers of a key, and what state says of it: by the same key, by another, by a token.
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Kind } from "@golive/provider";
import type { Lifecycle } from "@golive/provider/lifecycle";
import { describe, expect, test } from "vitest";
import { type Bag, computer, endpoints, hook, made, refusalsOf, rule, web, world } from "./key-rig";
import { object } from "./rig";

const w = world();

describe("what golive remembers", () => {
  test("which environment a key was used for on this computer, and nothing of the key", async () => {
    const { process, folder } = computer(w);
    await made(process()("WebhookEndpoint", w.keys.here), hook(w.here));
    const next = process();
    const [failure] = refusalsOf(next("FeatureFlagRule", w.keys.here), rule(w.there));
    expect(failure!.reason).toContain("it has been used for it on this computer");
    expect(refusalsOf(next("FeatureFlagRule", w.keys.here), rule(w.here))).toEqual([]);
    const lines = readFileSync(path.join(folder, "keys.jsonl"), "utf8");
    expect(lines).toContain(w.here);
    expect(lines).not.toContain(w.keys.here.slice(8));
    // nobody remembers on another computer
    expect(refusalsOf(computer(w).process()("FeatureFlagRule", w.keys.here), rule(w.there))).toEqual([]);
  });

  test("a person's word is stronger, and is remembered in its place", async () => {
    const { process } = computer(w);
    // the wrong id, as the first word about a key
    const wrong = await made(process()("WebhookEndpoint", w.keys.here), hook(w.there));
    expect(await endpoints(w, w.here)).toContain(wrong.inputs["url"]);
    expect(refusalsOf(process()("WebhookEndpoint", w.keys.here), hook(w.here))).toHaveLength(1);
    const told = process()("WebhookEndpoint", w.keys.here, w.here);
    await made(told, hook(w.here));
    expect(refusalsOf(process()("WebhookEndpoint", w.keys.here), hook(w.here))).toEqual([]);
    // what was made by this key is reached by it, whatever state calls the place
    await told.delete(wrong.id, wrong.outs);
    expect(await endpoints(w, w.here)).not.toContain(wrong.inputs["url"]);
  });

  test("state says by which key an object was made: the same key is of that environment", async () => {
    const { id, outs, inputs } = await made(computer(w).process()("WebhookEndpoint", w.keys.here), hook(w.here));
    const life = computer(w).process();
    expect(life("WebhookEndpoint", w.keys.here).diff(outs, inputs, { id }).changes).toBe(false);
    const [failure] = refusalsOf(life("FeatureFlagRule", w.keys.here), rule(w.there));
    expect(failure!.reason).toContain("state has what it made there");
    // in the other order the program spoke first, and state contradicts it
    const other = computer(w).process();
    expect(refusalsOf(other("FeatureFlagRule", w.keys.here), rule(w.there))).toEqual([]);
    expect(() => other("WebhookEndpoint", w.keys.here).diff(outs, inputs, { id })).toThrow(
      /state has what it made there/,
    );
  });
});

describe("state of another key", () => {
  test("of the same environment: reading what state has is the proof", async () => {
    const first = computer(w);
    const { id, outs, inputs } = await made(first.process()("WebhookEndpoint", w.keys.here), hook(w.here));
    const { process } = computer(w);
    const life = process();
    const hooks = life("WebhookEndpoint", w.keys.again);
    expect(hooks.diff(outs, inputs, { id }).changes).toBe(false);
    await made(hooks, hook(w.here));
    expect((await hooks.read(id, outs))?.outs).toMatchObject({ environment: w.here });
    // and it is remembered
    expect(refusalsOf(process()("WebhookEndpoint", w.keys.again), hook(w.there))).toHaveLength(1);
  });

  test("of another environment: nothing is made, changed or deleted there", async () => {
    const { id, outs, inputs } = await made(computer(w).process()("WebhookEndpoint", w.keys.here), hook(w.here));
    const life = computer(w).process();
    const hooks = life("WebhookEndpoint", w.keys.there);
    hooks.diff(outs, inputs, { id });
    const before = await endpoints(w, w.there);
    await expect(hooks.create(hook(w.here))).rejects.toThrow(
      /by another key, and nothing shows that the key from the test's/,
    );
    await expect(hooks.update(id, outs, { ...inputs, events: ["user.deleted"] })).rejects.toThrow();
    await expect(hooks.read(id, outs)).rejects.toThrow(/not found with another key/);
    await expect(computer(w).process()("WebhookEndpoint", w.keys.there).delete(id, outs)).rejects.toThrow(
      /not found with another key/,
    );
    expect(await endpoints(w, w.there)).toEqual(before);
    expect(await endpoints(w, w.here)).toContain(inputs["url"]);
  });

  test.each<[kind: Kind, inputs: (environment: string) => Bag, change: Bag]>([
    ["FeatureFlagRule", (environment) => rule(environment), { enabled: false }],
    ["Application", web, { corsOrigins: ["https://shop.example.com"] }],
  ])("of a %s, which every environment has: neither read nor written without proof", async (kind, declared, change) => {
    const { id, outs, inputs } = await made(computer(w).process()(kind, w.keys.here), declared(w.here));
    const verbs: ((life: Lifecycle) => Promise<unknown>)[] = [
      (life) => life.read(id, outs),
      (life) => life.update(id, outs, { ...inputs, ...change }),
      (life) => life.delete(id, outs),
    ];
    for (const verb of verbs)
      await expect(verb(computer(w).process()(kind, w.keys.there))).rejects.toThrow(/GOLIVE_ENVIRONMENT/);
    // the key was replaced: a person says so, or an object that can tell is there
    await verbs[1]!(computer(w).process()(kind, w.keys.again, w.here));
    const hooks = await made(computer(w).process()("WebhookEndpoint", w.keys.here), hook(w.here));
    const life = computer(w).process();
    await life("WebhookEndpoint", w.keys.again).read(hooks.id, hooks.outs);
    expect(await life(kind, w.keys.again).read(id, outs)).toMatchObject({ id });
  });

  test("of a token: the id is the account's own, and goes on", async () => {
    const outs = { ...rule(w.here), account: (await w.dashboard.account()).id };
    const life = computer(w).process()("FeatureFlagRule", w.keys.here);
    expect(await life.read(`beta/${w.here}`, outs)).toMatchObject({ id: `beta/${w.here}` });
  });
});

describe("the default application of a key", () => {
  const applications = () => computer(w).process()("Application", w.keys.here);

  test.each(["app_01ABC", "environment_01ABC", "anything", "Default"])("does not answer to %s", async (id) => {
    await expect(applications().read(id, {})).rejects.toThrow(/there is no such Application/);
    await expect(applications().create({ ...web(w.here), adopt: id })).rejects.toThrow(
      /there is no Application .* to adopt/,
    );
  });

  test("answers to `default`, and to the id that state has of it", async () => {
    expect(await applications().read("default", {})).toMatchObject({
      id: "default",
      outs: { applicationId: "default" },
    });
    const claimed = (await object(w.dashboard, "Application", web(w.here)).claim())!;
    const account = (await w.dashboard.account()).id;
    const held = { ...web(w.here), applicationId: claimed.id, clientId: claimed.state.clientId, account };
    expect(await applications().read(claimed.id, held)).toMatchObject({
      id: claimed.id,
      outs: { applicationId: claimed.id, clientId: claimed.state.clientId },
    });
  });
});

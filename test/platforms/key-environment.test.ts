// Where nothing but a key is known, no request tells whose environment it is: what is declared, and what the settings say.
import { resolveConfig } from "@golive/provider/config";
import { describe, expect, test } from "vitest";
import { type Bag, computer, endpoints, hook, made, refusalsOf, rule, world } from "./key-rig";
import { adapter, tokenOf } from "./rig";

const w = world();

describe("what is declared", () => {
  test.each<[what: string, inputs: () => Bag, refused: RegExp | undefined]>([
    ["an environment's id", () => hook(w.here), undefined],
    ["a word", () => hook("bla"), /"bla" is no id of an environment: .*`environment_…`/],
    ["a name", () => hook("Production"), /no id of an environment/],
    ["an id of something else", () => hook("project_01ABC"), /no id of an environment/],
    ["the type of the key", () => ({ ...hook(w.here), environmentType: "production" }), undefined],
    [
      "another type",
      () => ({ ...hook(w.here), environmentType: "staging" }),
      /is staging, and the key from .* one of production/,
    ],
  ])("%s", (_, inputs, refused) => {
    const [failure, ...others] = refusalsOf(computer(w).process()("WebhookEndpoint", w.keys.here), inputs());
    expect(others).toEqual([]);
    if (refused) expect(failure).toMatchObject({ property: "environment", reason: expect.stringMatching(refused) });
    else expect(failure).toBeUndefined();
  });

  test("a staging key makes nothing of production's type", () => {
    const inputs = { ...hook(w.here), environmentType: "production" };
    const [failure] = refusalsOf(computer(w).process()("WebhookEndpoint", w.keys.there), inputs);
    expect(failure?.reason).toMatch(/is production, and the key from the test's apiKey is one of staging by its first/);
  });

  test("with a token the account says what there is, not the form of an id", () => {
    const both = adapter(w.rehearsal, { ...tokenOf(w.rehearsal), apiKey: w.keys.here });
    expect(both.refusals("WebhookEndpoint", hook("bla"))).toEqual([]);
    expect(both.confined).toBeUndefined();
  });

  test("two environments by one key in one program, whichever their kinds", () => {
    const life = computer(w).process();
    expect(refusalsOf(life("WebhookEndpoint", w.keys.here), hook(w.here))).toEqual([]);
    expect(refusalsOf(life("WebhookEndpoint", w.keys.here), hook(w.here))).toEqual([]);
    const [failure] = refusalsOf(life("FeatureFlagRule", w.keys.here), rule(w.there));
    expect(failure).toMatchObject({ property: "environment" });
    expect(failure!.reason).toContain(`is ${w.there}, and the key from the test's apiKey is that of ${w.here}`);
    expect(failure!.reason).toContain("golive.Provider({ apiKey, environment })");
    // another key may
    expect(refusalsOf(life("FeatureFlagRule", w.keys.there), rule(w.there))).toEqual([]);
  });

  test("an environment that is not known until `up` waits until then", async () => {
    const life = computer(w).process();
    expect(refusalsOf(life("WebhookEndpoint", w.keys.here), hook(w.here))).toEqual([]);
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    expect(refusalsOf(life("WebhookEndpoint", w.keys.here), hook(unknown))).toEqual([]);
    await expect(life("WebhookEndpoint", w.keys.here).create(hook(w.there))).rejects.toThrow(/is that of environment_/);
  });
});

describe("what the settings say", () => {
  test("is the environment of the key: another is refused with both names", () => {
    const life = computer(w).process();
    expect(refusalsOf(life("WebhookEndpoint", w.keys.here, w.here), hook(w.here))).toEqual([]);
    const [failure] = refusalsOf(life("WebhookEndpoint", w.keys.here, w.here), hook(w.there));
    expect(failure!.reason).toContain(`is ${w.there}, and the key from the test's apiKey is that of ${w.here}`);
    expect(failure!.reason).toContain("GOLIVE_ENVIRONMENT says so");
  });

  test("two providers name theirs, and each makes its own; one key has one", async () => {
    const life = computer(w).process();
    const [first, second] = [hook(w.here), hook(w.there)];
    await made(life("WebhookEndpoint", w.keys.here, w.here), first);
    await made(life("WebhookEndpoint", w.keys.there, w.there), second);
    expect(await endpoints(w, w.here)).toContain(first["url"]);
    expect(await endpoints(w, w.there)).toContain(second["url"]);
    const [failure] = refusalsOf(life("WebhookEndpoint", w.keys.here, w.there), hook(w.there));
    expect(failure!.reason).toContain(`is that of ${w.here} (another provider of this program says so)`);
  });

  test("an id that is none is refused under its own name", () => {
    const [failure] = refusalsOf(computer(w).process()("WebhookEndpoint", w.keys.here, "production"), hook(w.here));
    expect(failure).toMatchObject({
      property: "provider.environment",
      reason: expect.stringContaining("GOLIVE_ENVIRONMENT"),
    });
  });

  test("an import knows its environment by it, and without it does not", async () => {
    const { id } = await made(computer(w).process()("WebhookEndpoint", w.keys.here), hook(w.here));
    const told = await computer(w).process()("WebhookEndpoint", w.keys.again, w.here).read(id, {});
    expect(told?.inputs).toMatchObject({ environment: w.here });
    const untold = await computer(w).process()("WebhookEndpoint", w.keys.again).read(id, {});
    expect(untold?.inputs).not.toHaveProperty("environment");
  });

  test.each<[what: string, given: Bag, env: NodeJS.ProcessEnv, found: string | undefined]>([
    [
      "stack config beside a variable's key",
      { environment: "environment_c" },
      { GOLIVE_API_KEY: "k" },
      "environment_c",
    ],
    ["a variable", {}, { GOLIVE_API_KEY: "k", GOLIVE_ENVIRONMENT: "environment_v" }, "environment_v"],
    [
      "an argument",
      { explicit: "true", apiKey: "k", environment: "environment_a" },
      { GOLIVE_ENVIRONMENT: "environment_v" },
      "environment_a",
    ],
    [
      "a variable beside an argument's key, of which it does not speak",
      { explicit: "true", apiKey: "k" },
      { GOLIVE_ENVIRONMENT: "environment_v" },
      undefined,
    ],
    [
      "one that is not known yet",
      { explicit: "true", apiKey: "k", environment: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" },
      {},
      undefined,
    ],
  ])("%s", (_, given, env, found) => {
    const resolved = resolveConfig((name) => given[name] as string | undefined, env);
    if ("problems" in resolved) throw new Error(JSON.stringify(resolved.problems));
    expect(resolved.config.environment?.value).toBe(found);
  });
});

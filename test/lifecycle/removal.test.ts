// A field that leaves the program is cleared to what a new object has: what that is, and what is left alone.
import { definitions, type Kind } from "@golive/provider";
import { changeOf } from "@golive/provider/lifecycle/removal";
import { describe, expect, test } from "vitest";
import { type Bag, inputsOf } from "./declared";
import { made } from "./rig";

describe("what a change carries for a field that leaves", () => {
  test.each<[string, Kind, Bag, Bag, Bag]>([
    ["nothing, for a text", "Application", { homepageUrl: "https://a.example.com" }, {}, { homepageUrl: null }],
    ["nothing, for a moment", "ApiKey", { expiresAt: "2099-01-01T00:00:00Z" }, {}, { expiresAt: null }],
    ["no member, for a list", "Application", { corsOrigins: ["https://a.example.com"] }, {}, { corsOrigins: [] }],
    ["what a new endpoint has: it sends", "WebhookEndpoint", { enabled: false }, {}, { enabled: true }],
    ["what a new rule has: it is off", "FeatureFlagRule", { enabled: true }, {}, { enabled: false }],
    ["nobody, for the access of a rule", "FeatureFlagRule", { access: "all" }, {}, { access: "none" }],
    ["false, for the default of a flag", "FeatureFlag", { defaultValue: true }, {}, { defaultValue: false }],
    [
      "nothing, for each declared part of an object",
      "Application",
      { sessions: { maxAge: 60, inactivity: 30 } },
      {},
      { sessions: { maxAge: null, inactivity: null } },
    ],
    [
      "nothing, for the part that leaves",
      "Application",
      { sessions: { maxAge: 60, inactivity: 30 } },
      { sessions: { inactivity: 40 } },
      { sessions: { maxAge: null, inactivity: 40 } },
    ],
    [
      "the new value, for a list that is shorter",
      "Application",
      { redirectUris: [{ uri: "https://a.example.com", default: true }] },
      { redirectUris: [] },
      { redirectUris: [] },
    ],
    [
      "nothing, for the version of a credential",
      "Application",
      { credentials: { version: 2 } },
      {},
      { credentials: { version: null } },
    ],
  ])("%s", (_, kind, held, declared, expected) => {
    expect(changeOf(definitions[kind].inputs, held, declared, Object.keys(expected))).toEqual({
      ...declared,
      ...expected,
    });
  });
});

describe("a field that leaves", () => {
  test("is shown at preview, sent at `up`, and gone after it", async () => {
    const { life, store, id, outs } = await made("Application", { corsOrigins: ["https://a.example.com"] });
    const declared = inputsOf("Application");
    expect(life.diff(outs, declared)).toMatchObject({ changes: true, changed: ["corsOrigins"], replaces: [] });
    const updated = await life.update(id, outs, declared);
    expect(store.objects.get(id)?.["corsOrigins"]).toEqual([]);
    expect(updated.outs).not.toHaveProperty("corsOrigins");
    const read = await life.read(id, updated.outs);
    expect(read!.outs).toEqual(updated.outs);
    expect(life.diff(read!.outs, declared).changes).toBe(false);
  });

  test.each<[string, Bag, Bag]>([
    ["never declared", {}, {}],
    ["given to people as it leaves", { enabled: true }, { ownedBy: { enabled: "people" } }],
    ["people's before it leaves", { enabled: true, ownedBy: { enabled: "people" } }, {}],
    ["people's still", { enabled: true, ownedBy: { enabled: "people" } }, { ownedBy: { enabled: "people" } }],
  ])("stays as people have it: %s", async (_, was, is) => {
    const { life, store, id, outs } = await made("FeatureFlagRule", { access: "none", ...was });
    store.objects.set(id, { ...store.objects.get(id), enabled: true });
    const declared = inputsOf("FeatureFlagRule", { access: "all", ...is });
    const read = await life.read(id, outs);
    await life.update(id, read!.outs, declared);
    expect(store.calls).toEqual(["read", "update access"]);
    expect(store.objects.get(id)?.["enabled"]).toBe(true);
  });

  test("and that people have cleared already is no change", async () => {
    const { life, store, id, outs } = await made("FeatureFlag", { description: "Old" });
    store.objects.set(id, { ...store.objects.get(id), description: null });
    const read = await life.read(id, outs);
    expect(life.diff(read!.outs, inputsOf("FeatureFlag")).changes).toBe(false);
  });

  test("makes a new object where its change would", async () => {
    const { life, outs } = await made("Application", { kind: "oauth", organization: "org_1" });
    expect(life.diff(outs, inputsOf("Application", { kind: "oauth" })).replaces).toEqual(["organization"]);
  });
});

test("check tells the platform what was before, unless the object is replaced", async () => {
  const { life, platform, outs } = await made("Application", { homepageUrl: "https://a.example.com" });
  const seen: (Bag | undefined)[] = [];
  platform.refusals = (...[, , olds]: unknown[]) => {
    seen.push(olds as Bag | undefined);
    return [];
  };
  life.check(outs, inputsOf("Application"));
  life.check(outs, inputsOf("Application", { kind: "spa" }));
  life.check({}, inputsOf("Application"));
  expect(seen).toEqual([expect.objectContaining({ homepageUrl: "https://a.example.com" }), {}, {}]);
});

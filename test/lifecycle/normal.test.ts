// What check lets pass is written in the form in which a read gives it back: what is double, empty or null leaves no trace.
import type { Kind } from "@golive/provider";
import { describe, expect, test } from "vitest";
import { type Bag, checked, failures, inputsOf } from "./declared";
import { lifecycle } from "@golive/provider/lifecycle";

describe("normalised", () => {
  test.each<[string, Kind, Bag, Bag]>([
    ["events twice", "WebhookEndpoint", { events: ["b", "a", "b"] }, { events: ["b", "a"] }],
    ["scopes twice", "Application", { kind: "oauth", scopes: ["a", "a"] }, { scopes: ["a"] }],
    [
      "origins twice",
      "Application",
      { corsOrigins: ["https://a.example.com", "https://a.example.com"] },
      { corsOrigins: ["https://a.example.com"] },
    ],
    ["tags twice, spaces apart", "FeatureFlag", { tags: [" a", "a ", "b"] }, { tags: ["a", "b"] }],
    [
      "targets twice",
      "FeatureFlagRule",
      { access: "some", users: ["u", "u"], organizations: ["o", "o"] },
      { users: ["u"], organizations: ["o"] },
    ],
    ["an empty list is one", "Application", { corsOrigins: [] }, { corsOrigins: [] }],
    ["no session", "Application", { sessions: {} }, { sessions: undefined }],
    ["sessions of nothing", "Application", { sessions: { maxAge: null } }, { sessions: undefined }],
    ["nobody's fields", "FeatureFlagRule", { ownedBy: {} }, { ownedBy: undefined }],
    ["an empty description", "FeatureFlag", { description: "" }, { description: undefined }],
    ["the same of an endpoint", "WebhookEndpoint", { description: "" }, { description: undefined }],
    ["null", "Application", { corsOrigins: null }, { corsOrigins: undefined }],
    [
      "credentials without a version have the first",
      "Application",
      { credentials: {} },
      { credentials: { version: 1 } },
    ],
  ])("%s", (_, kind, given, expected) => {
    const { inputs, failures: found } = checked(kind, given);
    expect(found).toEqual([]);
    for (const [name, value] of Object.entries(expected)) expect(inputs[name]).toEqual(value);
  });
});

describe("refused, at its path", () => {
  test.each<[string, Kind, Bag, string]>([
    ["a member that is null", "WebhookEndpoint", { events: ["a", null] }, "events[1]: is required"],
    ["no event", "WebhookEndpoint", { events: [] }, "events: Too small"],
    ["an empty event", "WebhookEndpoint", { events: [""] }, "events[0]: Too small"],
    ["an empty tag", "FeatureFlag", { tags: ["a", " "] }, "tags[1]: Too small"],
    ["an empty name", "Project", { name: " " }, "name: Too small"],
    ["an empty owner", "FeatureFlag", { owner: "" }, "owner: Too small"],
    [
      "a redirect URI twice: its marks may differ",
      "Application",
      { redirectUris: ["a", "a"].map((name, i) => ({ uri: `https://${name}.example.com`, default: i === 0 })) },
      "redirectUris[1].uri: is listed twice: remove one",
    ],
    [
      "a logout URI twice: its place means something",
      "Application",
      { logoutUris: ["https://a.example.com", "https://b.example.com", "https://a.example.com"] },
      "logoutUris[2]: is listed twice: remove one",
    ],
    ["a name of every object", "Project", { toString: "x" }, 'toString: Project has no input "toString"'],
    ["and another", "Project", { constructor: "x" }, 'constructor: Project has no input "constructor"'],
    [
      "a sign-up page of what signs nobody in",
      "Application",
      { kind: "oauth", signUpUrl: "https://a.example.com" },
      "signUpUrl: belongs to",
    ],
  ])("%s", (_, kind, given, expected) => {
    const found = failures(kind, given);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });
});

describe("state of an earlier build, which kept them as they were written, previews without a change", () => {
  test.each<[string, Kind, Bag]>([
    ["events twice", "WebhookEndpoint", { events: ["b", "a", "b"] }],
    ["an empty description", "FeatureFlag", { description: "" }],
    ["no session", "Application", { sessions: {} }],
    ["nobody's fields", "FeatureFlagRule", { ownedBy: {} }],
  ])("%s", (_, kind, given) => {
    const held = { ...inputsOf(kind), ...given, account: "account_1" };
    const life = lifecycle(kind, () => ({ problems: [] }));
    expect(life.diff(held, inputsOf(kind, given))).toMatchObject({ changes: false });
  });
});

import type { Kind } from "@golive/provider";
import { describe, expect, test } from "vitest";
import { type Bag, checked, failures, least } from "./declared";

describe("the least passes, and gets its defaults", () => {
  test.each<[Kind, Bag]>([
    ["Project", { includeProduction: true }],
    ["Environment", { deletionProtection: false }],
    ["Application", { kind: "web", isDefault: false }],
    ["ApiKey", { kind: "secret", version: 1, overlap: 3600, external: false }],
    ["FeatureFlag", {}],
    ["FeatureFlagRule", {}],
    ["WebhookEndpoint", { secretVersion: 1 }],
  ])("%s", (kind, defaults) => {
    expect(checked(kind, {})).toEqual({ inputs: { ...least[kind], ...defaults }, failures: [], warnings: [] });
  });

  test.each<[string, Kind, Bag, Bag]>([
    ["production is protected", "Environment", { type: "production" }, { deletionProtection: true }],
    [
      "unless it says otherwise",
      "Environment",
      { type: "production", deletionProtection: false },
      { deletionProtection: false },
    ],
    [
      "a single redirect URI is the default",
      "Application",
      { redirectUris: [{ uri: "https://a.example.com/cb" }] },
      { redirectUris: [{ uri: "https://a.example.com/cb", default: true }] },
    ],
    ["null is the same as left out", "Application", { kind: null }, { kind: "web" }],
    [
      "so is a part that is null",
      "Application",
      { sessions: { maxAge: null, inactivity: 60 } },
      { sessions: { inactivity: 60 } },
    ],
    [
      "and one of an object in a list",
      "Application",
      { redirectUris: [{ uri: "https://a.example.com/cb", default: null }] },
      { redirectUris: [{ uri: "https://a.example.com/cb", default: true }] },
    ],
    ["spaces around a name go", "Project", { name: " shop " }, { name: "shop" }],
  ])("%s", (_, kind, given, expected) => {
    expect(checked(kind, given)).toMatchObject({ inputs: expected, failures: [] });
  });
});

describe("wrong types are refused, never converted", () => {
  test.each<[Kind, Bag, string]>([
    ["Application", { name: 5 }, "name: Invalid input: expected string, received number"],
    ["FeatureFlagRule", { enabled: "true" }, "enabled: Invalid input: expected boolean, received string"],
    [
      "FeatureFlagRule",
      { rolloutPercentage: "50" },
      "rolloutPercentage: Invalid input: expected number, received string",
    ],
    ["FeatureFlagRule", { organizations: "org_1" }, "organizations: Invalid input: expected array, received string"],
    [
      "FeatureFlagRule",
      { organizations: ["org_1", 2] },
      "organizations[1]: Invalid input: expected string, received number",
    ],
    ["ApiKey", { overlap: 1.5 }, "overlap: Invalid input: expected int, received number"],
    ["Application", { sessions: { maxAge: "1h" } }, "sessions.maxAge: Invalid input: expected number, received string"],
    [
      "Application",
      { redirectUris: ["https://a.example.com/cb"] },
      "redirectUris[0]: Invalid input: expected object, received string",
    ],
  ])("%s %o", (kind, given, failure) => expect(failures(kind, given)).toEqual([failure]));
});

describe("required fields and unknown names", () => {
  test.each<[Kind, Bag, string]>([
    ["Project", { name: undefined }, "name: is required"],
    ["FeatureFlag", { project: undefined }, "project: is required"],
    ["Application", { redirectUris: [{}] }, "redirectUris[0].uri: is required"],
    [
      "Application",
      { redirectUri: [] },
      'redirectUri: Application has no input "redirectUri"; did you mean "redirectUris"?',
    ],
    ["FeatureFlagRule", { enbled: true }, 'enbled: FeatureFlagRule has no input "enbled"; did you mean "enabled"?'],
    ["Project", { colour: "red" }, 'colour: Project has no input "colour". Remove it'],
  ])("%s %o", (kind, given, failure) => expect(failures(kind, given)).toEqual([failure]));

  test("an unknown part of an object has its path, and the near name", () => {
    const [failure] = checked("Application", { sessions: { maxAg: 60 } }).failures;
    expect(failure).toEqual({ property: "sessions.maxAg", reason: 'sessions has no "maxAg"; did you mean "maxAge"?' });
  });

  test("an output that is given is refused, never dropped in silence; one left undefined is not given", () => {
    expect(failures("Application", { clientSecret: "mine", applicationId: undefined })).toEqual([
      "clientSecret: is an output: the platform sets it. Remove it",
    ]);
  });

  test("every failure is told at once", () => {
    expect(
      failures("FeatureFlag", { project: undefined, slug: "Not so", name: "" }).map((f) => f.split(":")[0]),
    ).toEqual(["project", "slug", "name"]);
  });
});

describe("limits of single fields", () => {
  test.each<[Kind, Bag, string]>([
    ["Project", { name: "" }, "name"],
    ["Project", { name: "  " }, "name"],
    ["Project", { name: "x".repeat(201) }, "name"],
    ["Environment", { name: "x".repeat(101) }, "name"],
    ["Environment", { type: "testing" }, "type"],
    ["Application", { kind: "mobile" }, "kind"],
    ["Application", { homepageUrl: "shop" }, "homepageUrl"],
    ["Application", { homepageUrl: "localhost:3000" }, "homepageUrl"],
    ["Application", { homepageUrl: "mailto:a@example.com" }, "homepageUrl"],
    ["Application", { initiateLoginUri: "http:shop.example.com" }, "initiateLoginUri"],
    ["Application", { logoutUris: ["https://a.example.com", "localhost:3000/out"] }, "logoutUris[1]"],
    ["Application", { corsOrigins: ["localhost:3000"] }, "corsOrigins[0]"],
    ["Application", { sessions: { maxAge: 0 } }, "sessions.maxAge"],
    ["Application", { credentials: { version: 0 } }, "credentials.version"],
    ["ApiKey", { kind: "public" }, "kind"],
    ["ApiKey", { expiresAt: "next year" }, "expiresAt"],
    ["ApiKey", { version: 0 }, "version"],
    ["ApiKey", { overlap: 604_801 }, "overlap"],
    ["FeatureFlag", { slug: "New Checkout" }, "slug"],
    ["FeatureFlag", { slug: "a.b" }, "slug"],
    ["FeatureFlag", { slug: "a".repeat(401) }, "slug"],
    ["FeatureFlag", { tags: ["a", ""] }, "tags[1]"],
    ["FeatureFlagRule", { access: "few" }, "access"],
    ["FeatureFlagRule", { rolloutPercentage: 101 }, "rolloutPercentage"],
    ["FeatureFlagRule", { ownedBy: { enabled: "nobody" } }, "ownedBy.enabled"],
    ["WebhookEndpoint", { url: "shop.example.com/hooks" }, "url"],
    ["WebhookEndpoint", { url: "ftp://shop.example.com" }, "url"],
    ["WebhookEndpoint", { events: [] }, "events"],
    ["WebhookEndpoint", { events: ["user.created", ""] }, "events[1]"],
  ])("%s %o", (kind, given, property) => {
    expect(checked(kind, given).failures.map((failure) => failure.property)).toEqual([property]);
  });
});

describe("what every JavaScript object has is no input of ours", () => {
  test.each(["toString", "constructor", "hasOwnProperty", "valueOf"])("%s", (name) => {
    for (const kind of ["Project", "ApiKey"] as const)
      expect(failures(kind, { [name]: "x" })).toEqual([
        expect.stringMatching(`^${name}: ${kind} has no input "${name}"(\\. Remove it|; did you mean "value"\\?)$`),
      ]);
    expect(failures("Application", { sessions: { [name]: 1 } })).toEqual([
      expect.stringContaining(`sessions.${name}: sessions has no "${name}"`),
    ]);
  });
});

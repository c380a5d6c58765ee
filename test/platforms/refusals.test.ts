// What the platform or the credentials cannot do is said at preview, without a request: the endpoint here is nobody's.
import type { Kind } from "@golive/provider";
import { UNKNOWN } from "@golive/provider/define";
import { Http } from "@golive/provider/http";
import { workos } from "@golive/provider/platforms/workos/index";
import { describe, expect, test } from "vitest";
import { configOf } from "./rig";

type Bag = Record<string, unknown>;
const none = {};
const token = { token: "t" };
const apiKey = { apiKey: "sk" };
const both = { ...token, ...apiKey };
const platformApi = { ...token, clientId: "c", clientSecret: "s" };

const refusals = (platform: "workos" | "rehearsal", credentials: Record<string, string>, kind: Kind, inputs: Bag) => {
  const config = configOf(credentials, platform);
  return workos.connect(config, new Http(config)).refusals(kind, inputs);
};
const properties = (...given: Parameters<typeof refusals>) => refusals(...given).map(({ property }) => property);

describe("which credentials each kind needs", () => {
  const web = { kind: "web" };
  test.each<[what: string, kind: Kind, inputs: Bag, suffices: readonly Bag[], lacks: readonly Bag[], names: RegExp]>([
    ["Project", "Project", {}, [token], [none, apiKey], /Project needs a dashboard token: set GOLIVE_TOKEN/],
    ["Environment", "Environment", {}, [token], [none, apiKey], /GOLIVE_TOKEN/],
    ["Application", "Application", web, [token, both], [none, apiKey], /GOLIVE_TOKEN/],
    [
      "the default one",
      "Application",
      { ...web, isDefault: true },
      [token, apiKey],
      [none],
      /GOLIVE_TOKEN.*GOLIVE_API_KEY/,
    ],
    ["oauth", "Application", { kind: "oauth" }, [apiKey, token, both], [none], /GOLIVE_API_KEY.*GOLIVE_TOKEN/],
    ["m2m", "Application", { kind: "m2m" }, [apiKey, token, both], [none], /GOLIVE_API_KEY.*GOLIVE_TOKEN/],
    ["ApiKey", "ApiKey", {}, [platformApi], [none, apiKey, token], /GOLIVE_CLIENT_ID and GOLIVE_CLIENT_SECRET/],
    ["FeatureFlag", "FeatureFlag", {}, [token], [none, apiKey], /GOLIVE_TOKEN/],
    ["FeatureFlagRule", "FeatureFlagRule", {}, [token, apiKey], [none], /GOLIVE_TOKEN.*GOLIVE_API_KEY/],
    ["WebhookEndpoint", "WebhookEndpoint", {}, [token, apiKey], [none], /GOLIVE_TOKEN.*GOLIVE_API_KEY/],
  ])("%s", (_, kind, inputs, suffices, lacks, names) => {
    for (const credentials of suffices)
      expect(refusals("workos", credentials as Record<string, string>, kind, inputs)).toEqual([]);
    for (const credentials of lacks)
      expect(refusals("workos", credentials as Record<string, string>, kind, inputs)).toEqual([
        { property: "provider", reason: expect.stringMatching(names) },
      ]);
  });

  test("the rehearsal makes keys for a dashboard token alone", () => {
    expect(refusals("rehearsal", token, "ApiKey", {})).toEqual([]);
  });
  test("a key alone is told what it manages", () => {
    expect(refusals("workos", apiKey, "Application", web)[0]?.reason).toMatch(/isDefault: true/);
  });
  test("a kind that is not known yet waits for `up`", () => {
    expect(refusals("workos", none, "Application", { kind: UNKNOWN })).toEqual([]);
  });
});

describe("fields that are not there are refused, never dropped", () => {
  const all = { ...platformApi, ...apiKey };
  test.each<[Kind, Bag, Record<string, string>, workos: readonly string[], rehearsal: readonly string[]]>([
    ["WebhookEndpoint", { description: "x" }, token, ["description"], []],
    ["WebhookEndpoint", { description: UNKNOWN }, token, ["description"], []],
    ["WebhookEndpoint", { secretVersion: 1 }, token, [], []],
    ["WebhookEndpoint", { secretVersion: 2 }, token, ["secretVersion"], []],
    ["WebhookEndpoint", { secretVersion: UNKNOWN }, token, [], []],
    [
      "WebhookEndpoint",
      { secretVersion: 2, description: "x" },
      apiKey,
      ["description", "secretVersion"],
      ["description", "secretVersion"],
    ],
    ["Application", { kind: "web", credentials: { version: 1 } }, token, ["credentials"], []],
    [
      "Application",
      { kind: "web", organization: "o", scopes: [] },
      token,
      ["organization", "scopes"],
      ["organization", "scopes"],
    ],
    ["Application", { kind: "oauth", credentials: { version: 1 } }, all, [], []],
    [
      "Application",
      { kind: "oauth", sessions: {}, logoutUris: [] },
      all,
      ["logoutUris", "sessions"],
      ["logoutUris", "sessions"],
    ],
    ["Application", { kind: "web", isDefault: true, redirectUris: [], corsOrigins: [] }, apiKey, [], []],
    [
      "Application",
      { kind: "web", isDefault: true, homepageUrl: "https://a.example.com" },
      apiKey,
      ["homepageUrl"],
      ["homepageUrl"],
    ],
    ["ApiKey", { kind: "secret" }, all, [], []],
    ["ApiKey", { kind: "publishable", application: "app_1" }, all, ["application", "kind"], []],
    ["FeatureFlagRule", { rolloutPercentage: 50 }, token, ["rolloutPercentage"], ["rolloutPercentage"]],
    ["FeatureFlagRule", { access: "all", enabled: true }, token, [], []],
    ["FeatureFlagRule", { access: "all", enabled: true }, apiKey, ["access"], ["access"]],
  ])("%s %j", (kind, inputs, credentials, real, rehearsed) => {
    expect(properties("workos", credentials, kind, inputs)).toEqual(real);
    expect(properties("rehearsal", credentials, kind, inputs)).toEqual(rehearsed);
  });
});

import type { Kind } from "@golive/provider";
import { UNKNOWN } from "@golive/provider/define";
import { describe, expect, test } from "vitest";
import { rules } from "@golive/provider/platforms/workos/rules/index";
import * as declared from "./declared";
import type { Bag } from "./declared";

/** By the definitions and by WorkOS' rules, as they come together at a preview. */
const checked = (kind: Kind, given: Bag) => declared.checked(kind, given, {}, rules);
const failures = (kind: Kind, given: Bag, olds?: Bag) => declared.failures(kind, given, olds, rules);

const staging = { environmentType: "staging" };
const production = { environmentType: "production" };
const first = { uri: "https://shop.example.com/callback", default: true };
/** An application with a default redirect URI and this one. */
const second = (uri: string, more: Bag = {}) => ({ redirectUris: [first, { uri, default: false }], ...more });

describe("redirect URIs that pass", () => {
  test.each<[string, Bag]>([
    ["https://shop.example.com/other", production],
    ["https://*.preview.example.com/callback", production],
    ["https://shop-*.example.com/callback", production],
    ["http://127.0.0.1:8400/callback", { ...production, kind: "native" }],
    ["com.example.shop:/callback", { ...production, kind: "native" }],
    ["shop://callback", { ...production, kind: "native" }],
    ["http://localhost:3000/callback", staging],
    ["http://staging.example.com/callback", staging],
    ["http://*.staging.example.com/callback", staging],
    ["http://localhost:*/callback", staging],
    ["http://localhost:3000/callback", {}],
    [UNKNOWN, production],
  ])("%s %o", (uri, more) => expect(failures("Application", second(uri, more))).toEqual([]));
});

describe("redirect URIs that are refused, at the path of the URI", () => {
  test.each<[string, Bag, RegExp]>([
    ["shop.example.com/callback", {}, /is no URI/],
    ["localhost:3000/callback", {}, /is no URI/],
    ["localhost:*/callback", {}, /is no URI/],
    ["shop.example.com:443", production, /is no URI/],
    ["http:/shop.example.com/callback", production, /is no URI/],
    ["https:shop.example.com/callback", production, /is no URI/],
    ["https:///callback", production, /is no URI/],
    [" https://shop.example.com/callback", {}, /is no URI/],
    ["http://shop.example.com/callback", production, /is http: production takes https only/],
    ["HTTP://shop.example.com/callback", production, /is http: production takes https only/],
    ["http://localhost:3000/callback", production, /is http: production takes https only/],
    ["http://localhost:3000/callback", { ...production, kind: "native" }, /is http: production takes https only/],
    ["http://127.0.0.1:8400/callback", production, /for native applications only/],
    ["http://127.0.0.1:8400/callback", { ...production, kind: "spa" }, /for native applications only/],
    ["http://127.0.0.1.example.com/callback", { ...production, kind: "native" }, /is http/],
    ["http://*.example.com/callback", production, /`\*` on http/],
    ["https://*.*.example.com/callback", {}, /more than one `\*`/],
    ["https://shop.*.example.com/callback", {}, /outside the leftmost label/],
    ["https://shop.example.com/*", {}, /outside the leftmost label/],
    ["https://*.com/callback", {}, /whole public suffix/],
    ["https://shop.example.com:*/callback", {}, /`\*` for its port/],
  ])("%s %o", (uri, more, reason) => {
    const [failure, ...others] = checked("Application", second(uri, more)).failures;
    expect(failure).toEqual({ property: "redirectUris[1].uri", reason: expect.stringMatching(reason) });
    expect(others).toEqual([]);
  });

  test("a `*` in the default", () => {
    const redirectUris = [{ uri: "https://*.example.com/callback", default: true }];
    expect(failures("Application", { redirectUris })).toEqual([
      "redirectUris[0].uri: has a `*` and is the default: the default URI names one host",
    ]);
  });

  test("the path names the third of three", () => {
    const redirectUris = [first, { uri: "https://b.example.com" }, { uri: "http://c.example.com" }];
    expect(failures("Application", { redirectUris, ...production })[0]).toMatch(/^redirectUris\[2\]\.uri: is http/);
  });
});

describe("exactly one default", () => {
  const at = (uri: string, isDefault?: boolean | string) => ({ uri: `https://${uri}.example.com`, default: isDefault });
  test.each<[string, readonly unknown[], string[]]>([
    [
      "none of two",
      [at("a"), at("b", false)],
      ["redirectUris: exactly one redirect URI is the default: set `default: true` on one"],
    ],
    [
      "both of two",
      [at("a", true), at("b", true)],
      [
        "redirectUris[1].default: exactly one redirect URI is the default, and redirectUris[0] is it: remove one of the two",
      ],
    ],
    ["the same twice", [at("a", true), at("a")], ["redirectUris[1].uri: is listed twice: remove one"]],
    ["an empty list", [], []],
    ["perhaps", [at("a", UNKNOWN), at("b", UNKNOWN)], []],
  ])("%s", (_, redirectUris, expected) => expect(failures("Application", { redirectUris })).toEqual(expected));
});

describe("other rules", () => {
  test.each<[string, Kind, Bag, string[]]>([
    [
      "webhooks are https in production",
      "WebhookEndpoint",
      { url: "http://shop.example.com/hooks", ...production },
      ["url: is http: production sends events over https only"],
    ],
    ["and take http in staging", "WebhookEndpoint", { url: "http://localhost:3000/hooks", ...staging }, []],
    [
      "an origin has no path",
      "Application",
      { corsOrigins: ["https://a.example.com", "https://b.example.com/x"] },
      ["corsOrigins[1]: has a path: an origin ends after its host and port"],
    ],
    [
      "an origin is https in production",
      "Application",
      { corsOrigins: ["http://a.example.com"], ...production },
      ["corsOrigins[0]: is http: production takes https only"],
    ],
    [
      "no `*` in an origin of production",
      "Application",
      { corsOrigins: ["https://*.example.com"], ...production },
      ["corsOrigins[0]: has a `*`: production takes none in an origin"],
    ],
    ["localhost is an origin in staging", "Application", { corsOrigins: ["http://localhost:3000"], ...staging }, []],
    [
      "m2m acts for an organization",
      "Application",
      { kind: "m2m" },
      ["organization: is required for `m2m`: the organization that the application acts for"],
    ],
    ["which may be unknown yet", "Application", { kind: "m2m", organization: UNKNOWN }, []],
    [
      "m2m has no redirect URIs",
      "Application",
      { kind: "m2m", organization: "org_1", redirectUris: [first] },
      ["redirectUris: belongs to `web`, `native`, `spa` and `oauth` applications, not to `m2m`: leave it out"],
    ],
    [
      "oauth signs nobody in",
      "Application",
      { kind: "oauth", homepageUrl: "https://a.example.com" },
      ["homepageUrl: belongs to `web`, `native` and `spa` applications, not to `oauth`: leave it out"],
    ],
    [
      "oauth has origins",
      "Application",
      { kind: "oauth", corsOrigins: ["https://a.example.com"], description: "A shell", pkce: true, firstParty: true },
      [],
    ],
    [
      "m2m has none, and proves itself by a secret",
      "Application",
      { kind: "m2m", organization: "org_1", corsOrigins: ["https://a.example.com"], pkce: true },
      [
        "pkce: belongs to `oauth` applications, not to `m2m`: leave it out",
        "corsOrigins: belongs to `web`, `native`, `spa` and `oauth` applications, not to `m2m`: leave it out",
      ],
    ],
    [
      "somebody else's oauth names the organization",
      "Application",
      { kind: "oauth", firstParty: false },
      ["organization: is required where `firstParty` is false: whose application it is"],
    ],
    ["which may be unknown as well", "Application", { kind: "oauth", firstParty: false, organization: UNKNOWN }, []],
    [
      "web has no description, and its reset page does",
      "Application",
      { description: "A page", passwordResetUrl: "https://a.example.com/reset" },
      ["description: belongs to `oauth` and `m2m` applications, not to `web`: leave it out"],
    ],
    [
      "oauth has no page for invitations",
      "Application",
      { kind: "oauth", userInvitationUrl: "https://a.example.com/invited" },
      ["userInvitationUrl: belongs to `web`, `native` and `spa` applications, not to `oauth`: leave it out"],
    ],
    [
      "oauth is not the default",
      "Application",
      { kind: "oauth", isDefault: true },
      ["isDefault: the default application signs users in: `oauth` cannot be it"],
    ],
    [
      "web has no scopes",
      "Application",
      { scopes: ["read"] },
      ["scopes: belongs to `oauth` and `m2m` applications, not to `web`: leave it out"],
    ],
    [
      "targets need access `some`",
      "FeatureFlagRule",
      { access: "all", users: ["user_1"] },
      ['users: is read only while `access` is "some", and it is "all": change one of the two'],
    ],
    ["no targets need nothing", "FeatureFlagRule", { access: "none", users: [], organizations: [] }, []],
    [
      "targets with access `some`",
      "FeatureFlagRule",
      { access: "some", users: ["user_1"], organizations: ["org_1"] },
      [],
    ],
  ])("%s", (_, kind, given, expected) => expect(failures(kind, given)).toEqual(expected));

  test.each<[string, unknown, Bag, string[]]>([
    [
      "staging to production",
      "staging",
      { type: "production" },
      ['type: cannot change from "staging" to "production": no platform converts an environment'],
    ],
    ["no change", "staging", { type: "staging" }, []],
    ["not known yet", "staging", { type: UNKNOWN }, []],
    ["a new environment", undefined, { type: "production" }, []],
  ])("the type of an environment is for good: %s", (_, type, given, expected) => {
    const found = failures("Environment", given, { type }).map((failure) =>
      failure.replace(/, and a replacement.*/, ""),
    );
    expect(found).toEqual(expected);
  });
});

describe("versions can only be raised: a credential that was rotated away is gone", () => {
  test.each<[Kind, Bag, Bag, string[]]>([
    ["ApiKey", { version: 3 }, { version: 2 }, ["version: is 3 and can only be raised"]],
    ["ApiKey", { version: 3 }, {}, ["version: is 3 and can only be raised"]],
    ["ApiKey", { version: 3 }, { version: 3 }, []],
    ["ApiKey", { version: 3 }, { version: 4 }, []],
    ["ApiKey", { version: 3 }, { version: UNKNOWN }, []],
    ["ApiKey", {}, { version: 3 }, []],
    ["WebhookEndpoint", { secretVersion: 2 }, {}, ["secretVersion: is 2 and can only be raised"]],
    [
      "Application",
      { credentials: { version: 2 } },
      { credentials: { version: 1 } },
      ["credentials: is 2 and can only be raised"],
    ],
    ["Application", { credentials: { version: 1 } }, { credentials: { version: 2 } }, []],
    ["Application", { credentials: { version: 2 } }, {}, []],
  ])("%s from %o to %o", (kind, olds, given, expected) => {
    expect(failures(kind, given, olds).map((failure) => failure.replace(/: a credential.*/, ""))).toEqual(expected);
  });
});

describe("what is not known at preview passes, and stays as it came", () => {
  test.each<[Kind, Bag]>([
    ["Project", { name: UNKNOWN }],
    ["Environment", { project: UNKNOWN, type: UNKNOWN }],
    ["Application", { environment: UNKNOWN, environmentType: UNKNOWN, kind: UNKNOWN, scopes: ["read"] }],
    ["Application", { redirectUris: UNKNOWN }],
    ["Application", { redirectUris: [UNKNOWN] }],
    ["Application", { redirectUris: [UNKNOWN, { uri: "https://a.example.com", default: UNKNOWN }] }],
    ["Application", { redirectUris: [{ uri: UNKNOWN, default: true }] }],
    ["Application", { corsOrigins: ["https://a.example.com", UNKNOWN] }],
    ["Application", { sessions: { maxAge: UNKNOWN } }],
    ["ApiKey", { environment: UNKNOWN, application: UNKNOWN, kind: UNKNOWN, expiresAt: UNKNOWN }],
    ["FeatureFlag", { project: UNKNOWN, slug: UNKNOWN, tags: [UNKNOWN, "a"] }],
    ["FeatureFlagRule", { flag: UNKNOWN, environment: UNKNOWN, access: UNKNOWN, organizations: [UNKNOWN] }],
    ["FeatureFlagRule", { enabled: UNKNOWN, rolloutPercentage: UNKNOWN, ownedBy: UNKNOWN }],
    ["WebhookEndpoint", { environment: UNKNOWN, environmentType: UNKNOWN, url: UNKNOWN, events: UNKNOWN }],
  ])("%s %o", (kind, given) => {
    expect(checked(kind, given)).toMatchObject({ inputs: given, failures: [] });
  });

  test("a known part beside an unknown one is still checked", () => {
    const redirectUris = [
      { uri: UNKNOWN, default: true },
      { uri: "http://a.example.com", default: false },
    ];
    expect(failures("Application", { redirectUris, ...production })).toEqual([
      expect.stringMatching(/^redirectUris\[1\]\.uri: is http/),
    ]);
  });

  test("nothing beside an unknown one breaks a rule itself", () => {
    expect(() => checked("Application", { redirectUris: [UNKNOWN, null], corsOrigins: [UNKNOWN, null] })).not.toThrow();
  });
});

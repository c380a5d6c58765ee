// Addresses and lengths at preview; test/rehearsal asks the server the same of them.
import type { Kind } from "@golive/provider";
import { rules } from "@golive/provider/platforms/workos/rules/index";
import { describe, expect, test } from "vitest";
import { hooks, origins, pages, redirects } from "../rules/uris";
import * as declared from "./declared";
import type { Bag } from "./declared";

/** By the definitions and by WorkOS' rules, as they come together at a preview. */
const failures = (kind: Kind, given: Bag) => declared.failures(kind, given, {}, rules);

const staging = { environmentType: "staging" };
const production = { environmentType: "production" };
const first = { uri: "https://shop.example.com/callback", default: true };
/** An application with a default redirect URI and this one. */
const second = (uri: string, more: Bag = {}) => ({ redirectUris: [first, { uri, default: false }], ...more });

describe("addresses, by the table that the server is held to", () => {
  const inBoth = (kind: Kind, given: (text: string) => Bag) => (text: string) =>
    [staging, production].map((place) =>
      failures(kind, { ...given(text), ...place }).length === 0 ? "ok" : "refused",
    );
  const verdicts = (...found: string[]) => found.map((verdict) => (verdict === "ok" ? "ok" : "refused"));

  test.each(redirects)("redirect %j: staging %s, production %s", (text, ...expected) =>
    expect(inBoth("Application", (uri) => second(uri, { kind: "native" }))(text)).toEqual(verdicts(...expected)),
  );
  test.each(redirects)("logout %j: staging %s, production %s", (text, ...expected) => {
    const given = (uri: string) => ({ kind: "native", logoutUris: [first.uri, uri] });
    expect(inBoth("Application", given)(text)).toEqual(verdicts(...expected));
  });
  test.each(origins)("origin %j: staging %s, production %s", (text, ...expected) =>
    expect(inBoth("Application", (origin) => ({ corsOrigins: [origin] }))(text)).toEqual(verdicts(...expected)),
  );
  test.each(pages)("page %j: staging %s, production %s", (text, ...expected) => {
    for (const field of ["homepageUrl", "initiateLoginUri", "signUpUrl"])
      expect(inBoth("Application", (url) => ({ [field]: url }))(text)).toEqual(verdicts(...expected));
  });
  test.each(hooks)("webhook %j: staging %s, production %s", (text, ...expected) =>
    expect(inBoth("WebhookEndpoint", (url) => ({ url }))(text)).toEqual(verdicts(...expected)),
  );

  test.each<[string, Bag, string]>([
    [
      "a wildcard over a public suffix",
      second("https://*.vercel.app/cb"),
      "redirectUris[1].uri: has a `*` over a whole public suffix: name the domain, e.g. `https://*.example.com`",
    ],
    [
      "a wildcard of a custom scheme",
      second("com.example.app:/*"),
      "redirectUris[1].uri: has a `*` outside http and https: write the whole URI",
    ],
    [
      "too long",
      second(`https://a.example.com/${"x".repeat(2_048)}`),
      "redirectUris[1].uri: is 2070 characters long: 2048 at most",
    ],
    [
      "a logout that runs code",
      { logoutUris: [first.uri, "javascript:alert(1)"] },
      "logoutUris[1]: has a scheme that runs code or reads files: write an https URL, or the scheme of a native application",
    ],
    [
      "a first logout URI with a wildcard",
      { logoutUris: ["https://*.example.com/out"] },
      "logoutUris[0]: has a `*` and is the default: the default URI names one host",
    ],
    [
      "an origin that is none",
      { corsOrigins: ["nonsense"] },
      "corsOrigins[0]: is no web origin: write a scheme and a host, e.g. `https://app.example.com`",
    ],
    [
      "a page of another scheme",
      { signUpUrl: "com.example.app:/x" },
      "signUpUrl: Invalid URL: write e.g. `https://app.example.com`",
    ],
  ])("in words, at its path: %s", (_, given, expected) => expect(failures("Application", given)).toEqual([expected]));
});

describe("lengths are counted as JavaScript counts, as the server does", () => {
  const emoji = (count: number) => "😀".repeat(count);
  test.each<[Kind, string, number]>([
    ["Project", "name", 200],
    ["Environment", "name", 100],
    ["Application", "name", 200],
    ["ApiKey", "name", 200],
    ["FeatureFlag", "name", 200],
    ["FeatureFlag", "description", 1_000],
    ["WebhookEndpoint", "description", 1_000],
  ])("%s.%s: %i", (kind, field, longest) => {
    expect(failures(kind, { [field]: emoji(longest / 2) })).toEqual([]);
    expect(failures(kind, { [field]: emoji(longest / 2 + 1) })).toHaveLength(1);
  });
});

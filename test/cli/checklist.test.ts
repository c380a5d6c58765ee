// The list of WorkOS, which has every item that platforms share.
import * as list from "@golive/provider/checklist";
import type { EnvironmentFacts, Facts } from "@golive/provider/checklist";
import { checklist as items } from "@golive/provider/platforms/workos/checklist";
import { expect, test } from "vitest";

const { blocking } = list;
const inspect = (facts: Facts, confirmed?: readonly string[]) => list.inspect(items, facts, confirmed);

const staging: EnvironmentFacts = {
  name: "Staging",
  webhooks: [{ name: "users", url: "https://hooks.staging.example.com/users" }],
  rules: ["checkout"],
  contents: { organizations: ["Acme"] },
};
const production: EnvironmentFacts = {
  name: "Production",
  deletionProtection: true,
  applications: [{ name: "web", redirectUris: [{ uri: "https://example.com/callback" }] }],
  keys: [{ name: "backend", issued: true, secretHeld: true, encrypted: true }],
  webhooks: [{ name: "users", url: "https://hooks.example.com/users", secretHeld: true }],
  rules: ["checkout"],
  contents: { organizations: ["Acme"] },
};
const ready: Facts = { production, staging, billing: true, exported: ["clientId"], flags: ["checkout"] };
const but = (change: Partial<EnvironmentFacts>, facts: Partial<Facts> = {}): Facts => ({
  ...ready,
  ...facts,
  production: { ...production, ...change },
});
const app = (uri: string, kind?: string) => ({ name: "web", kind, redirectUris: [{ uri }] });

test("an environment that is ready has nothing in its way", () => {
  expect(blocking(inspect(ready))).toEqual([]);
});

test.each<[broken: string, facts: Facts, id: string, step: RegExp]>([
  ["billing locked", but({}, { billing: false }), "billing", /Set up billing/],
  ["no key", but({ keys: [] }), "api-key", /production has none/],
  ["a key not issued", but({ keys: [{ name: "b", issued: false }] }), "api-key", /"b" is not issued yet/],
  ["a key not held", but({ keys: [{ name: "b", issued: true, secretHeld: false }] }), "api-key", /raise its `version`/],
  ["a key in clear text", but({ keys: [{ name: "b", encrypted: false }] }), "api-key", /clear text/],
  ["client id not exported", but({}, { exported: [] }), "client-id", /environment\.clientId/],
  ["no application", but({ applications: [] }), "redirect-uris", /production has none/],
  ["no redirect URI", but({ applications: [{ name: "web", redirectUris: [] }] }), "redirect-uris", /has no redirect/],
  ["http", but({ applications: [app("http://example.com/cb")] }), "redirect-uris", /redirectUris\[0\]\.uri is http/],
  ["localhost", but({ applications: [app("https://localhost/cb")] }), "redirect-uris", /on localhost/],
  ["loopback for web", but({ applications: [app("http://127.0.0.1/cb", "web")] }), "redirect-uris", /native/],
  [
    "no default",
    but({
      applications: [
        { name: "web", redirectUris: [{ uri: "https://a.example.com" }, { uri: "https://b.example.com" }] },
      ],
    }),
    "redirect-uris",
    /exactly one/,
  ],
  ["an endpoint less", but({ webhooks: [] }), "webhooks", /"users" has no twin/],
  ["staging's URL", but({ webhooks: [...staging.webhooks!] }), "webhooks", /receives staging's events too/],
  [
    "no signing secret",
    but({ webhooks: [{ ...production.webhooks![0]!, secretHeld: false }] }),
    "webhooks",
    /not held/,
  ],
  ["a flag without a rule", but({}, { flags: ["checkout", "beta"] }), "flags", /"beta" has no rule in Production/],
  ["no protection", but({ deletionProtection: false }), "deletion-protection", /true is the default/],
])("%s fails its item alone, with the step", (_, facts, id, step) => {
  const [only, ...others] = blocking(
    inspect(
      facts,
      items.map((item) => item.id),
    ),
  );
  expect(others).toEqual([]);
  expect(only).toMatchObject({ id, verdict: { status: "failed", step: expect.stringMatching(step) } });
});

test.each<[unknown: string, facts: Facts, id: string]>([
  ["billing", but({}, { billing: undefined }), "billing"],
  ["keys", but({ keys: undefined }), "api-key"],
  ["the client id", but({}, { exported: undefined }), "client-id"],
  ["applications", but({ applications: undefined }), "redirect-uris"],
  ["webhooks", but({ webhooks: undefined }), "webhooks"],
  ["staging's organizations", but({}, { staging: { ...staging, contents: undefined } }), "organizations"],
  ["staging's endpoints", but({}, { staging: { ...staging, webhooks: undefined } }), "webhooks"],
  ["an organization that production lacks", but({ contents: { organizations: [] } }), "organizations"],
  ["rules", but({ rules: undefined }), "flags"],
])("%s: a person is asked, and a person's word passes it", (_, facts, id) => {
  expect(blocking(inspect(facts)).map((r) => [r.id, r.verdict.status])).toEqual([[id, "confirm"]]);
  expect(blocking(inspect(facts, [id]))).toEqual([]);
  expect(inspect(facts, [id]).find((r) => r.id === id)).toMatchObject({ confirmed: true });
});

test("what is missing is listed by name", () => {
  const facts = but(
    { contents: {} },
    { staging: { ...staging, contents: { ...staging.contents, connections: ["Acme SAML"] } } },
  );
  expect(blocking(inspect(facts))[0]!.verdict).toEqual({
    status: "confirm",
    step: 'Re-create those of live customers: organizations "Acme"; connections "Acme SAML".',
  });
});

test("a key that this very deploy will issue is no failure", () => {
  expect(blocking(inspect(but({ keys: [{ name: "backend" }] })))).toEqual([]);
});

test("a name in `confirmed` that no item has is told", () => {
  expect(list.unknownItems(items, ["billing", "biling"])).toEqual(["biling"]);
});

test("a native application may use loopback over http in production", () => {
  expect(blocking(inspect(but({ applications: [app("http://127.0.0.1:8400/cb", "native")] })))).toEqual([]);
});

// The pack as a platform team switches it on, in the real engine's own policy host. The oldest engine has one here: the newest
// that Go builds starts no policy pack with the language host that can be had.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Stack } from "../engine/harness";
import { type Account, configure, exampleConfig, openAccount } from "../components/account";

const pack = fileURLToPath(new URL("../../sdk/policy-pack", import.meta.url));
const withPack = (...args: string[]) => ({ args: ["--policy-pack", pack, ...args] });
const plain = (resource: string) => `
const golive = require("@golive/pulumi");
const project = new golive.Project("project", { name: "Policies" });
const environment = new golive.Environment("environment", { project, name: "Production", type: "production" });
${resource}`;

let account: Account;
beforeAll(async () => {
  account = await openAccount({ engine: "oldest" });
  await (await account.shared()).up();
  await (await account.stack("staging")).up();
}, 180_000);
afterAll(() => account.close());

test("the pack has the version of the SDK that it comes with", () => {
  const versionOf = (folder: string) =>
    (JSON.parse(readFileSync(path.join(pack, folder, "package.json"), "utf8")) as { version: string }).version;
  expect(versionOf(".")).toBe(versionOf(".."));
});

describe("examples/go-live, production", () => {
  let production: Stack;
  beforeAll(async () => void (production = await account.stack("production")));

  test("passes what is mandatory, and hears of the key without an expiry", async () => {
    const { stdout } = await production.preview(withPack());
    expect(stdout).toContain('ApiKey "backend": expiresAt is not set');
    expect(stdout).not.toContain("[mandatory]");
    expect(stdout).not.toContain("can't run policy");
  }, 60_000);

  test("an advisory policy is made mandatory by Pulumi's own configuration", async () => {
    production.write({ "policies.json": '{ "golive-key-expiry": "mandatory" }' });
    const config = ["--policy-pack-config", "policies.json"];
    const { stdout } = await production.preview({ ...withPack(...config), expectFailure: true });
    expect(stdout).toContain("[mandatory]  golive-key-expiry");
  }, 60_000);

  test("a deploy is stopped where a preview is", async () => {
    configure(production, { ...exampleConfig("production"), enforce: false, deletionProtection: false });
    account.writes();
    const { stdout } = await production.up({ ...withPack(), expectFailure: true });
    expect(stdout).toContain('Environment "environment": deletionProtection is false');
    expect(account.writes()).toEqual([]);
  }, 60_000);
});

describe("plain resources", () => {
  test.each<[policy: string, resource: string, expected: string]>([
    [
      "golive-no-http",
      'new golive.Application("web", { environment, name: "web", logoutUris: ["http://example.com/"] });',
      'Application "web": logoutUris[0] is http: write https in production.',
    ],
    [
      "golive-no-wildcard",
      'new golive.Application("web", { environment, name: "web", logoutUris: ["https://*.example.com/"] });',
      'Application "web": logoutUris[0] holds a `*`',
    ],
    [
      "golive-events",
      'new golive.WebhookEndpoint("hook", { environment, url: "https://example.com/", events: ["*"] });',
      'WebhookEndpoint "hook": events[0] holds a `*`',
    ],
    [
      "golive-flag-owner",
      'new golive.FeatureFlag("beta", { project, slug: "beta", name: "Beta" });',
      'FeatureFlag "beta": owner is not set',
    ],
  ])(
    "%s",
    async (policy, resource, expected) => {
      const stack = await account.stack(policy, plain(resource));
      const result = await stack.preview({ ...withPack(), expectFailure: policy !== "golive-flag-owner" });
      expect(result.stdout).toContain(expected);
      expect(result.stdout).toContain(`  ${policy}  (`);
    },
    60_000,
  );
});

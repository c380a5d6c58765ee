import { describe, expect, test } from "vitest";
import { config } from "./shop";
import { deployed, type Held, secret, state } from "./state";
import { folderOf } from "./terminal";

interface Printed {
  ready: boolean;
  notes: string[];
  results: { id: string; verdict: { status: string; step?: string }; confirmed?: true }[];
}
const production = config(
  "shop:name: Production",
  "shop:type: production",
  "shop:applications:",
  "  web: { redirectUris: [{ uri: https://example.com/cb }] }",
  "shop:flags:",
  "  checkout: { enabled: true }",
  "shop:webhooks:",
  "  users: { url: https://hooks.example.com/users, events: [user.created] }",
  "shop:confirmed: [organizations]",
);
const staging = production
  .replaceAll("example.com", "staging.example.com")
  .replace(/Production|production/g, "staging");
const outputs = { clientIds: { web: "client_1" } };

const shop = (files: Record<string, string>) =>
  folderOf({
    "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
    "Pulumi.production.yaml": production,
    "Pulumi.staging.yaml": staging,
    ...files,
  });

/** What stands between this project and production. */
async function left(files: Record<string, string>, args: string[] = ["--no-state"]): Promise<string[]> {
  const ran = await shop(files).golive("doctor", "production", "--json", ...args);
  expect(ran.stderr).toBe("");
  const { ready, results } = ran.json<Printed>();
  const open = results.filter(({ id, verdict }) => verdict.status !== "passed" && !/verified|tested|domain/.test(id));
  expect(ready).toBe(open.length === 0);
  expect(ran.code).toBe(ready ? 0 : 3);
  return open.map(({ id, verdict }) => `${verdict.status} ${id}: ${verdict.step}`);
}
const deployedBut = (kind: string, change?: Partial<Held>): string =>
  state(
    deployed.flatMap((held) => (held.kind !== kind ? [held] : change ? [{ ...held, ...change }] : [])),
    outputs,
  );
const withState = (text: string) => ({ "production.json": text });
const stateFile = ["--no-state", "--state-file", "production.json"];

describe("from config alone", () => {
  test.each<[what: string, files: Record<string, string>, says: (string | RegExp)[]]>([
    ["what only a deploy shows is for a person", {}, [/^confirm billing/, /^confirm api-key/, /^confirm client-id/]],
    [
      "a declared key is to be issued",
      { "Pulumi.production.yaml": `${production}  shop:keys: { backend: {} }\n` },
      [/^confirm billing/, /^failed api-key: Key "backend" is not issued yet/, /^confirm client-id/],
    ],
    [
      "a redirect URI, an endpoint and a flag that production lacks",
      {
        "Pulumi.staging.yaml": staging
          .replace("  checkout:", "  search: {}\n    checkout:")
          .replace("  users:", "  orders: { url: https://x.test/orders }\n    users:"),
        "Pulumi.production.yaml": production.replace("https://example.com/cb", "http://example.com/cb"),
      },
      [
        /^confirm billing/,
        /^confirm api-key/,
        /^confirm client-id/,
        /^failed redirect-uris: Application "web", redirectUris\[0\]\.uri is http/,
        /^failed webhooks: Staging's endpoint "orders" has no twin in production/,
        /^failed flags: Flag "search" has no rule in Production/,
      ],
    ],
    [
      "protection that is switched off",
      { "Pulumi.production.yaml": `${production}  shop:deletionProtection: false\n` },
      [/^confirm billing/, /^confirm api-key/, /^confirm client-id/, /^failed deletion-protection/],
    ],
    [
      "protection that `pulumi config set` switched off, which it writes as a text",
      { "Pulumi.production.yaml": `${production}  shop:deletionProtection: "false"\n` },
      [/^confirm billing/, /^confirm api-key/, /^confirm client-id/, /^failed deletion-protection/],
    ],
  ])("%s", async (_, files, says) => {
    expect(await left(files)).toEqual(says.map((text) => expect.stringMatching(text)));
  });
});

describe("from state", () => {
  test.each<[what: string, text: string, says: RegExp[]]>([
    ["a good deploy is ready", state(deployed, outputs), []],
    ["no key", deployedBut("ApiKey"), [/^confirm billing/, /^failed api-key: Declare an ApiKey/]],
    [
      "a key that is not held",
      deployedBut("ApiKey", { outputs: { secretHeld: false } }),
      [/^failed api-key: The value of key "backend" is not held/],
    ],
    [
      "a key in clear text",
      deployedBut("ApiKey", { outputs: { secretHeld: true, value: "sk_1" } }),
      [/^failed api-key: Key "backend" stands in clear text/],
    ],
    ["no client id among the outputs", state(deployed, { other: "x" }), [/^failed client-id/]],
    ["no application", deployedBut("Application"), [/^failed redirect-uris: Declare an application/]],
    [
      "a signing secret that is not held",
      deployedBut("WebhookEndpoint", { outputs: { secretHeld: false } }),
      [/^failed webhooks: The signing secret of https:\/\/hooks/],
    ],
    [
      "protection that is off",
      deployedBut("Environment", { outputs: { deletionProtection: false, clientId: "client_1" } }),
      [/^failed deletion-protection/],
    ],
  ])("%s", async (_, text, says) => {
    expect(await left(withState(text), stateFile)).toEqual(says.map((one) => expect.stringMatching(one)));
  });

  test("a flag that the shared stack defines needs a rule; ids become slugs", async () => {
    const flags = ["checkout", "search"].map((slug) => ({ kind: "FeatureFlag", name: slug, inputs: { slug } }));
    const files = { ...withState(state(deployed, outputs)), "shared.json": state(flags) };
    expect(await left(files, [...stateFile, "--state-file", "shared=shared.json"])).toEqual([
      'failed flags: Flag "search" has no rule in Production: declare one. Flag "search" has no rule in staging: declare one.',
    ]);
  });

  test("no secret is printed", async () => {
    const ran = await shop(withState(state(deployed, { ...outputs, key: secret }))).golive(
      "doctor",
      "production",
      "--json",
      ...stateFile,
    );
    expect(ran.stdout).not.toContain("v1:hidden");
  });
});

describe("the command", () => {
  test("prints each item with its step, and what is left", async () => {
    const ran = await shop({}).golive("doctor", "production", "--no-state");
    expect(ran).toMatchObject({ code: 3, stderr: "" });
    expect(ran.stdout).toMatch(
      /^confirm {2}Production is unlocked by billing {2}\[billing\]\n {9}See in the dashboard/m,
    );
    expect(ran.stdout).toMatch(/^ok {7}Organizations and connections are re-created \(confirmed by a person\)/m);
    expect(ran.stdout).toContain("production is not ready: 0 failed, 3 for a person to confirm.");
  });

  test("without a staging nothing is compared: a person is asked, and told why", async () => {
    const files = { "Pulumi.yaml": "name: shop\nruntime: nodejs\n", "Pulumi.production.yaml": production };
    const ran = await folderOf(files).golive("doctor", "--no-state");
    expect(ran).toMatchObject({ code: 3, stderr: "note: there is no stack staging to compare with.\n" });
    expect(ran.stdout).toMatch(/^confirm {2}Webhook endpoints [^]*name its stack, `staging`, to have them compared/m);
  });

  test("without `pulumi` it says that state was not read, and goes on", async () => {
    const ran = await shop({}).golive("doctor", "production");
    expect(ran.stderr).toMatch(/^note: `pulumi` is not on PATH/);
    expect(ran.stdout).toContain("is not ready");
  });

  test.each<[what: string, files: Record<string, string>, args: string[], code: number, says: RegExp]>([
    [
      "a word in `confirmed` that no item has",
      { "Pulumi.production.yaml": production.replace("[organizations]", "[biling]") },
      [],
      1,
      /`confirmed` names "biling"/,
    ],
    [
      "`confirmed` that is no list",
      { "Pulumi.production.yaml": production.replace("[organizations]", "billing") },
      [],
      1,
      /is no list/,
    ],
    ["no such stack", {}, ["prod"], 2, /there is no stack prod here/],
    ["no such stack to compare with", {}, ["--staging", "stagng"], 2, /there is no stack stagng here/],
    ["a state that is no JSON", withState("x"), ["--state-file", "production.json"], 1, /is no JSON/],
  ])("%s", async (_, files, args, code, says) => {
    const ran = await shop(files).golive("doctor", "--no-state", ...args);
    expect(ran).toMatchObject({ code, stderr: expect.stringMatching(says) });
  });
});

import { describe, expect, test } from "vitest";
import { config, shop } from "./shop";

interface Difference {
  path: string;
  verdict: string;
  reason: string;
}
interface Printed {
  source: string;
  count: { same: number; design: number; accident: number };
  differences: Difference[];
}

/** What differs between two configs. */
async function differences(staging: string[], production: string[], args: string[] = []): Promise<string[]> {
  const ran = await shop(config(...staging), config(...production)).golive(
    "parity",
    "staging",
    "production",
    "--json",
    ...args,
  );
  expect(ran.stderr).toBe("");
  return ran
    .json<Printed>()
    .differences.filter(({ verdict }) => verdict !== "same")
    .map(({ path, verdict, reason }) => `${verdict} ${path}: ${reason}`);
}
const url = "design webhooks.w.url: transform: https, the host of production, no localhost";
const web = (...lines: string[]): string[] => ["shop:applications:", "  web:", ...lines.map((line) => `    ${line}`)];
const hook = (rest: string): string[] => ["shop:webhooks:", `  w: { ${rest} }`];
const flag = (text: string): string[] => ["shop:flags:", `  a: ${text}`];

describe("each difference has its reason", () => {
  test.each<[what: string, staging: string[], production: string[], said: string[]]>([
    ["nothing differs", flag("{ enabled: true }"), flag("{ enabled: true }"), []],
    ["a default that one side writes out", web("kind: web"), web("homepageUrl:"), []],
    [
      "the order of a set",
      hook("url: https://a.test/w, events: [a.a, b.b]"),
      hook("url: https://a.test/w, events: [b.b, a.a]"),
      [],
    ],
    [
      "a sole redirect URI is the default",
      web("redirectUris: [{ uri: 'x://y' }]"),
      web("redirectUris: [{ uri: 'x://y', default: true }]"),
      [],
    ],
    [
      "name and type",
      ["shop:name: S", "shop:type: staging"],
      ["shop:name: P", "shop:type: production"],
      ["design name: ask: differs by nature", "design type: ask: differs by nature"],
    ],
    ["a host", hook("url: https://a.test/w, events: [a.a]"), hook("url: https://b.test/w, events: [a.a]"), [url]],
    [
      "http in staging",
      hook("url: http://a.test/w, events: [a.a]"),
      hook("url: https://a.test/w, events: [a.a]"),
      [url],
    ],
    [
      "localhost in staging",
      web("redirectUris: [{ uri: https://a.test/cb, default: true }, { uri: http://localhost/cb2 }]"),
      web("redirectUris: [{ uri: https://b.test/cb }]"),
      ["design applications.web.redirectUris: transform: https, the host of production, no localhost"],
    ],
    [
      "another path",
      hook("url: https://a.test/w, events: [a.a]"),
      hook("url: https://b.test/v, events: [a.a]"),
      ["accident webhooks.w.url: production lacks https://a.test/w"],
    ],
    [
      "a URI more in production",
      web("logoutUris: [https://a.test/bye]"),
      web("logoutUris: [https://b.test/bye, https://b.test/tschuess]"),
      ["accident applications.web.logoutUris: staging has nothing like https://b.test/tschuess"],
    ],
    [
      "a copied value",
      flag("{ enabled: true }"),
      flag("{ enabled: false }"),
      ["accident flags.a.enabled: copy: is meant to be the same"],
    ],
    [
      "a difference that is explained",
      flag("{ enabled: true }"),
      flag("{ enabled: false } # differs: launches in June"),
      ["design flags.a.enabled: launches in June"],
    ],
    [
      "people's own field",
      flag("{ enabled: true }"),
      flag("{ enabled: false, ownedBy: { enabled: people } }"),
      [
        "design flags.a.enabled: people own it in production",
        "accident flags.a.ownedBy: copy: is meant to be the same",
      ],
    ],
    [
      "targets",
      flag("{ organizations: [org_1] }"),
      flag("{ organizations: [org_2] }"),
      ["design flags.a.organizations: ask: differs by nature"],
    ],
    [
      "versions of credentials",
      ["shop:keys:", "  k: { version: 2 }"],
      ["shop:keys:", "  k: { version: 1 }"],
      ["design keys.k.version: drop: each environment has its own"],
    ],
    [
      "only in staging",
      flag("{ enabled: true }"),
      [],
      ["accident flags.a: production has fallen behind: `golive clone` adds it"],
    ],
    ["only in production", [], flag("{ enabled: true }"), ["accident flags.a: staging has never tried it"]],
  ])("%s", async (_, staging, production, said) => {
    expect(await differences(staging, production)).toEqual(said);
  });
});

const pair = () => shop(config(...flag("{ enabled: true }")), config(...flag("{ enabled: false }")));

describe("the command", () => {
  test("--check ends with 3 for what differs by accident, and with 0 otherwise", async () => {
    const at = pair();
    expect((await at.golive("parity", "staging", "production")).code).toBe(0);
    const checked = await at.golive("parity", "staging", "production", "--check");
    expect(checked.code).toBe(3);
    expect(checked.stdout).toMatch(/accident +flags\.a\.enabled +true +false +copy/);
    expect(checked.stdout).toContain("1 by accident, 0 by design, 0 the same (from config).");
    expect((await at.golive("parity", "staging", "staging", "--check")).code).toBe(0);
  });

  test("--html writes one page that loads nothing and escapes what it shows", async () => {
    const at = shop(
      config(...web("homepageUrl: https://a.test/?a=<script>alert(1)</script>&b")),
      config(...web("homepageUrl:")),
    );
    await at.golive("parity", "staging", "production", "--html", "page.html");
    const page = at.read("page.html");
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).not.toMatch(/<script|<link|src=|href=|@import|url\(/);
    expect(page).toContain("&#60;script&#62;");
  });

  test("reads exported states, a secret stays masked", async () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:abc" };
    const state = (name: string, enabled: boolean) =>
      JSON.stringify({
        deployment: {
          resources: [
            { urn: "urn:pulumi:s::p::pulumi:pulumi:Stack::p-s", type: "pulumi:pulumi:Stack" },
            {
              urn: "urn:pulumi:s::p::pulumi-nodejs:dynamic/golive:Environment::environment",
              type: "pulumi-nodejs:dynamic/golive:Environment",
              id: "environment_1",
              inputs: { name, type: name.toLowerCase() },
            },
            {
              urn: "urn:pulumi:s::p::golive:index:FeatureFlagRule::a",
              type: "golive:index:FeatureFlagRule",
              id: "rule_1",
              inputs: { enabled, users: secret },
            },
          ],
        },
      });
    const at = shop("");
    at.write("s.json", state("Staging", true));
    at.write("p.json", state("Production", false));
    const ran = await at.golive(
      "parity",
      "staging",
      "production",
      "--json",
      "--state-file",
      "s.json",
      "--state-file",
      "p.json",
    );
    expect(ran.json<Printed>()).toMatchObject({ source: "state", count: { accident: 1 } });
    expect(ran.stdout).not.toContain("v1:abc");

    at.write("Pulumi.production.yaml", config("shop:flags:", "  a: { enabled: false } # differs: launches in June"));
    const files = ["--state-file", "s.json", "--state-file", "p.json"];
    const explained = await at.golive("parity", "staging", "production", "--json", ...files);
    expect(explained.json<Printed>()).toMatchObject({ source: "state", count: { accident: 0 } });
    expect(explained.stdout).toContain("launches in June");
  });

  test.each<[what: string, args: string[], code: number, says: RegExp]>([
    ["one state file", ["--state-file", "s.json"], 2, /--state-file is given once/],
    ["a missing state file", ["--state-file", "s.json", "--state-file", "p.json"], 1, /s\.json cannot be read/],
    ["an unknown source", ["--from", "memory"], 2, /--from memory is no source/],
    ["a wrong mapping", ["--map", "x"], 2, /names no two hosts/],
  ])("%s", async (_, args, code, says) => {
    const ran = await pair().golive("parity", "staging", "production", ...args);
    expect(ran).toMatchObject({ code, stderr: expect.stringMatching(says) });
  });
});

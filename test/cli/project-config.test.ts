// Config in Pulumi.yaml, and URLs on their way: what a stack inherits counts, and a password goes nowhere.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { clone, config, map, shop } from "./shop";
import { folderOf, golive } from "./terminal";

describe("config in Pulumi.yaml", () => {
  const project = (...lines: string[]) =>
    ["name: shop", "runtime: nodejs", "config:", ...lines.map((line) => `  ${line}`), ""].join("\n");

  test.each<[what: string, shared: string[], staging: string[], production: string[], accidents: string[]]>([
    ["a default is each stack's", ["deletionProtection: { type: boolean, default: true }"], [], [], []],
    [
      "a stack's own value wins",
      ["flags: { default: { a: { enabled: true } } }"],
      ["shop:flags: { a: { enabled: false } }"],
      ["shop:flags: { a: { enabled: false } }"],
      [],
    ],
    [
      "a section with a default",
      ["flags: { default: { a: { enabled: true } } }"],
      [],
      ["shop:flags: { a: { enabled: false } }"],
      ["flags.a.enabled"],
    ],
    [
      "a path below a key",
      ["flags.a.enabled: true"],
      ["shop:flags: { a: { access: all } }"],
      ["shop:flags: { a: { access: all, enabled: true } }"],
      [],
    ],
    [
      "its long form",
      ["shop:flags: { description: all flags, default: { a: {} } }"],
      [],
      ["shop:flags: { b: {} }"],
      ["flags.a", "flags.b"],
    ],
  ])("parity: %s", async (_, shared, staging, production, accidents) => {
    const at = folderOf({
      "Pulumi.yaml": project(...shared),
      "Pulumi.staging.yaml": config(...staging, "shop:x: 1"),
      "Pulumi.production.yaml": config(...production, "shop:x: 1"),
    });
    const ran = await at.golive("parity", "staging", "production", "--json");
    const { differences } = ran.json<{ differences: { path: string; verdict: string }[] }>();
    expect(differences.filter(({ verdict }) => verdict === "accident").map(({ path }) => path)).toEqual(accidents);
  });

  test("doctor reads what a person confirmed there", async () => {
    const at = folderOf({
      "Pulumi.yaml": project("confirmed: [billing]"),
      "Pulumi.production.yaml": config("shop:type: production"),
    });
    const ran = await at.golive("doctor", "production", "--no-state", "--json");
    const { results } = ran.json<{ results: { id: string; confirmed: boolean }[] }>();
    expect(results.find(({ id }) => id === "billing")).toMatchObject({ confirmed: true });
  });

  test("golive:endpoint there is where --live goes: the token goes nowhere else", async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.headers.authorization);
      response.writeHead(400, { "content-type": "application/json" }).end('{"message":"no"}');
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const line of [`golive:endpoint: ${url}`, `golive:endpoint: { value: ${url} }`]) {
      const at = folderOf({
        "Pulumi.yaml": project(line),
        "Pulumi.s.yaml": config("shop:name: S"),
        "Pulumi.p.yaml": config("shop:name: P"),
      });
      const env = { GOLIVE_TOKEN: "tok_of_the_test" };
      const ran = await golive(["parity", "s", "p", "--live"], { cwd: at.folder, env });
      expect(ran.code).toBe(1);
      expect(asked.splice(0)).toContain("Bearer tok_of_the_test");
    }
  });
});

describe("URLs on their way", () => {
  const homepage = (url: string) => config("shop:applications:", `  w: { homepageUrl: "${url}" }`);
  test.each<[from: string, to: string, args?: string[]]>([
    ["http://staging.example.com:80/x", "https://example.com/x"],
    ["https://staging.example.com:443/x", "https://example.com/x"],
    ["http://staging.example.com:8080/x", "https://example.com:8080/x"],
    ["http://staging.example.com:8080/x", "https://example.com/x", ["--map", "staging.example.com:8080=example.com"]],
    ["HTTP://Staging.Example.com/X", "https://example.com/X"],
    ["http://h:80/x", "https://h/x", ["--map", "h=h"]],
  ])("%s becomes %s", async (from, to, args = map) => {
    const { text } = await clone(homepage(from), undefined, args);
    expect(text).toContain(`homepageUrl: "${to}"`);
  });

  test.each<[what: string, url: string]>([
    ["user and password", "https://user:hunter2@staging.example.com/x"],
    ["a token as the user", "https://hunter2@staging.example.com/x"],
    ["a sign in the password", "https://user:a@hunter2@staging.example.com/x"],
  ])("%s in a URL are neither written nor printed: they are asked for", async (_, url) => {
    const staging = config(
      "shop:applications:",
      `  w: { homepageUrl: "${url}", logoutUris: ["${url}"], redirectUris: [{ uri: "${url}" }] }`,
      `shop:own: { db: "${url}" }`,
      `shop:list: ["${url}"]`,
    );
    for (const production of [
      undefined,
      config("shop:applications: { w: { logoutUris: [] } }"),
      staging.replaceAll("staging.", ""),
    ]) {
      const at = shop(staging, production);
      for (const args of [["--yes"], ["--json"], ["--verbose", "--check"]]) {
        const ran = await at.golive("clone", "staging", "production", ...args, ...map);
        expect(ran.stdout + ran.stderr).not.toContain("hunter2");
      }
      if (production === undefined || !production.includes("hunter2"))
        expect(at.read("Pulumi.production.yaml")).not.toContain("hunter2");
      for (const args of [[], ["--json"], ["--html", "page.html"]]) {
        const ran = await at.golive("parity", "staging", "production", ...args);
        expect(ran.stdout + ran.stderr).not.toContain("hunter2");
      }
      expect(at.read("page.html")).not.toContain("hunter2");
    }
  });

  test.each([
    ["a whole file", undefined],
    ["a section", "config:\n  shop:name: Production\n"],
    ["an entry", "config:\n  shop:applications:\n    mobile:\n      kind: native\n"],
    ["an entry in braces", "config:\n  shop:applications: { mobile: { kind: native } }\n"],
  ])("a comment that holds a password or a key comes along without it: %s", async (_, production) => {
    const staging = [
      "config:",
      "  # at https://user:hunter2@staging.example.com/a",
      "  shop:applications:",
      "    # before https://user:hunter2@staging.example.com/b",
      "    web: # behind https://user:hunter2@staging.example.com/c",
      "      kind: web # sk_test_hunter2hunter2 is its key",
      "      corsOrigins:",
      "        # of a member: https://user:hunter2@staging.example.com/d",
      "        - https://staging.example.com # and https://user:hunter2@staging.example.com/e",
      "",
    ].join("\n");
    const at = shop(staging, production);
    const ran = await at.golive("clone", "staging", "production", "--yes", ...map);
    const written = at.read("Pulumi.production.yaml");
    expect(written, ran.stderr).toContain("https://example.com");
    expect(written).toContain("[secret]");
    expect(written + ran.stdout + ran.stderr).not.toContain("hunter2");
  });

  test("an answer with a password is refused", async () => {
    const ran = await shop(homepage("https://staging.example.com/")).golive(
      "clone",
      "staging",
      "production",
      "--yes",
      "--set",
      "applications.w.homepageUrl=https://u:hunter2@h/",
    );
    expect(ran).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--set applications\.w\.homepageUrl holds a user name or a password/),
    });
    expect(ran.stderr).not.toContain("hunter2");
  });
});

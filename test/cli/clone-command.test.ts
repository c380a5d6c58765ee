import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { clone, config, map, type Printed, shop } from "./shop";
import { folderOf, golive } from "./terminal";

describe("the command", () => {
  const example = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../examples/go-live");
  const staging = readFileSync(path.join(example, "Pulumi.staging.yaml"), "utf8");
  const goLive = () => {
    const at = folderOf({ "Pulumi.yaml": "name: go-live\nruntime: nodejs\nstackConfigDir: config\n", "src/x": "" });
    cpSync(path.join(example, "Pulumi.staging.yaml"), path.join(at.folder, "config/Pulumi.staging.yaml"));
    return at;
  };

  test("shows the plan first and writes with --yes; the second run has nothing to do", async () => {
    const at = goLive();
    const shown = await at.golive("clone", "staging", "production", ...map);
    expect(shown).toMatchObject({ code: 0, stderr: "" });
    expect(shown.stdout).toMatch(
      /~ changed +applications\.web\.redirectUris\[0\]\.uri +https:\/\/staging\.example\.com\/callback -> /,
    );
    expect(shown.stdout).toContain("Nothing is written yet: add --yes");
    expect(at.has("config/Pulumi.production.yaml")).toBe(false);

    const done = await at.golive("clone", "staging", "production", "--yes", ...map);
    expect(done.stdout).toContain(`Wrote ${path.join("config", "Pulumi.production.yaml")}.`);
    const written = at.read("config/Pulumi.production.yaml");
    expect(written.replace(/^ *#.*$/gm, "")).not.toMatch(/staging|localhost/);

    const again = await at.golive("clone", "staging", "production", "--yes");
    expect(again.stdout).toContain("Nothing to do: production has all that staging has.");
    expect(at.read("config/Pulumi.production.yaml")).toBe(written);
    expect(at.read("config/Pulumi.staging.yaml")).toBe(staging);
  });

  test("is found from a folder below, as Pulumi is", async () => {
    const at = goLive();
    const ran = await golive(["clone", "staging", "production", "--json"], { cwd: path.join(at.folder, "src") });
    expect(ran.json<Printed>().writes).toBe(true);
  });

  test("--check ends with 3 when production has fallen behind, and says how to catch up", async () => {
    const at = goLive();
    await at.golive("clone", "staging", "production", "--yes", ...map);
    expect((await at.golive("clone", "staging", "production", "--check")).code).toBe(0);
    at.write(
      "config/Pulumi.staging.yaml",
      staging.replace("    passkeys:", "    brand-new: { enabled: true }\n    passkeys:"),
    );
    const checked = await at.golive("clone", "staging", "production", "--check");
    expect(checked.code).toBe(3);
    expect(checked.stdout).toMatch(/\+ added +flags\.brand-new\.enabled/);
    expect(checked.stdout).toContain("run `golive clone staging production --yes`");
    expect(at.read("config/Pulumi.production.yaml")).not.toContain("brand-new");
  });

  test("a secret that is not set yet is listed with its command at every run", async () => {
    const at = shop(config("golive:token:", "  secure: v1:abc:def"));
    await at.golive("clone", "staging", "production", "--yes");
    const checked = await at.golive("clone", "staging", "production", "--check");
    expect(checked.code).toBe(3);
    expect(checked.stdout).toContain("  pulumi config set --secret golive:token --stack production");
    expect(checked.stdout).not.toContain("v1:abc:def");
    expect(at.read("Pulumi.production.yaml")).not.toContain("v1:abc:def");
  });

  test("a secret in the program's own config is listed until it is set", async () => {
    const at = shop(
      config("shop:smtp:", "  host: mail", "  password: { secure: v1:abc }", "shop:t: [{ secure: v1:d }]"),
    );
    const commands = [
      "pulumi config set --secret --path 'shop:smtp.password' --stack production",
      "pulumi config set --secret --path 'shop:t[0]' --stack production",
    ];
    await at.golive("clone", "staging", "production", "--yes");
    const checked = await at.golive("clone", "staging", "production", "--check");
    expect(checked.code).toBe(3);
    for (const command of commands) expect(checked.stdout).toContain(`  ${command}\n`);
    expect(at.read("Pulumi.production.yaml")).not.toContain("v1:");

    at.write(
      "Pulumi.production.yaml",
      config("shop:smtp:", "  host: mail", "  password: { secure: v1:x }", "shop:t: [{ secure: v1:y }]"),
    );
    expect((await at.golive("clone", "staging", "production", "--check")).code).toBe(0);
  });

  test("a plain credential is not printed", async () => {
    const plain = config("golive:token: tok_1");
    for (const there of [undefined, config("golive:token: tok_2")]) {
      const ran = await shop(plain, there).golive("clone", "staging", "production", "--yes", "--json");
      expect(ran.stdout).not.toMatch(/tok_/);
    }
  });

  describe("an answer that comes after the first clone", () => {
    const open = config(
      "shop:flags:",
      "  beta:",
      "    access: some",
      "    organizations: [org_1]",
      "shop:applications:",
      "  web:",
      "    homepageUrl: https://third.test/",
    );
    test.each<[what: string, answer: string[], before: RegExp, after: RegExp]>([
      [
        "takes the place of what waits for it",
        ["--set", "flags.beta.organizations=[org_2]"],
        /# organizations: # ask/,
        /\n {6}access: some\n {6}organizations: \[org_2\]\n/,
      ],
      [
        "tells a host",
        ["--map", "third.test=third.example"],
        /# homepageUrl: .*# ask/,
        /\n {4}web:\n {6}homepageUrl: https:\/\/third\.example\/\n/,
      ],
    ])("%s", async (_, answer, before, after) => {
      const at = shop(open);
      const again = (...args: string[]) => at.golive("clone", "staging", "production", ...args);
      await again("--yes");
      expect(at.read("Pulumi.production.yaml")).toMatch(before);
      expect((await again()).stdout).toMatch(/Nothing to write\. 2 values wait for an answer/);
      expect((await again(...answer, "--yes")).stdout).toMatch(/Wrote Pulumi\.production\.yaml/);
      expect(at.read("Pulumi.production.yaml")).toMatch(after);
      expect(at.read("Pulumi.production.yaml")).not.toMatch(before);
      expect((await again(...answer, "--yes")).stdout).toMatch(/Nothing to write\. 1 value waits/);
    });

    test.each<[what: string, set: string, says: string]>([
      ["that people gave in the file", "name=Live", '--set name: Pulumi.production.yaml has "Prod"'],
      [
        "that people commented out",
        "applications.web.homepageUrl=https://a.test",
        "--set applications.web.homepageUrl: production has it as a comment",
      ],
      ["that is a secret", "golive:token=x", "--set golive:token is a secret"],
    ])("is refused for one %s", async (_, set, says) => {
      const at = shop(
        `${open}  shop:name: Staging\n  golive:token: { secure: v1:x }\n`,
        config("shop:name: Prod", "shop:applications:", "  web:", "    kind: web", "    # homepageUrl: not yet"),
      );
      const ran = await at.golive("clone", "staging", "production", "--set", set, "--yes");
      expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining(says) as string });
    });
  });

  test("lists what is not golive's", async () => {
    const { plan } = await clone(config("aws:region: eu-west-1"), undefined);
    expect(plan[0]).toEqual({ path: "aws:region", action: "foreign", reason: "not golive's: left alone" });
  });

  test.each<[what: string, args: string[], code: number, says: RegExp]>([
    ["no stack to read", ["clone", "nowhere", "production"], 2, /there is no Pulumi\.nowhere\.yaml/],
    ["one stack twice", ["clone", "staging", "staging"], 2, /cannot be cloned into itself/],
    ["one stack by two names", ["clone", "acme/shop/staging", "staging"], 2, /cannot be cloned into itself/],
    ["a stack without a name", ["clone", "staging", ""], 2, /"" names no stack/],
    ["a stack whose name is a path", ["clone", "staging", "acme/shop/"], 2, /"acme\/shop\/" names no stack/],
    ["a mapping without =", ["clone", "staging", "production", "--map", "x"], 2, /--map x names no two hosts/],
    ["an answer without =", ["clone", "staging", "production", "--set", "x"], 2, /--set x sets nothing/],
    [
      "an answer to nothing",
      ["clone", "staging", "production", "--set", "nmae=x"],
      2,
      /--set nmae names nothing in the plan/,
    ],
    ["--yes with --check", ["clone", "staging", "production", "--yes", "--check"], 2, /--check writes nothing/],
    ["an unknown option", ["clone", "staging", "production", "--nope"], 2, /unknown option '--nope'/],
    ["a missing argument", ["clone", "staging"], 2, /missing required argument 'to'/],
    ["an unknown command", ["clown"], 2, /unknown command 'clown'/],
  ])("%s ends with %s", async (_, args, code, says) => {
    const at = shop(config("shop:name: Staging"));
    const ran = await at.golive(...args);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toMatch(says);
  });

  test("no project, and broken YAML, are one sentence each", async () => {
    const nowhere = folderOf({});
    expect(await nowhere.golive("clone", "staging", "production")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no Pulumi\.yaml here or above/),
    });
    const broken = shop("config: [\n");
    expect(await broken.golive("clone", "staging", "production")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^golive: Pulumi\.staging\.yaml is no valid YAML: .*\n$/),
    });
  });

  test("colours on a terminal only, and never with NO_COLOR", async () => {
    const at = goLive();
    const args = ["clone", "staging", "production"];
    const escape = String.fromCharCode(27);
    expect((await golive(args, { cwd: at.folder, tty: true })).stdout).toContain(escape);
    expect((await golive(args, { cwd: at.folder })).stdout).not.toContain(escape);
    expect((await golive(args, { cwd: at.folder, tty: true, env: { NO_COLOR: "1" } })).stdout).not.toContain(escape);
  });
});

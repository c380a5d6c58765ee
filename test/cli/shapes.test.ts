// Config in the shapes that people and Pulumi give it: anchors, merge keys, texts of JSON, keys without a value.
import { describe, expect, test } from "vitest";
import { clone, config, map, type Printed, shop } from "./shop";
import { folderOf } from "./terminal";

const hook = ["shop:webhooks:", "  w: { url: https://staging.example.com/w, events: [a.a] }"];

describe("merge keys, anchors and numbers cross as what they mean", () => {
  test.each<[what: string, staging: string, production: string | undefined, expected: string]>([
    [
      "inherited URLs are transformed",
      `x: &web { kind: web, homepageUrl: http://staging.example.com/ }\n${config("shop:applications:", "  a:", "    <<: *web", "    kind: spa")}`,
      undefined,
      config("shop:applications:", "  a:", "    homepageUrl: https://example.com/", "    kind: spa"),
    ],
    [
      "what production inherits is its own",
      config("shop:flags:", "  a: { enabled: true, access: all }"),
      `x: &f { enabled: false }\n${config("shop:flags:", "  a:", "    <<: *f")}`,
      `x: &f { enabled: false }\n${config("shop:flags:", "  a:", "    <<: *f", "    access: all")}`,
    ],
    [
      "an alias is written out where something comes to it",
      config("shop:flags:", "  a: { enabled: true, access: all }"),
      `x: &f { enabled: false }\n${config("shop:flags:", "  a: *f # ours")}`,
      `x: &f { enabled: false }\n${config("shop:flags:", "  a: # ours", "    enabled: false", "    access: all")}`,
    ],
    [
      "and stays where nothing does",
      config("shop:flags:", "  a: { enabled: true }"),
      `x: &f { enabled: false }\n${config("shop:flags:", "  a: *f # ours")}`,
      `x: &f { enabled: false }\n${config("shop:flags:", "  a: *f # ours")}`,
    ],
    [
      "an inherited list is written out where it grows",
      config(
        "shop:applications:",
        "  w: { logoutUris: [https://staging.example.com/a, https://staging.example.com/b] }",
      ),
      `x: &w { logoutUris: [https://example.com/a] }\n${config("shop:applications:", "  w: { <<: *w }")}`,
      `x: &w { logoutUris: [https://example.com/a] }\n${config("shop:applications:", "  w: { <<: *w, logoutUris: [ https://example.com/a, https://example.com/b ] }")}`,
    ],
    [
      "what other places share is left to people",
      config("shop:flags:", "  a: { enabled: true, access: all }", "  b: { enabled: true }"),
      config("shop:flags:", "  a: &f { enabled: true }", "  b: *f"),
      config("shop:flags:", "  a: &f { enabled: true }", "  b: *f"),
    ],
    [
      "values and keys keep their text",
      config(
        "shop:n: [0644, 1_000, 12345678901234567890, 0o17, 1.50, 2026-01-15, ~, yes]",
        "shop:flags:",
        "  0644: {}",
      ),
      undefined,
      config(
        "shop:n: [0644, 1_000, 12345678901234567890, 0o17, 1.50, 2026-01-15, ~, yes]",
        "shop:flags:",
        "  0644: {}",
      ),
    ],
    [
      "a text that Go takes for something else stays in quotes",
      config(`shop:n: [ "0644", '2026-01-15', "~", "true" ]`, "shop:flags:", '  "2026-01-15": { enabled: true }'),
      undefined,
      config(`shop:n: [ "0644", '2026-01-15', "~", "true" ]`, "shop:flags:", '  "2026-01-15": { enabled: true }'),
    ],
  ])("%s", async (_, staging, production, expected) => {
    const { text, at } = await clone(staging, production, map);
    expect(text).toBe(expected);
    const again = await at.golive("clone", "staging", "production", "--json", ...map);
    expect(again.json<Printed>().writes).toBe(false);
  });

  test("a shared value that lacks something is behind, and says where", async () => {
    const at = shop(
      config("shop:flags:", "  a: { enabled: true, access: all }"),
      config("shop:flags:", "  a: &f { enabled: true }", "  b: *f"),
    );
    const ran = await at.golive("clone", "staging", "production", "--check");
    expect(ran.code).toBe(3);
    expect(ran.stdout).toMatch(/\? asked +flags\.a\.access +all +production has this in several places by an anchor/);
  });

  test("the command of an inherited secret names its place", async () => {
    const { plan, text } = await clone(
      `x: &s { password: { secure: v1:a } }\n${config("shop:smtp: { <<: *s, host: m }")}`,
      undefined,
    );
    expect(plan.map(({ command }) => command).filter(Boolean)).toEqual([
      "pulumi config set --secret --path 'shop:smtp.password' --stack production",
    ]);
    expect(text).not.toContain("v1:a");
  });
});

describe("shapes that Stage reads", () => {
  test.each<[what: string, staging: string, production: string | undefined, expected: string]>([
    [
      "a section as a text of JSON",
      config(`shop:webhooks: '{"w":{"url":"http://staging.example.com/w","events":["a.a"]}}'`),
      undefined,
      config("shop:webhooks:", "  w:", "    url: https://example.com/w", '    events: [ "a.a" ]'),
    ],
    [
      "the same in production: written out where something comes to it",
      config(...hook),
      config(`shop:webhooks: '{"v":{"url":"https://example.com/v"}}' # set by hand`),
      config(
        "shop:webhooks: # set by hand",
        "  v:",
        "    url: https://example.com/v",
        "  w: { url: https://example.com/w, events: [ a.a ] }",
      ),
    ],
    [
      "and left alone where nothing does",
      config(...hook),
      config(`shop:webhooks: '{"w":{"url":"https://example.com/w","events":["a.a"]}}'`),
      config(`shop:webhooks: '{"w":{"url":"https://example.com/w","events":["a.a"]}}'`),
    ],
    [
      "a section without a value in production",
      config(...hook),
      config("shop:webhooks:", "shop:x: 1"),
      config("shop:webhooks:", "  w: { url: https://example.com/w, events: [ a.a ] }", "shop:x: 1"),
    ],
    [
      "one that is null there",
      config(...hook),
      config("shop:webhooks: ~ # none yet"),
      config("shop:webhooks: # none yet", "  w: { url: https://example.com/w, events: [ a.a ] }"),
    ],
    [
      "one that is an empty text there",
      config(...hook),
      config('shop:webhooks: ""'),
      config("shop:webhooks:", "  w: { url: https://example.com/w, events: [ a.a ] }"),
    ],
    ["a section without a value in staging", config("shop:webhooks:", "shop:x: 1"), undefined, config("shop:x: 1")],
    [
      "config of comments alone",
      config(...hook, "shop:x: 1"),
      config("# shop:webhooks: not before June"),
      config("shop:x: 1"),
    ],
    [
      "config that is null",
      config(...hook),
      "config: ~ # none yet\n",
      `config: # none yet\n${config("shop:webhooks:", "  w: { url: https://example.com/w, events: [ a.a ] }").slice("config:\n".length)}`,
    ],
    [
      "no config beside other keys",
      config("shop:x: 1"),
      "encryptionsalt: v1:x\nconfig:\n",
      "encryptionsalt: v1:x\nconfig:\n  shop:x: 1\n",
    ],
  ])("%s", async (_, staging, production, expected) => {
    const { text, at } = await clone(staging, production, map);
    expect(text.replaceAll(/\[a\.a\]/g, "[ a.a ]")).toBe(expected);
    const again = await at.golive("clone", "staging", "production", "--json", ...map);
    expect(again.json<Printed>().writes).toBe(false);
  });

  test("what people commented out below an empty config stays out, and stays", async () => {
    const at = shop(config(...hook), "config:\n  # shop:webhooks: not before June\n");
    await at.golive("clone", "staging", "production", "--yes");
    expect(at.read("Pulumi.production.yaml")).toContain("  # shop:webhooks: not before June\n");
    expect(at.read("Pulumi.production.yaml")).not.toContain("example.com/w");
  });

  test("a placeholder is written once, also where config is of comments alone", async () => {
    const at = shop(config("shop:webhooks:", "  w: { url: https://third.test/w }"), "config:\n  # nothing yet\n");
    await at.golive("clone", "staging", "production", "--yes");
    const first = at.read("Pulumi.production.yaml");
    await at.golive("clone", "staging", "production", "--yes");
    expect(at.read("Pulumi.production.yaml")).toBe(first);
    expect(first.split("# ask: ").length).toBe(2);
  });

  test.each<[what: string, staging: string]>([
    ["a list", "shop:webhooks: [https://staging.example.com/w]"],
    ["a text", "shop:webhooks: https://staging.example.com/w"],
    ["an entry of text", "shop:webhooks: { w: https://staging.example.com/w }"],
    ["an unknown field", "shop:webhooks: { w: { link: https://staging.example.com/w, events: [a.a] } }"],
    ["what is no URL", "shop:webhooks: { w: { url: //staging.example.com/w, events: [a.a] } }"],
  ])("%s where no rule says how it crosses is asked, not copied", async (_, staging) => {
    const { text, plan } = await clone(config(staging), undefined, map);
    expect(text.replaceAll(/#.*/g, "")).not.toContain("staging.example.com");
    expect(plan.some(({ action }) => action === "asked")).toBe(true);
  });
});

describe("what Pulumi takes for a secret is one, and nothing else", () => {
  test.each<[what: string, lines: string[], secrets: string[], copied: string[]]>([
    ["a whole section", ["shop:applications: { secure: v1:abc }"], ["applications"], []],
    ["an entry", ["shop:applications: { web: { secure: v1:abc } }"], ["applications.web"], []],
    ["a number", ["shop:a: { secure: 5 }"], [], ["secure: 5"]],
    ["a second key", ["shop:a: { secure: v1:abc, other: 1 }"], [], ["secure: v1:abc"]],
    ["one inherited", ["shop:a: { <<: { secure: v1:abc } }"], ["a"], []],
    ["in a list of lists", ["shop:a: [[{ secure: v1:abc }]]"], ["a[0][0]"], []],
  ])("%s", async (_, lines, secrets, copied) => {
    const { plan, text } = await clone(config(...lines), undefined);
    expect(plan.filter(({ action }) => action === "secret").map(({ path }) => path)).toEqual(secrets);
    for (const part of copied) expect(text).toContain(part);
    if (copied.length === 0) expect(text).not.toContain("v1:abc");
  });

  test("a key that Pulumi.yaml declares secret is none to copy, though it stands there in plain", async () => {
    const at = folderOf({
      "Pulumi.yaml": "name: shop\nruntime: nodejs\nconfig:\n  password: { type: string, secret: true }\n",
      "Pulumi.staging.yaml": config("shop:password: hunter2"),
    });
    const ran = await at.golive("clone", "staging", "production", "--yes");
    expect(ran.stdout + at.read("Pulumi.production.yaml")).not.toContain("hunter2");
  });
});

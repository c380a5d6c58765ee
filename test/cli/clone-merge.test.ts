import { describe, expect, test } from "vitest";
import { clone, config, map } from "./shop";

describe("into what people wrote", () => {
  test.each<[what: string, staging: string[], before: string[], after: string[], args?: string[]]>([
    [
      "adds entries after the one they follow, and changes nothing else",
      ["shop:flags:", "  a: { enabled: true }", "  b: { enabled: true }", "  c: { enabled: true }"],
      [
        "# ours",
        "shop:flags:",
        "      a:   {enabled: false}   # not yet",
        "      c: {enabled: true}",
        "aws:region: 'eu'",
      ],
      [
        "# ours",
        "shop:flags:",
        "      a:   {enabled: false}   # not yet",
        "      b: { enabled: true }",
        "      c: {enabled: true}",
        "aws:region: 'eu'",
      ],
    ],
    [
      "takes an entry of production for the twin of one entry alone",
      [
        "shop:webhooks:",
        "  a: { url: 'https://hooks.stage.test/x', events: [user.created] }",
        "  b: { url: 'https://hooks.stage.test/x', events: [user.created] }",
      ],
      ["shop:webhooks:", "  a: { url: 'https://hooks.shop.test/x' }"],
      [
        "shop:webhooks:",
        "  a: { url: 'https://hooks.shop.test/x', events: [ user.created ] }",
        "  b: { url: 'https://hooks.shop.test/x', events: [ user.created ] }",
      ],
    ],
    [
      "adds to a map in one line",
      ["shop:flags: { a: { enabled: true }, b: { enabled: true } }"],
      ["shop:flags: { a: { enabled: false } }"],
      ["shop:flags: { a: { enabled: false }, b: { enabled: true } }"],
    ],
    [
      "adds a missing field, with hosts as both files show them",
      [
        "shop:applications:",
        "  web:",
        "    homepageUrl: https://stage.test/home",
        "    initiateLoginUri: https://stage.test/login",
      ],
      ["shop:applications:", "  web:", "    homepageUrl: https://shop.test/home"],
      [
        "shop:applications:",
        "  web:",
        "    homepageUrl: https://shop.test/home",
        "    initiateLoginUri: https://shop.test/login",
      ],
    ],
    [
      "adds members that a list lacks, without a second default",
      [
        "shop:applications:",
        "  web:",
        "    redirectUris:",
        "      - { uri: https://staging.example.com/a, default: true }",
        "      - { uri: https://staging.example.com/b, default: false }",
      ],
      [
        "shop:applications:",
        "  web:",
        "    redirectUris:",
        "      - uri: https://example.com/a",
        "        default: true",
      ],
      [
        "shop:applications:",
        "  web:",
        "    redirectUris:",
        "      - uri: https://example.com/a",
        "        default: true",
        "      - { uri: https://example.com/b }",
      ],
    ],
    [
      "adds events",
      ["shop:webhooks:", "  w: { url: https://a.test/w, events: [user.created, user.deleted] }"],
      ["shop:webhooks:", "  w: { url: https://b.test/w, events: [user.created] }"],
      ["shop:webhooks:", "  w: { url: https://b.test/w, events: [user.created, user.deleted] }"],
    ],
    [
      "leaves out what is commented out",
      [
        "shop:flags:",
        "  a: { enabled: true }",
        "  b: { enabled: true }",
        "shop:webhooks:",
        "  w: { url: https://a.test/w, events: [user.created] }",
      ],
      ["shop:flags:", "  a: { enabled: true }", "  # b: not before June", "# shop:webhooks: none in production"],
      ["shop:flags:", "  a: { enabled: true }", "  # b: not before June", "# shop:webhooks: none in production"],
    ],
    [
      "adds a section that is missing",
      ["shop:flags:", "  a: { enabled: true }", "shop:keys:", "  k: { overlap: 60 }"],
      ["shop:flags:", "  a: { enabled: true }"],
      ["shop:flags:", "  a: { enabled: true }", "shop:keys:", "  k: { overlap: 60 }"],
    ],
    [
      "adds a section behind one that ends in a comment",
      ["shop:flags:", "  a: { enabled: true }", "shop:keys:", "  k: { overlap: 60 }"],
      ["shop:flags:", "  a:", "    enabled: true", "    # ours", "shop:webhooks:", "  w: { url: https://a.test/w }"],
      [
        "shop:flags:",
        "  a:",
        "    enabled: true",
        "    # ours",
        "shop:keys:",
        "  k: { overlap: 60 }",
        "shop:webhooks:",
        "  w: { url: https://a.test/w }",
      ],
    ],
    [
      "keeps a secret that is set",
      ["golive:token:", "  secure: v1:abc"],
      ["golive:token:", "  secure: v1:xyz"],
      ["golive:token:", "  secure: v1:xyz"],
    ],
    [
      "finds an endpoint by its URL under another name",
      ["shop:webhooks:", "  w: { url: https://hooks.staging.example.com/w, events: [user.created] }"],
      ["shop:webhooks:", "  v: { url: https://hooks.example.com/w, events: [user.created] }"],
      ["shop:webhooks:", "  v: { url: https://hooks.example.com/w, events: [user.created] }"],
      map,
    ],
  ])("%s", async (_, staging, before, after, args) => {
    const { text } = await clone(config(...staging), config(...before), args);
    expect(text).toBe(config(...after));
  });

  test("a new file begins as staging's does", async () => {
    const { text } = await clone("# how we go live\n# by the team\n\nconfig:\n  shop:name: Staging\n", undefined);
    expect(text).toBe("# how we go live\n# by the team\n\nconfig:\n  shop:name: Production\n");
  });

  test.each([
    ["no config yet", "secretsprovider: awskms://x\n"],
    ["an empty config", "encryptionsalt: v1:x\nconfig: {}\n"],
    ["a config without a value", "encryptionsalt: v1:x\nconfig:\n"],
    ["a last line without an end", "encryptionsalt: v1:x"],
  ])("a file with %s keeps its other settings", async (_, before) => {
    const { at } = await clone(config("shop:flags:", "  a: { enabled: true }"), before);
    expect(at.read("Pulumi.production.yaml")).toMatch(
      /^(secretsprovider: awskms:\/\/x|encryptionsalt: v1:x)\nconfig:\n {2}shop:flags:\n {4}a: \{ enabled: true \}\n/,
    );
  });
});

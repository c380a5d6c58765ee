import { describe, expect, test } from "vitest";
import { clone, config, map } from "./shop";

describe("into an empty stack", () => {
  test.each<[what: string, staging: string[], production: string[], args?: string[]]>([
    [
      "copies what is right in both",
      ["shop:flags:", "  a: { enabled: true, access: all }"],
      ["shop:flags:", "  a: { enabled: true, access: all }"],
    ],
    [
      "keeps comments and order",
      ["# the flags", "shop:flags:", "  # b first", "  b: { enabled: true } # on", "  a: { enabled: false }"],
      ["# the flags", "shop:flags:", "  # b first", "  b: { enabled: true } # on", "  a: { enabled: false }"],
    ],
    [
      "maps hosts, subdomains too, and writes https",
      ["shop:webhooks:", "  w: { url: http://hooks.staging.example.com/x?y=1, events: [user.created] }"],
      ["shop:webhooks:", "  w: { url: https://hooks.example.com/x?y=1, events: [ user.created ] }"],
      map,
    ],
    [
      "keeps a port, unless it is mapped",
      [
        "shop:applications:",
        "  web:",
        "    corsOrigins: [https://staging.example.com:8443, https://old.example.com:1]",
      ],
      ["shop:applications:", "  web:", "    corsOrigins: [https://example.com:8443, https://new.example.com]"],
      [...map, "--map", "old.example.com:1=new.example.com"],
    ],
    [
      "drops localhost, and names the default that is left",
      [
        "shop:applications:",
        "  web:",
        "    redirectUris:",
        "      - { uri: http://localhost:3000/cb, default: true }",
        "      - { uri: https://staging.example.com/cb }",
        "      - { uri: https://staging.example.com/other }",
      ],
      [
        "shop:applications:",
        "  web:",
        "    redirectUris:",
        "      - { uri: https://example.com/cb, default: true }",
        "      - { uri: https://example.com/other }",
      ],
      map,
    ],
    [
      "keeps loopback for native applications only",
      [
        "shop:applications:",
        "  m: { kind: native, redirectUris: [{ uri: http://127.0.0.1:1/cb }] }",
        "  w: { kind: web, redirectUris: [{ uri: http://127.0.0.1:1/cb }] }",
      ],
      [
        "shop:applications:",
        "  m: { kind: native, redirectUris: [ { uri: http://127.0.0.1:1/cb } ] }",
        "  w: { kind: web }",
      ],
    ],
    [
      "drops a wildcard origin, keeps a wildcard redirect",
      [
        "shop:applications:",
        "  web:",
        "    corsOrigins: [https://*.staging.example.com]",
        "    redirectUris: [{ uri: https://*.staging.example.com/cb }, { uri: https://staging.example.com/cb, default: true }]",
      ],
      [
        "shop:applications:",
        "  web:",
        "    redirectUris: [{ uri: https://*.example.com/cb }, { uri: https://example.com/cb, default: true }]",
      ],
      map,
    ],
    [
      "asks where nobody said which host",
      ["shop:webhooks:", "  w:", "    url: https://hooks.staging.test/x", "    events: [user.created]"],
      [
        "shop:webhooks:",
        "  w:",
        "    events: [user.created]",
        "    # url: https://hooks.staging.test/x # ask: which host is hooks.staging.test in production? Add --map hooks.staging.test=<host> (or itself)",
      ],
    ],
    [
      "asks for what differs by nature",
      ["shop:flags:", "  a: { access: some, organizations: [org_1] }"],
      [
        "shop:flags:",
        "  a:",
        "    access: some",
        '    # organizations: # ask: decide for production (staging has ["org_1"])',
      ],
    ],
    [
      "drops the test identity provider",
      ["shop:flags:", "  a: { access: some, organizations: [org_test_idp] }"],
      ["shop:flags:", "  a: { access: some }"],
    ],
    [
      "drops versions of credentials",
      ["shop:keys:", "  k: { version: 3, overlap: 60 }"],
      ["shop:keys:", "  k: { overlap: 60 }"],
    ],
    [
      "answers name and type",
      ["shop:name: Staging", "shop:type: staging"],
      ["shop:name: Production", "shop:type: production"],
    ],
    ["takes another answer", ["shop:name: Staging"], ["shop:name: Live"], ["--set", "name=Live"]],
    [
      "takes answers inside entries, as YAML",
      [
        "shop:flags:",
        "  a: { access: some, organizations: [org_1] }",
        "shop:webhooks:",
        "  w: { url: https://x.test/w, events: [a.a] }",
      ],
      [
        "shop:flags:",
        "  a: { access: some, organizations: [ org_9, org_8 ] }",
        "shop:webhooks:",
        "  w: { url: https://y.test/w, events: [ a.a ] }",
      ],
      ["--set", "flags.a.organizations=[org_9, org_8]", "--set", "webhooks.w.url=https://y.test/w"],
    ],
    [
      "asks for what holds an id of staging",
      ["shop:keys:", "  k:", "    overlap: 60", "    application: app_1"],
      [
        "shop:keys:",
        "  k:",
        "    overlap: 60",
        '    # application: # ask: decide for production (staging has "app_1")',
      ],
    ],
    [
      "never copies a secret",
      ["golive:token:", "  secure: v1:abc:def", "golive:platform: workos"],
      [
        "# golive:token: # secret: pulumi config set --secret golive:token --stack production",
        "golive:platform: workos",
      ],
    ],
    [
      "never copies a secret inside a value",
      ["shop:applications:", "  web:", "    kind: web", "    homepageUrl:", "      secure: v1:abc:def"],
      [
        "shop:applications:",
        "  web:",
        "    kind: web",
        "    # homepageUrl: # secret: pulumi config set --secret --path 'shop:applications.web.homepageUrl' --stack production",
      ],
    ],
    [
      "never copies a credential of golive's in plain text",
      ["golive:token: tok_1", "golive:endpoint: https://api.example.com"],
      [
        "# golive:token: # secret: pulumi config set --secret golive:token --stack production",
        "golive:endpoint: https://api.example.com",
      ],
    ],
    [
      "lets a list with a secret wait as a whole: the command names the secret's place in it",
      ["shop:tokens: [{ secure: v1:abc }, public]", "shop:x: 1"],
      [
        "# shop:tokens:",
        `# - "[secret]" # secret: pulumi config set --secret --path 'shop:tokens[0]' --stack production`,
        '# - "public"',
        "shop:x: 1",
      ],
    ],
    [
      "leaves a key without a value where all of its entry is waited for",
      ["shop:applications:", "  web: { homepageUrl: https://third.test/ }", "  mobile: {}"],
      [
        "shop:applications:",
        "  web:",
        "    # homepageUrl: https://third.test/ # ask: which host is third.test in production? Add --map third.test=<host> (or itself)",
        "  mobile: {}",
      ],
    ],
    [
      "writes once what becomes the same",
      ["shop:applications:", "  web:", "    logoutUris: [http://staging.example.com/a, https://staging.example.com/a]"],
      ["shop:applications:", "  web:", "    logoutUris: [https://example.com/a]"],
      map,
    ],
    [
      "leaves other namespaces alone",
      ["aws:region: eu-west-1", "shop:flags:", "  a: { enabled: true }"],
      ["shop:flags:", "  a: { enabled: true }"],
    ],
    ["leaves out what was said of staging alone", ["shop:confirmed: [billing]", "shop:x: 1"], ["shop:x: 1"]],
    ["copies what is the program's own", ["shop:shared: org/p/s"], ["shop:shared: org/p/s"]],
  ])("%s", async (_, staging, production, args) => {
    const { text } = await clone(config(...staging), undefined, args);
    expect(text).toBe(config(...production));
  });
});

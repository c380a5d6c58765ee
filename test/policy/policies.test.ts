// Each policy over inputs as Pulumi's policy host gives them: a value that only the deploy knows throws at a touch.
import { policies } from "@golive/pulumi/policy";
import type { ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";
import { describe, expect, test } from "vitest";

const unknown = Symbol("unknown");
/** As @pulumi/policy wraps inputs during a preview. */
const wrapped = (value: unknown): unknown =>
  typeof value === "object" && value !== null
    ? new Proxy(value, {
        get(target, key) {
          const part: unknown = Reflect.get(target, key);
          if (part === unknown) throw new Error(`value at .${String(key)} can't be known during preview`);
          return wrapped(part);
        },
      })
    : value;

async function violations(policy: string, kind: string, props: object): Promise<string[]> {
  const { validateResource } = policies.find(({ name }) => name === policy)!;
  const said: string[] = [];
  const type = kind.includes(":") ? kind : `pulumi-nodejs:dynamic/golive:${kind}`;
  const args = { type, name: "it", props: wrapped(props) } as ResourceValidationArgs;
  await (validateResource as ResourceValidation)(args, (message) => said.push(message));
  return said;
}

const production = { environment: unknown, environmentType: "production" };
const staging = { environment: unknown, environmentType: "staging" };
const redirect = (uri: unknown) => ({ redirectUris: [{ uri, default: true }] });
const none: string[] = [];

describe.each<[policy: string, level: string, rows: [what: string, kind: string, props: object, expected: string[]][]]>(
  [
    [
      "golive-no-http",
      "mandatory",
      [
        ["https", "Application", { ...production, ...redirect("https://example.com/") }, none],
        [
          "http, at each place",
          "Application",
          {
            ...production,
            ...redirect("http://example.com/"),
            logoutUris: ["https://example.com/", "HTTP://example.com/bye"],
            homepageUrl: "http://example.com/",
            corsOrigins: ["http://example.com"],
            initiateLoginUri: "http://example.com/login",
            signUpUrl: "http://example.com/join",
          },
          ["redirectUris[0].uri", "logoutUris[1]", "corsOrigins[0]", "homepageUrl", "initiateLoginUri", "signUpUrl"],
        ],
        ["a webhook's", "WebhookEndpoint", { ...production, url: "http://example.com/", events: ["a"] }, ["url"]],
        ["staging", "WebhookEndpoint", { ...staging, url: "http://example.com/" }, none],
        ["an environment that nobody told the type of", "WebhookEndpoint", { url: "http://example.com/" }, none],
        [
          "this computer, native",
          "Application",
          { ...production, kind: "native", ...redirect("http://127.0.0.1:1/") },
          none,
        ],
        [
          "this computer, web",
          "Application",
          { ...production, kind: "web", ...redirect("http://127.0.0.1:1/") },
          ["redirectUris[0].uri"],
        ],
        ["a custom scheme", "Application", { ...production, ...redirect("com.example.shop://callback") }, none],
        ["what is not known yet", "Application", { ...production, ...redirect(unknown), logoutUris: unknown }, none],
        [
          "a description that speaks of http",
          "WebhookEndpoint",
          { ...production, url: "https://a.test/", description: "http://a.test/" },
          none,
        ],
        ["another provider's", "aws:s3:Bucket", { environmentType: "production", url: "http://example.com/" }, none],
      ],
    ],
    [
      "golive-no-wildcard",
      "mandatory",
      [
        ["named hosts", "Application", { ...production, ...redirect("https://example.com/") }, none],
        [
          "a `*`",
          "Application",
          { ...production, ...redirect("https://*.example.com/"), logoutUris: ["https://*.example.com/"] },
          ["redirectUris[0].uri", "logoutUris[0]"],
        ],
        ["staging", "Application", { ...staging, ...redirect("https://*.example.com/") }, none],
      ],
    ],
    [
      "golive-protected",
      "mandatory",
      [
        ["on", "Environment", { type: "production", deletionProtection: true }, none],
        ["off", "Environment", { type: "production", deletionProtection: false }, ["deletionProtection"]],
        ["not known yet", "Environment", { type: "production", deletionProtection: unknown }, none],
        ["staging", "Environment", { type: "staging", deletionProtection: false }, none],
      ],
    ],
    [
      "golive-events",
      "mandatory",
      [
        ["named", "WebhookEndpoint", { events: ["user.created"] }, none],
        ["none", "WebhookEndpoint", { events: [] }, ["events"]],
        ["all", "WebhookEndpoint", { events: ["user.created", "*"] }, ["events[1]"]],
        ["not known yet", "WebhookEndpoint", { events: unknown }, none],
      ],
    ],
    [
      "golive-key-expiry",
      "advisory",
      [
        ["with one", "ApiKey", { kind: "secret", expiresAt: "2027-01-01T00:00:00Z" }, none],
        ["without", "ApiKey", { kind: "secret" }, ["expiresAt"]],
        ["publishable", "ApiKey", { kind: "publishable" }, none],
        ["not known yet", "ApiKey", { kind: "secret", expiresAt: unknown }, none],
        ["of a kind not known yet", "ApiKey", { kind: unknown }, none],
      ],
    ],
    [
      "golive-flag-owner",
      "advisory",
      [
        ["an owner", "FeatureFlag", { owner: "user_01" }, none],
        ["a tag", "FeatureFlag", { tags: ["checkout", "owner:checkout"] }, none],
        ["neither", "FeatureFlag", { tags: ["owner:"] }, ["owner"]],
        ["an owner not known yet", "FeatureFlag", { owner: unknown }, none],
        ["tags not known yet", "FeatureFlag", { tags: unknown }, none],
        ["a tag not known yet", "FeatureFlag", { tags: ["checkout", unknown] }, none],
      ],
    ],
  ],
)("%s, %s", (policy, level, rows) => {
  test("its level", () =>
    expect(policies.find(({ name }) => name === policy)).toMatchObject({ enforcementLevel: level }));

  test.each(rows)("%s", async (_, kind, props, expected) => {
    const said = await violations(policy, kind, props);
    expect(said.map((line) => /^\w+ "it": (\S+) /.exec(line)?.[1])).toEqual(expected);
  });
});

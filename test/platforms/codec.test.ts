// For every table: what is written and read again is what was declared.
import type { Kind } from "@golive/provider";
import { authkitCodecs } from "@golive/provider/platforms/workos/dashboard/authkit-codec";
import { connectApplications } from "@golive/provider/platforms/workos/rest/connect";
import { environments } from "@golive/provider/platforms/workos/dashboard/environment";
import { featureFlags } from "@golive/provider/platforms/workos/dashboard/feature-flag";
import { featureFlagRules } from "@golive/provider/platforms/workos/dashboard/feature-flag-rule";
import { keyCodecs } from "@golive/provider/platforms/workos/dashboard/key-codec";
import { keyedWebhookEndpoints } from "@golive/provider/platforms/workos/rest/webhook-endpoint";
import { projects } from "@golive/provider/platforms/workos/dashboard/project";
import {
  apart,
  extension,
  fromWire,
  own,
  scope,
  selection,
  codecsFor,
  type Codecs,
  toWire,
  unsupported,
  type Wire,
} from "@golive/provider/platforms/wire/codec";
import { webhookCodecs } from "@golive/provider/platforms/workos/dashboard/webhook-codec";
import { describe, expect, test } from "vitest";

type Bag = Record<string, unknown>;
type Any = Codecs<"Application">;

/** Where a server answers in another shape than it is written to. */
const answers: Record<string, (value: unknown) => Wire> = {
  origins: (origins) => ({ webOrigins: (origins as string[]).map((origin) => ({ origin })) }),
  isSandbox: (sandbox) => ({ sandbox }),
  tags: (tags) => ({ tags: (tags as string[]).map((name) => ({ name })) }),
  userId: (id) => ({ owner: { id } }),
  defaultEnabled: (defaultEnabled) => ({ flagEnvironments: [{ defaultEnabled }, { defaultEnabled }] }),
  organizationIds: (ids) => ({ organizations: (ids as string[]).map((id) => ({ id })) }),
  userIds: (ids) => ({ users: (ids as string[]).map((id) => ({ id })) }),
  expiresAt: (expiredAt) => ({ expiredAt }),
};
const answered = (written: Wire): Wire =>
  Object.assign({}, ...Object.entries(written).map(([name, value]) => answers[name]?.(value) ?? { [name]: value }));

const uris = [
  { uri: "https://a.example.com/cb", default: true },
  { uri: "https://*.a.example.com/cb", default: false },
];
const tables: [name: string, codecs: Codecs<Kind>, cases: Bag[]][] = [
  ["Project", projects.codecs, [{ name: "Shop" }]],
  ["Environment", environments.codecs, [{ name: "QA", type: "staging" }, { type: "production" }]],
  [
    "Application",
    authkitCodecs,
    [
      {
        name: "web",
        redirectUris: uris,
        homepageUrl: "https://a.example.com",
        initiateLoginUri: "https://a.example.com/in",
        passwordResetUrl: "https://a.example.com/reset",
        userInvitationUrl: "https://a.example.com/invited",
      },
      { redirectUris: [], logoutUris: [], corsOrigins: [] },
      { logoutUris: ["https://b.example.com", "https://a.example.com"], corsOrigins: ["https://b.example.com"] },
      { sessions: { maxAge: 1, inactivity: 2, accessTokenTtl: 3 } },
      { sessions: { inactivity: 60 } },
    ],
  ],
  [
    "Application, oauth and m2m",
    connectApplications.codecs,
    [
      { name: "cli", kind: "oauth", scopes: ["a"], redirectUris: uris },
      { kind: "oauth", description: "For the shell", pkce: true, corsOrigins: ["https://a.example.com"] },
      { kind: "oauth", firstParty: false, organization: "org_1" },
      { kind: "m2m", organization: "org_1", scopes: [] },
    ],
  ],
  [
    "ApiKey",
    codecsFor(keyCodecs, true),
    [
      { name: "ci", kind: "publishable", application: "app_1", expiresAt: "2099-01-01T00:00:00.000Z" },
      { kind: "secret" },
    ],
  ],
  [
    "FeatureFlag",
    featureFlags.codecs,
    [
      { slug: "beta", name: "Beta", description: "", tags: ["a", "b"], owner: "user_1", defaultValue: true },
      { tags: [], defaultValue: false },
    ],
  ],
  [
    "FeatureFlagRule",
    featureFlagRules.codecs,
    [
      { enabled: true, access: "some", organizations: ["org_1"], users: [] },
      { enabled: false, access: "none" },
      { access: "all" },
    ],
  ],
  [
    "WebhookEndpoint",
    codecsFor(webhookCodecs, true),
    [{ url: "https://a.example.com", events: ["user.created"], enabled: true, description: "x" }, { enabled: false }],
  ],
  [
    "WebhookEndpoint, with a key",
    keyedWebhookEndpoints.codecs,
    [{ url: "https://a.example.com", events: ["user.created"], enabled: true }, { enabled: false }],
  ],
];

describe("what is read is what was written", () => {
  test.each(tables)("%s", (_, codecs, cases) => {
    for (const inputs of cases) {
      // what is not written is answered as a server has it that nobody told
      const unset = { redirectUris: [], logoutUris: [], webOrigins: [], tags: [], organizations: [], users: [] };
      const rest = { ...unset, flagEnvironments: [], owner: null, accessType: "NONE", kind: "SECRET" };
      const writes = toWire(codecs as Any, inputs as never, Object.keys(inputs), "main");
      const wire = Object.assign({}, rest, ...[...writes.values()].map(answered)) as Wire;
      expect(fromWire(codecs as Any, wire)).toMatchObject(inputs);
    }
  });
});

describe("a table", () => {
  const codecs = {
    environment: scope,
    name: "wireName",
    kind: own,
    credentials: apart,
    homepageUrl: extension("page", "not there"),
    scopes: unsupported("never"),
    sessions: {
      select: "max idle",
      via: "setSessions",
      to: ({ maxAge }: { maxAge: number }) => ({ max: maxAge }),
      from: ({ max }: Wire) => ({ maxAge: max }),
    },
  } as unknown as Any;
  const inputs = {
    environment: "e",
    name: "n",
    kind: "web",
    credentials: { version: 1 },
    homepageUrl: "h",
    scopes: ["s"],
    sessions: { maxAge: 5 },
  };
  const written = (extensions: boolean, names = Object.keys(inputs)) =>
    Object.fromEntries(toWire(codecsFor(codecs, extensions), inputs as never, names, "main"));

  test("writes only what has a codec, by what writes it", () => {
    expect(written(true)).toEqual({ main: { wireName: "n", page: "h" }, setSessions: { max: 5 } });
    expect(written(false)).toEqual({ main: { wireName: "n" }, setSessions: { max: 5 } });
  });
  test("writes only what is named, and nothing that has no value", () => {
    expect(written(true, ["sessions"])).toEqual({ setSessions: { max: 5 } });
    expect(written(true, ["initiateLoginUri", "kind"])).toEqual({});
  });
  test("selects only what has a codec", () => {
    expect(selection(codecsFor(codecs, true))).toBe("wireName page max idle");
    expect(selection(codecsFor(codecs, false))).toBe("wireName max idle");
  });
  test("null is told, what the answer leaves out is not", () => {
    expect(fromWire(codecsFor(codecs, true), { wireName: null, max: 1 })).toEqual({
      name: null,
      sessions: { maxAge: 1 },
    });
  });
});

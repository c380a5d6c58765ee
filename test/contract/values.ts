// What the contract declares of each kind: every input that a platform may carry, and another value for each that changes
// in place. A field that a definition has and this table has not fails the suite.
import type { Kind } from "@golive/provider";

type Bag = Record<string, unknown>;
/** Ids of what an object lives in or points at. */
export interface Around {
  readonly project: string;
  readonly otherProject: string;
  readonly environment: string;
  readonly flag: string;
  /** Two people who can own a flag, as far as the platform has that many. */
  readonly people: readonly string[];
}
interface Values {
  /** Where it lives, and what identifies it there: different with each number. */
  readonly key: (around: Around, n: number) => Bag;
  /** The other inputs. */
  readonly full: (around: Around) => Bag;
  /** Another value of each input that changes in place. */
  readonly changed: (around: Around, n: number) => Bag;
}
const at = (host: string, path = "") => `https://${host}.example.com${path}`;

/** A flag of two variants, as its rules get it. */
const definition = (text: string): string =>
  JSON.stringify({
    text,
    variants: [
      { key: "a", share: 50 },
      { key: "b", share: 50 },
    ],
  });

export const values: Readonly<Record<Kind, Values>> = {
  Project: {
    key: (_, n) => ({ name: `Contract ${n}` }),
    full: () => ({}),
    changed: (_, n) => ({ name: `Contract ${n} renamed` }),
  },
  Environment: {
    key: ({ project }, n) => ({ project, name: `QA ${n}` }),
    full: () => ({ type: "staging" }),
    changed: ({ otherProject }, n) => ({ name: `QA ${n} renamed`, project: otherProject }),
  },
  Application: {
    key: ({ environment }, n) => ({ environment, name: `app ${n}` }),
    full: () => ({
      redirectUris: [
        { uri: at("a", "/cb"), default: true },
        { uri: at("b", "/cb"), default: false },
      ],
      logoutUris: [at("b", "/bye"), at("a", "/bye")],
      corsOrigins: [at("a"), at("b")],
      homepageUrl: at("a", "/home"),
      initiateLoginUri: at("a", "/login"),
      signUpUrl: at("a", "/join"),
      passwordResetUrl: at("a", "/reset"),
      userInvitationUrl: at("a", "/invited"),
      description: "For the shell",
      sessions: { maxAge: 86_400, inactivity: 3_600, accessTokenTtl: 600 },
      scopes: ["openid", "email"],
    }),
    changed: (_, n) => ({
      name: `app ${n} renamed`,
      redirectUris: [{ uri: at("c", "/cb"), default: true }],
      logoutUris: [at("c", "/bye")],
      corsOrigins: [at("c")],
      homepageUrl: at("c", "/home"),
      initiateLoginUri: at("c", "/login"),
      signUpUrl: at("c", "/join"),
      passwordResetUrl: at("c", "/reset"),
      userInvitationUrl: at("c", "/invited"),
      description: "For every shell",
      sessions: { maxAge: 43_200, inactivity: 1_800, accessTokenTtl: 300 },
      scopes: ["openid"],
    }),
  },
  ApiKey: {
    key: ({ environment }, n) => ({ environment, name: `key ${n}` }),
    full: () => ({ expiresAt: "2199-01-01T00:00:00.000Z", scopes: ["feature_flag:read"] }),
    changed: (_, n) => ({
      name: `key ${n} renamed`,
      expiresAt: "2198-01-01T00:00:00.000Z",
      scopes: ["feature_flag:read", "endpoint:read"],
    }),
  },
  FeatureFlag: {
    key: ({ project }, n) => ({ project, slug: `flag-${n}` }),
    full: ({ people: [owner] }) => ({
      name: "Checkout",
      description: "The new checkout.",
      tags: ["shop", "beta"],
      ...(owner === undefined ? {} : { owner }),
      defaultValue: false,
    }),
    changed: ({ people: [first, second = first] }) => ({
      name: "Checkout 2",
      description: "The newer checkout.",
      tags: ["shop"],
      owner: second ?? "user_1",
      defaultValue: true,
      variants: [
        { key: "old", share: 60 },
        { key: "new", name: "The new one", share: 40, payload: '{"color":"red"}' },
      ],
      payload: '{"color":"blue"}',
      secretPayload: '{"token":"s3cret"}',
      remoteConfig: true,
      runtime: "server",
      bucketing: "device",
      persistAcrossLogin: true,
      contexts: ["web", "app"],
    }),
  },
  FeatureFlagRule: {
    key: ({ flag, environment }) => ({ flag, environment }),
    full: () => ({
      enabled: false,
      access: "some",
      organizations: ["org_1"],
      users: ["user_1", "user_2"],
      definition: definition("Checkout"),
    }),
    changed: () => ({
      enabled: true,
      access: "all",
      organizations: ["org_1", "org_2"],
      users: ["user_3"],
      rolloutPercentage: 50,
      definition: definition("Another checkout"),
      secretPayload: '{"token":"s3cret"}',
      conditions: [
        { properties: [{ key: "email", operator: "icontains", value: "@example.com" }], rolloutPercentage: 20 },
        { description: "The rest", rolloutPercentage: 5, variant: "b" },
      ],
      shares: [
        { variant: "a", share: 10 },
        { variant: "b", share: 90 },
      ],
      filters: JSON.stringify({ groups: [{ properties: [], rollout_percentage: 40 }] }),
    }),
  },
  WebhookEndpoint: {
    key: ({ environment }, n) => ({ environment, url: at("hooks", `/${n}`) }),
    full: () => ({ events: ["user.created", "user.updated"], enabled: true, description: "Users" }),
    changed: (_, n) => ({
      url: at("hooks", `/${n}/renamed`),
      events: ["user.deleted"],
      enabled: false,
      description: "Deleted users",
      method: "PUT",
      headers: [{ name: "x-from", value: "golive" }],
      body: '{"what":"{event.event}"}',
      filters: '{"filter_test_accounts":true}',
    }),
  },
};

// An account in memory behind the platform interface: what the commands make of it is what these tests are about.
// That the adapters read real accounts is tested with them, and end to end in adopt.test.ts.
import type { Kind } from "@golive/provider";
import type { Live, Platform } from "@golive/provider/platforms/platform";

type Objects = { readonly [K in Kind]?: readonly Live<K>[] };

export const account: Objects = {
  Project: [{ id: "project_1", state: { name: "Shop", projectId: "project_1" } }],
  Environment: [
    { id: "environment_s", state: { project: "project_1", name: "Staging", type: "staging", clientId: "client_s" } },
    { id: "environment_p", state: { project: "project_1", name: "Production", type: "production" } },
  ],
  Application: [
    {
      id: "app_web",
      state: {
        environment: "environment_p",
        name: "web",
        isDefault: true,
        redirectUris: [{ uri: "https://example.com/cb", default: true }],
        logoutUris: [],
        homepageUrl: null,
        sessions: {},
      },
    },
    {
      id: "app_mobile",
      state: {
        environment: "environment_p",
        name: "mobile",
        isDefault: false,
        redirectUris: [{ uri: "com.example.shop://cb", default: true }],
      },
    },
  ],
  ApiKey: [
    {
      id: "key_1",
      state: { environment: "environment_p", name: "backend", kind: "secret", expiresAt: null, last4: "abcd" },
    },
    { id: "key_0", state: { environment: "environment_p", name: "old", expiresAt: "2020-01-01T00:00:00Z" } },
  ],
  WebhookEndpoint: [
    {
      id: "we_1",
      state: {
        environment: "environment_p",
        url: "https://hooks.example.com/users",
        events: ["user.created"],
        enabled: true,
        description: null,
      },
    },
    {
      id: "we_2",
      state: {
        environment: "environment_p",
        url: "https://hooks.example.com/v2/users",
        events: ["user.deleted"],
        enabled: false,
      },
    },
  ],
  FeatureFlag: [
    {
      id: "flag_1",
      state: {
        project: "project_1",
        slug: "checkout",
        name: "Checkout",
        description: "New",
        tags: ["shop"],
        owner: "user_1",
        defaultValue: false,
      },
    },
    { id: "flag_2", state: { project: "project_1", slug: "search", name: "Search", description: null, tags: [] } },
  ],
  FeatureFlagRule: [
    {
      id: "flag_1/environment_p",
      state: {
        flag: "flag_1",
        environment: "environment_p",
        enabled: true,
        access: "all",
        organizations: [],
        users: [],
      },
    },
    {
      id: "flag_2/environment_p",
      state: {
        flag: "flag_2",
        environment: "environment_p",
        enabled: false,
        access: "none",
        organizations: [],
        users: [],
      },
    },
  ],
};

/** Lists and finds, and refuses to write. */
export function platformOf(objects: Objects = account): Platform {
  const refuse = () => Promise.reject(new Error("a command that reads has written"));
  const store = <K extends Kind>(kind: K) => {
    const all = (objects[kind] ?? []) as readonly Live<K>[];
    const holds = (live: Live<K>, scope: object) =>
      Object.entries(scope).every(([name, value]) => (live.state as Record<string, unknown>)[name] === value);
    return {
      find: async (inputs: object) => all.find((live) => holds(live, inputs)),
      read: async (id: string) => all.find((live) => live.id === id),
      list: async (scope: object) => all.filter((live) => holds(live, scope)),
      create: refuse,
      update: refuse,
      delete: refuse,
    };
  };
  const kinds: Kind[] = [
    "Project",
    "Environment",
    "Application",
    "ApiKey",
    "WebhookEndpoint",
    "FeatureFlag",
    "FeatureFlagRule",
  ];
  return {
    name: "memory",
    stores: Object.fromEntries(kinds.map((kind) => [kind, store(kind)])),
    refusals: () => [],
    account: async () => ({ id: "team_1", name: "Example" }),
  };
}

// The newest Node.js client (npm `@workos-inc/node` 11, on a Node.js that it takes) at the rehearsal: a line for each call.
import { WorkOS } from "workos-newest";

const [port, key] = process.argv.slice(2);
const clientOf = (secret) =>
  new WorkOS(secret, { apiHostname: "127.0.0.1", port: Number(port), https: false, maxRetries: 0 });
const client = clientOf(key);
const kept = {};

async function call(name, run, { keep, expect } = {}) {
  let fault = null;
  try {
    const result = await run();
    if (expect && !expect(result)) fault = JSON.stringify(result)?.slice(0, 300) ?? "nothing";
    if (keep) kept[keep] = result;
  } catch (error) {
    fault = `${error.name}: ${error.message}`.slice(0, 300);
  }
  console.log(JSON.stringify({ name, fault }));
}
async function refused(name, status, run) {
  const fault = await run().then(
    () => "it was not refused",
    (error) => (error.status === status ? null : `${error.name}: ${error.message}`),
  );
  console.log(JSON.stringify({ name, fault }));
}
const all = async (page) => (await page).autoPagination();

const { organizations: o, authorization: a, connect: c, webhooks: w, featureFlags: f, auditLogs: l } = client;
await call(
  "organizations.create",
  () => o.createOrganization({ name: "Acme", externalId: "acme", metadata: { a: "1" } }),
  { keep: "org" },
);
await call("organizations.get", () => o.getOrganization(kept.org.id));
await call("organizations.get by external id", () => o.getOrganizationByExternalId("acme"));
await call(
  "organizations.update merges metadata",
  () => o.updateOrganization({ organization: kept.org.id, metadata: { b: "2" } }),
  {
    expect: ({ metadata }) => metadata.a === "1" && metadata.b === "2",
  },
);
for (let i = 0; i < 25; i++)
  await call("organizations.create another", () => o.createOrganization({ name: `Org ${i}` }));
await call("organizations.list, without an order", () => all(o.listOrganizations()), {
  expect: (list) => new Set(list.map(({ id }) => id)).size === 26,
});
await refused("organizations.get of none", 404, () => o.getOrganization("org_none"));
await call("permissions.create", () => a.createPermission({ slug: "posts:read", name: "Read", description: "" }));
await call("permissions.get", () => a.getPermission("posts:read"));
await call("permissions.update", () => a.updatePermission("posts:read", { name: "See" }));
await call("permissions.list", () => a.listPermissions(), { expect: ({ data }) => data.length === 1 });
await call("roles.create", () => a.createEnvironmentRole({ slug: "editor", name: "Editor" }));
await call("roles.get", () => a.getEnvironmentRole("editor"));
await call("roles.update", () => a.updateEnvironmentRole("editor", { description: "Edits" }));
await call("roles.set permissions", () => a.setEnvironmentRolePermissions("editor", { permissions: ["posts:read"] }));
await call("roles.list", () => a.listEnvironmentRoles(), { expect: ({ data }) => data.length === 1 });
await refused("roles.create again", 409, () => a.createEnvironmentRole({ slug: "editor", name: "Again" }));
await call("permissions.delete", () => a.deletePermission("posts:read"));
await call(
  "connect.create",
  () =>
    c.createApplication({ name: "CLI", applicationType: "oauth", isFirstParty: false, organizationId: kept.org.id }),
  { keep: "app" },
);
await call("connect.create m2m", () =>
  c.createApplication({ name: "M", applicationType: "m2m", organizationId: kept.org.id }),
);
await call("connect.get", () => c.getApplication({ id: kept.app.id }));
await call("connect.update", () =>
  c.updateApplication({ id: kept.app.id, redirectUris: [{ uri: "https://a.example.com/cb", default: true }] }),
);
await call("connect.list", () => c.listApplications(), { expect: ({ data }) => data.length === 2 });
await call("connect.create secret", () => c.createApplicationClientSecret({ id: kept.app.id }), { keep: "secret" });
await call("connect.list secrets", () => c.listApplicationClientSecrets({ id: kept.app.id }), {
  expect: (list) => list.length === 1,
});
await call("connect.delete secret", () => c.deleteClientSecret({ id: kept.secret.id }));
await call("connect.delete", () => c.deleteApplication({ id: kept.app.id }));
await refused("connect.create for no organization", 404, () =>
  c.createApplication({ name: "M", applicationType: "m2m", organizationId: "org_none" }),
);
await call(
  "webhooks.create",
  () => w.createWebhookEndpoint({ endpointUrl: "https://a.example.com", events: ["user.created"] }),
  { keep: "hook" },
);
await call("webhooks.update", () => w.updateWebhookEndpoint({ id: kept.hook.id, status: "disabled" }), {
  expect: ({ status }) => status === "disabled",
});
await call("webhooks.list", () => w.listWebhookEndpoints(), { expect: ({ data }) => data.length === 1 });
await refused("webhooks.create again", 409, () =>
  w.createWebhookEndpoint({ endpointUrl: "https://a.example.com", events: [] }),
);
await call("webhooks.delete", () => w.deleteWebhookEndpoint({ id: kept.hook.id }));
await call("flags.list", () => f.listFeatureFlags(), { expect: ({ data }) => data.length === 1 });
await call("flags.get", () => f.getFeatureFlag("beta"));
await call("flags.enable", () => f.enableFeatureFlag("beta"), { expect: ({ enabled }) => enabled });
await call("flags.disable", () => f.disableFeatureFlag("beta"), { expect: ({ enabled }) => !enabled });
await call("flags.add target", () => f.addFlagTarget({ slug: "beta", targetId: kept.org.id }));
await call("flags.remove target", () => f.removeFlagTarget({ slug: "beta", targetId: kept.org.id }));
await call(
  "audit logs.create schema",
  () =>
    l.createSchema({
      action: "user.seen",
      targets: [{ type: "user", metadata: { plan: "string" } }],
      actor: { metadata: { admin: "boolean" } },
      metadata: { n: "number" },
    }),
  {
    expect: ({ version }) => version === 1,
  },
);
await call("redirect URIs.create", () =>
  client.post("/user_management/redirect_uris", { uri: "http://localhost:3000/cb" }),
);
await call("CORS origins.create", () =>
  client.post("/user_management/cors_origins", { origin: "http://localhost:3000" }),
);
await refused("CORS origins.create again", 409, () =>
  client.post("/user_management/cors_origins", { origin: "http://localhost:3000" }),
);
await call("organizations.delete", () => o.deleteOrganization(kept.org.id));
await refused("a wrong key", 401, () => clientOf("sk_test_wrong").organizations.listOrganizations());

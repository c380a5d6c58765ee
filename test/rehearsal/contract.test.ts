// The official client at the rehearsal: what it sends is answered, and what it is answered it understands.
import { NotFoundException, UnauthorizedException, UnprocessableEntityException, WorkOS } from "@workos-inc/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routes } from "../../rehearsal/dist/workos/rest/index.js";
import { ask, type Data, mutate, unlockedWorld, type World } from "./rig";

const ulid = "[0-9A-HJKMNP-TV-Z]{26}";
const idOf = (prefix: string): unknown => expect.stringMatching(new RegExp(`^${prefix}_${ulid}$`));
const time: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

let world: World;
let client: WorkOS;
/** The operations that the client was answered. */
const operations = new Set<string>();
const patterns = Object.keys(routes).map((route) => {
  const [method, path] = route.split(" ") as [string, string];
  return { route, method, pattern: new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}$`) };
});

/** `fetch`, keeping count, and sure of what every answer has. */
const counting: typeof fetch = async (input, init) => {
  const { pathname } = new URL(input instanceof Request ? input.url : input);
  const response = await fetch(input, init);
  expect(response.headers.get("x-request-id")).toMatch(new RegExp(`^req_${ulid}$`));
  const found = patterns.find(({ method, pattern }) => method === (init?.method ?? "GET") && pattern.test(pathname));
  if (found && response.ok) operations.add(found.route);
  return response;
};
const clientOf = (key: string): WorkOS =>
  new WorkOS(key, { apiHostname: "127.0.0.1", port: world.rehearsal.port, https: false, fetchFn: counting });

beforeAll(async () => {
  world = await unlockedWorld();
  client = clientOf(world.staging.key);
});
afterAll(() => world.rehearsal.close());

describe("resources that the client has methods for", () => {
  it("organizations", async () => {
    const { organizations } = client;
    const made = await organizations.createOrganization({
      name: "Acme",
      externalId: "acme-1",
      metadata: { tier: "gold" },
      domainData: [{ domain: "acme.example", state: "pending" as never }],
    });
    expect(made).toMatchObject({ id: idOf("org"), name: "Acme", externalId: "acme-1", metadata: { tier: "gold" } });
    expect(made.domains).toMatchObject([{ domain: "acme.example", state: "pending", organizationId: made.id }]);
    expect(await organizations.getOrganization(made.id)).toEqual(made);
    expect(await organizations.getOrganizationByExternalId("acme-1")).toEqual(made);
    const renamed = await organizations.updateOrganization({ organization: made.id, name: "Acme Ltd" });
    expect(renamed).toMatchObject({ id: made.id, name: "Acme Ltd", metadata: { tier: "gold" } });
    expect((await organizations.listOrganizations()).data).toEqual([renamed]);
    await organizations.deleteOrganization(made.id);
    await expect(organizations.getOrganization(made.id)).rejects.toThrow(NotFoundException);
  });

  it("permissions and roles", async () => {
    const { authorization } = client;
    const permission = await authorization.createPermission({ slug: "posts:read", name: "Read posts" });
    expect(permission).toMatchObject({ id: idOf("perm"), slug: "posts:read", system: false, description: null });
    await authorization.createPermission({ slug: "posts:write", name: "Write posts", description: "And edit" });
    expect(await authorization.getPermission("posts:read")).toEqual(permission);
    expect((await authorization.listPermissions({ limit: 1 })).listMetadata).toMatchObject({ after: idOf("perm") });
    expect(await authorization.updatePermission("posts:read", { name: "Read" })).toMatchObject({ name: "Read" });

    const role = await authorization.createEnvironmentRole({ slug: "editor", name: "Editor" });
    expect(role).toMatchObject({ id: idOf("role"), slug: "editor", type: "EnvironmentRole", permissions: [] });
    expect(await authorization.getEnvironmentRole("editor")).toEqual(role);
    expect(await authorization.updateEnvironmentRole("editor", { description: "Edits" })).toMatchObject({
      description: "Edits",
    });
    const some = await authorization.setEnvironmentRolePermissions("editor", { permissions: ["posts:read"] });
    expect(some.permissions).toEqual(["posts:read"]);
    const more = await authorization.addEnvironmentRolePermission("editor", { permissionSlug: "posts:write" });
    expect(more.permissions).toEqual(["posts:read", "posts:write"]);
    expect((await authorization.listEnvironmentRoles()).data).toEqual([more]);
    await authorization.deletePermission("posts:write");
    await expect(authorization.getPermission("posts:write")).rejects.toThrow(NotFoundException);
    // a permission that is gone is in no role either
    expect((await authorization.getEnvironmentRole("editor")).permissions).toEqual(["posts:read"]);
  });

  it("feature flags", async () => {
    const { featureFlags } = client;
    await mutate(world.dash, "createFlag", {
      projectId: world.project,
      slug: "beta",
      name: "Beta",
      userId: "user_1",
      tags: ["new"],
    });
    const flag = await featureFlags.getFeatureFlag("beta");
    expect(flag).toMatchObject({ id: idOf("flag"), slug: "beta", tags: ["new"], enabled: false, defaultValue: false });
    expect((await featureFlags.listFeatureFlags()).data).toEqual([flag]);
    expect(await featureFlags.enableFeatureFlag("beta")).toMatchObject({ enabled: true });
    expect(await clientOf(world.production.key).featureFlags.getFeatureFlag("beta")).toMatchObject({ enabled: false });
    expect(await featureFlags.disableFeatureFlag("beta")).toMatchObject({ enabled: false });
    await featureFlags.addFlagTarget({ slug: "beta", targetId: "org_01" });
    const [rule] = await targets();
    expect(rule).toEqual({ organizations: [{ id: "org_01" }] });
    await featureFlags.removeFlagTarget({ slug: "beta", targetId: "org_01" });
    expect(await targets()).toContainEqual({ organizations: [] });
  });
  const targets = async (): Promise<Data[]> => {
    const query = `{ flagBySlug(projectId: "${world.project}", slug: "beta") { flagEnvironments { organizations { id } } } }`;
    return (await world.dash<{ flagEnvironments: Data[] }>(query)).flagEnvironments;
  };

  it("audit log schemas: each is a new version", async () => {
    const schema = { action: "user.signed_in", targets: [{ type: "user" }], metadata: { source: "string" } };
    expect(await client.auditLogs.createSchema(schema)).toMatchObject({ version: 1, targets: [{ type: "user" }] });
    expect(await client.auditLogs.createSchema(schema)).toMatchObject({ version: 2 });
    const schemas = await client.get<{ data: Data[] }>("/audit_logs/actions/user.signed_in/schemas");
    expect(schemas.data.data).toHaveLength(2);
    const actions = await client.get<{ data: Data[] }>("/audit_logs/actions");
    expect(actions.data.data).toMatchObject([{ name: "user.signed_in", schema: { version: 2 } }]);
  });
});

describe("resources without methods, by the client's own requests", () => {
  it("webhook endpoints", async () => {
    const url = "https://hooks.example.com/a";
    const { data: made } = await client.post<Data>("/webhook_endpoints", {
      endpoint_url: url,
      events: ["user.created"],
    });
    expect(made).toEqual({
      object: "webhook_endpoint",
      id: idOf("we"),
      endpoint_url: url,
      secret: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      status: "enabled",
      events: ["user.created"],
      created_at: time,
      updated_at: time,
    });
    const { data: off } = await client.patch<Data>(`/webhook_endpoints/${made["id"]}`, { status: "disabled" });
    expect(off).toEqual({ ...made, status: "disabled", updated_at: time });
    expect((await client.get<{ data: Data[] }>("/webhook_endpoints")).data.data).toEqual([off]);
    await expect(client.get(`/webhook_endpoints/${made["id"]}`)).rejects.toThrow(NotFoundException);
    await client.delete(`/webhook_endpoints/${made["id"]}`);
    await expect(client.delete(`/webhook_endpoints/${made["id"]}`)).rejects.toMatchObject({ code: "entity_not_found" });
  });

  it("connect applications and their secrets", async () => {
    const { id: organization } = await client.organizations.createOrganization({ name: "Owner" });
    const { data: made } = await client.post<Data>("/connect/applications", {
      name: "CLI",
      application_type: "oauth",
      is_first_party: true,
      redirect_uris: [{ uri: "https://cli.example.com/cb", default: true }],
      scopes: ["openid"],
    });
    expect(made).toMatchObject({
      object: "connect_application",
      id: idOf("conn_app"),
      client_id: expect.stringMatching(/^client_/) as unknown,
      redirect_uris: [{ uri: "https://cli.example.com/cb", default: true }],
      is_first_party: true,
      uses_pkce: false,
    });
    const { data: machine } = await client.post<Data>("/connect/applications", {
      name: "Worker",
      application_type: "m2m",
      organization_id: organization,
    });
    expect(machine).toMatchObject({ application_type: "m2m", organization_id: organization });
    expect(machine).not.toHaveProperty("redirect_uris");
    const { data: changed } = await client.put<Data>(`/connect/applications/${made["id"]}`, {
      name: "Tool",
      is_first_party: false,
    });
    expect(changed).toMatchObject({ name: "Tool", is_first_party: true, scopes: ["openid"] });
    for (const id of [made["id"], made["client_id"]])
      expect((await client.get<Data>(`/connect/applications/${id}`)).data).toEqual(changed);
    expect((await client.get<{ data: Data[] }>("/connect/applications")).data.data).toEqual([machine, changed]);

    const secrets = `/connect/applications/${made["id"]}/client_secrets`;
    const { data: secret } = await client.post<Data>(secrets, {});
    expect(secret).toMatchObject({ id: idOf("secret"), secret: expect.any(String) as unknown, last_used_at: null });
    const { data: listed } = await client.get<Data[]>(secrets);
    expect(listed).toMatchObject([{ id: secret["id"], secret_hint: String(secret["secret"]).slice(-4) }]);
    expect(listed[0]).not.toHaveProperty("secret");
    await client.delete(`/connect/client_secrets/${secret["id"]}`);
    expect((await client.get<Data[]>(secrets)).data).toEqual([]);
    await client.delete(`/connect/applications/${made["id"]}`);
    await expect(client.get(`/connect/applications/${made["id"]}`)).rejects.toThrow(NotFoundException);
  });

  it("redirect URIs, CORS origins and the JWT template", async () => {
    const post = async (path: string, body: Data) => (await client.post<Data>(`/user_management/${path}`, body)).data;
    const first = await post("redirect_uris", { uri: "http://localhost:3000/cb" });
    expect(first).toMatchObject({ object: "redirect_uri", id: idOf("redir"), default: true });
    const second = await post("redirect_uris", { uri: "https://app.example.com/cb" });
    expect(second).toMatchObject({ default: false });
    const { data: uris } = await client.get<{ data: Data[] }>("/user_management/redirect_uris?order=asc");
    expect(uris.data.map(({ id }) => id)).toEqual([first["id"], second["id"]]);
    await expect(client.delete(`/user_management/redirect_uris/${first["id"]}`)).rejects.toMatchObject({ status: 409 });
    await client.delete(`/user_management/redirect_uris/${second["id"]}`);

    const origin = await post("cors_origins", { origin: "https://app.example.com" });
    expect(origin).toMatchObject({ object: "cors_origin", id: idOf("cors_origin"), origin: "https://app.example.com" });
    expect((await client.get<{ data: Data[] }>("/user_management/cors_origins")).data.data).toEqual([origin]);
    await expect(post("cors_origins", { origin: "https://app.example.com" })).rejects.toMatchObject({ status: 409 });

    await expect(client.get("/user_management/jwt_template")).rejects.toThrow(NotFoundException);
    const content = '{"urn": "{{ user.id }}"}';
    const { data: template } = await client.put<Data>("/user_management/jwt_template", { content });
    expect(template).toEqual({ object: "jwt_template", content, created_at: time, updated_at: time });
    expect((await client.get<Data>("/user_management/jwt_template")).data).toEqual(template);
  });
});

describe("refusals", () => {
  const webhook = { endpoint_url: "https://hooks.example.com/twice", events: ["user.created"] };
  beforeAll(() => client.post("/webhook_endpoints", webhook));

  it.each([
    ["no such key", "sk_test_wrong", "GET", "/organizations", undefined, 401, "unauthorized"],
    ["a publishable or other key", "pk_test_1", "GET", "/organizations", undefined, 401, "unauthorized"],
    ["unknown route", "", "GET", "/nowhere", undefined, 404, "not_found"],
    ["unknown id", "", "DELETE", "/webhook_endpoints/we_01", undefined, 404, "entity_not_found"],
    ["malformed JSON", "", "POST", "/organizations", "{", 400, "invalid_request_body"],
    ["missing field", "", "POST", "/organizations", {}, 422, "invalid_request_parameters"],
    ["same URL", "", "POST", "/webhook_endpoints", webhook, 409, "duplicate_endpoint"],
    ["no URL", "", "POST", "/webhook_endpoints", { ...webhook, endpoint_url: "not a url" }, 422, "invalid_url"],
    ["limit of 0", "", "GET", "/organizations?limit=0", undefined, 422, "invalid_request_parameters"],
    ["limit of 101", "", "GET", "/organizations?limit=101", undefined, 422, "invalid_request_parameters"],
    ["unknown order", "", "GET", "/organizations?order=bogus", undefined, 422, "invalid_request_parameters"],
    ["target of no kind", "", "POST", "/feature-flags/beta/targets/team_1", {}, 400, "invalid_resource_id_format"],
  ])("%s", async (_title, key, method, path, body, status, code) => {
    const answer = await ask(world.rehearsal, key || world.staging.key, method, path, body);
    expect(answer).toMatchObject({ status, body: { message: expect.any(String) as unknown, code } });
    expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
  });

  it("an unknown event is named in the list of errors", async () => {
    const body = { endpoint_url: "https://hooks.example.com/b", events: ["user.created", "user.exploded"] };
    expect(await ask(world.rehearsal, world.staging.key, "POST", "/webhook_endpoints", body)).toMatchObject({
      status: 422,
      body: { errors: [{ code: "unknown_event_type", message: expect.stringContaining("user.exploded") as unknown }] },
    });
  });

  it("the client knows them by type", async () => {
    await expect(clientOf("sk_test_wrong").organizations.listOrganizations()).rejects.toThrow(UnauthorizedException);
    await expect(client.post("/webhook_endpoints", webhook)).rejects.toMatchObject({ status: 409 });
    await expect(client.authorization.createPermission({ slug: "Not A Slug", name: "x" })).rejects.toThrow(
      UnprocessableEntityException,
    );
  });

  it("a role of the same slug is a conflict", async () => {
    await expect(client.authorization.createEnvironmentRole({ slug: "editor", name: "Again" })).rejects.toThrow();
  });
});

it("every operation of the API was answered to the client", () => {
  process.stdout.write(`contract: ${operations.size} of ${patterns.length} operations by the official client\n`);
  expect([...operations].toSorted()).toEqual(Object.keys(routes).toSorted());
});

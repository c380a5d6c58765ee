// Where the rehearsal once answered otherwise than the public contract (OpenAPI 0.61, the newest official clients): each is a row.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { webhookEvents } from "../../rehearsal/dist/rules/webhook-events.js";
import { rawTo } from "./raw";
import { type Answer, ask, type Data, mutate, unlockedWorld, type World } from "./rig";

let world: World;
let organization: string;
const time: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const send = (method: string, path: string, body?: unknown): Promise<Answer> =>
  ask(world.rehearsal, world.staging.key, method, path, body);
/** One that must have worked. */
const done = async (method: string, path: string, body?: unknown): Promise<Data> => {
  const answer = await send(method, path, body);
  expect([answer.status, answer.body["errors"]]).toEqual([expect.toBeOneOf([200, 201, 204]), undefined]);
  return answer.body;
};
beforeAll(async () => {
  world = await unlockedWorld();
  organization = String((await done("POST", "/organizations", { name: "Owner" }))["id"]);
  await mutate(world.dash, "createFlag", { projectId: world.project, slug: "beta", name: "Beta", userId: "user_1" });
});
afterAll(() => world.rehearsal.close());

describe("organizations: metadata is merged", () => {
  it.each<[what: string, sent: unknown, left: Data]>([
    ["a new key", { c: "3" }, { a: "1", b: "2", c: "3" }],
    ["another value", { a: "9" }, { a: "9", b: "2" }],
    ["null for a key", { a: null }, { b: "2" }],
    ["null for a key that there is not", { z: null }, { a: "1", b: "2" }],
    ["nothing in it", {}, {}],
    ["null", null, {}],
    ["left out", undefined, { a: "1", b: "2" }],
  ])("%s", async (_what, metadata, left) => {
    const { id } = await done("POST", "/organizations", { name: "Acme", metadata: { a: "1", b: "2" } });
    expect((await done("PUT", `/organizations/${String(id)}`, { metadata }))["metadata"]).toEqual(left);
    expect((await done("GET", `/organizations/${String(id)}`))["metadata"]).toEqual(left);
  });
  it("50 keys at most, those that were there counted", async () => {
    const metadata = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, "x"]));
    const { id } = await done("POST", "/organizations", { name: "Full", metadata });
    const one = await send("PUT", `/organizations/${String(id)}`, { metadata: { more: "x" } });
    expect([one.status, one.body["code"]]).toEqual([400, "invalid_metadata"]);
    await done("PUT", `/organizations/${String(id)}`, { metadata: { more: "x", k0: null } });
  });
});

describe("organizations: nothing of what was sent is dropped", () => {
  it("allow_profiles_outside_organization, stripe_customer_id, and domains in the older form", async () => {
    const sent = { allow_profiles_outside_organization: true, stripe_customer_id: "cus_1" };
    const made = await done("POST", "/organizations", { name: "Acme", domains: ["old.example"], ...sent });
    expect(made).toMatchObject({ ...sent, domains: [{ domain: "old.example", state: "pending" }] });
    const path = `/organizations/${String(made["id"])}`;
    expect(await done("PUT", path, { name: "Acme 2" })).toMatchObject({ ...sent, name: "Acme 2" });
    const cleared = await done("PUT", path, { allow_profiles_outside_organization: false, stripe_customer_id: null });
    expect(cleared).toMatchObject({ allow_profiles_outside_organization: false });
    expect(cleared).not.toHaveProperty("stripe_customer_id");
  });
  it.each<[what: string, body: Data]>([
    ["an external id that is not ASCII", { external_id: "größe" }],
    ["an external id of 129 characters", { external_id: "x".repeat(129) }],
    ["a flag that is a text", { allow_profiles_outside_organization: "yes" }],
    ["a domain that is none", { domains: [7] }],
  ])("%s is refused", async (_what, body) => {
    expect((await send("POST", "/organizations", { name: "Acme", ...body })).status).toBe(422);
  });
});

describe("lists", () => {
  it("without an order they run as a client that follows `after` expects", async () => {
    for (const name of ["one", "two", "three"]) await done("POST", "/authorization/permissions", { slug: name, name });
    const seen: unknown[] = [];
    for (let after: unknown = "", turns = 0; after !== null && turns < 10; turns++) {
      const list = await done("GET", `/authorization/permissions?limit=1&after=${String(after)}`);
      seen.push(...(list["data"] as Data[]).map(({ slug }) => slug));
      after = (list["list_metadata"] as Data)["after"];
    }
    expect(seen).toEqual(["three", "two", "one"]);
  });
  it.each(["ÄPFEL", "äpfel", "pfel", "ΣΊΣΥΦΟΣ", "ЁЖ", "ёж", "e\u0301clair", "ÉCLAIR", "owner"])(
    "search finds in any case of any script: %s",
    async (search) => {
      for (const name of ["Äpfel", "Σίσυφοσ", "Ёж", "Éclair"])
        if ((await find(name)).length === 0) await done("POST", "/organizations", { name });
      expect(await find(search)).toHaveLength(1);
    },
  );
  const find = async (search: string) =>
    (await done("GET", `/organizations?search=${encodeURIComponent(search)}`))["data"] as Data[];
  it("HEAD is a GET without a body", async () => {
    const { status, headers, text } = await rawTo(world.rehearsal.port, "/organizations", {
      method: "HEAD",
      headers: { authorization: `Bearer ${world.staging.key}` },
    });
    expect([status, text, headers["content-type"]]).toEqual([200, "", "application/json; charset=utf-8"]);
  });
  it.each(["//organizations", "//api.workos.com/organizations", "/x/../organizations"])(
    "the path %s is no other path",
    async (path) => {
      const headers = { authorization: `Bearer ${world.staging.key}` };
      expect((await rawTo(world.rehearsal.port, path, { headers })).status).toBe(404);
    },
  );
});

describe("descriptions may be empty", () => {
  it.each<[method: string, path: string, body: Data]>([
    ["POST", "/authorization/permissions", { slug: "empty", name: "Empty" }],
    ["PATCH", "/authorization/permissions/empty", {}],
    ["POST", "/authorization/roles", { slug: "empty", name: "Empty" }],
    ["PATCH", "/authorization/roles/empty", {}],
    ["POST", "/connect/applications", { name: "A", application_type: "oauth", is_first_party: true }],
  ])("%s %s", async (method, path, body) => {
    expect((await done(method, path, { ...body, description: "" }))["description"]).toBe("");
  });
});

describe("Connect applications", () => {
  const app = { name: "CLI", application_type: "oauth" };
  it("cors_origins on create, in answers and on update; was_dynamically_registered of third parties only", async () => {
    const own = await done("POST", "/connect/applications", { ...app, is_first_party: true });
    expect(own["cors_origins"]).toEqual([]);
    expect(own).not.toHaveProperty("was_dynamically_registered");
    const sent = {
      ...app,
      is_first_party: false,
      organization_id: organization,
      cors_origins: ["https://a.example.com"],
    };
    const made = await done("POST", "/connect/applications", sent);
    expect(made).toMatchObject({ cors_origins: ["https://a.example.com"], was_dynamically_registered: false });
    const path = `/connect/applications/${String(made["id"])}`;
    expect(await done("PUT", path, { name: "CLI 2" })).toMatchObject({ cors_origins: ["https://a.example.com"] });
    expect(await done("PUT", path, { cors_origins: ["https://b.example.com"] })).toMatchObject({
      cors_origins: ["https://b.example.com"],
    });
    expect(await done("PUT", path, { cors_origins: null })).toMatchObject({ cors_origins: [] });
    expect((await send("PUT", path, { cors_origins: ["nonsense"] })).status).toBe(422);
    const m2m = await done("POST", "/connect/applications", {
      name: "M",
      application_type: "m2m",
      organization_id: organization,
    });
    expect(m2m).not.toHaveProperty("cors_origins");
  });
  it("an organization that there is not is a 404", async () => {
    const unknown = { ...app, is_first_party: false, organization_id: "org_01" };
    expect(await send("POST", "/connect/applications", unknown)).toMatchObject({
      status: 404,
      body: { code: "entity_not_found" },
    });
  });
  it.each<[query: string, isFound: boolean | 422]>([
    ["", true],
    ["registration_types=authenticated", true],
    ["registration_types=dynamic", false],
    ["registration_types=dynamic,authenticated", true],
    ["registration_types=dynamic&registration_types=authenticated", true],
    ["registration_types=robot", 422],
  ])("registration_types: '%s'", async (query, isFound) => {
    const { status, body } = await send("GET", `/connect/applications?${query}`);
    expect(status).toBe(isFound === 422 ? 422 : 200);
    if (isFound !== 422) expect((body["data"] as Data[]).length > 0).toBe(isFound);
  });
});

describe("what is refused, and how", () => {
  const origin = { origin: "https://app.example.com" };
  it.each<[what: string, method: string, path: string, body: unknown, status: number, code: string]>([
    ["the same origin", "POST", "/user_management/cors_origins", origin, 409, "duplicate_cors_origin"],
    ["a target of no kind", "POST", "/feature-flags/beta/targets/team_1", {}, 400, "invalid_resource_id_format"],
    ["no target at all", "DELETE", "/feature-flags/beta/targets/x", undefined, 400, "invalid_resource_id_format"],
  ])("%s", async (_what, method, path, body, status, code) => {
    if (status === 409) await done(method, path, body);
    expect(await send(method, path, body)).toMatchObject({ status, body: { code } });
  });

  it.each<[method: string, path: string, body: unknown]>([
    ["POST", "/organizations", {}],
    ["POST", "/organizations", { name: "x", metadata: [] }],
    ["POST", "/organizations", { name: "x", domain_data: [{}] }],
    ["GET", "/organizations?limit=x", undefined],
    ["GET", "/organizations?order=x", undefined],
    ["POST", "/user_management/cors_origins", { origin: "nonsense" }],
    ["POST", "/user_management/redirect_uris", {}],
    ["POST", "/webhook_endpoints", { endpoint_url: "https://a.example.com", events: ["user.exploded"] }],
    ["POST", "/webhook_endpoints", { endpoint_url: "https://a.example.com" }],
    ["POST", "/authorization/permissions", { slug: "Not A Slug", name: "x" }],
    ["POST", "/authorization/roles", { slug: "r", name: "x".repeat(49) }],
    ["PUT", "/authorization/roles/empty/permissions", {}],
    ["POST", "/audit_logs/actions/a.b/schemas", {}],
  ])("%s %s: every one of its errors has a message", async (method, path, body) => {
    const answer = await send(method, path, body);
    expect([400, 422]).toContain(answer.status);
    const errors = answer.body["errors"] as Data[];
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(error).toMatchObject({ message: expect.stringMatching(/\w/) as unknown });
  });
});

describe("audit log schemas are checked", () => {
  const targets = [{ type: "user" }];
  const metadata = { type: "object", properties: { source: { type: "string" }, count: { type: "number" } } };
  it.each<[what: string, schema: unknown, status: number]>([
    ["targets alone", { targets }, 201],
    ["metadata of everything", { targets: [{ type: "user", metadata }], actor: { metadata }, metadata }, 201],
    ["a null", { targets, metadata: null }, 201],
    ["no target", { targets: [] }, 422],
    ["a target without a type", { targets: [{}] }, 422],
    ["a target twice", { targets: [...targets, ...targets] }, 422],
    ["a target that is a text", { targets: ["user"] }, 422],
    ["metadata that is no schema", { targets, metadata: { source: "string" } }, 422],
    ["metadata that is a list", { targets, metadata: [] }, 422],
    [
      "a property of an unknown type",
      { targets, metadata: { type: "object", properties: { x: { type: "date" } } } },
      422,
    ],
    ["a property that is a text", { targets, metadata: { type: "object", properties: { x: "string" } } }, 422],
    ["what is required and no property", { targets, metadata: { ...metadata, required: ["other"] } }, 422],
    ["metadata of a target that is no schema", { targets: [{ type: "user", metadata: { x: 1 } }] }, 422],
    ["an actor without metadata", { targets, actor: {} }, 422],
  ])("%s", async (_what, schema, status) => {
    expect((await send("POST", "/audit_logs/actions/user.seen/schemas", schema)).status).toBe(status);
  });
});

describe("webhook events", () => {
  it("are 113, each once, on both APIs", async () => {
    expect([webhookEvents.length, new Set(webhookEvents).size]).toEqual([113, 113]);
    const all = { endpoint_url: "https://all.example.com", events: webhookEvents };
    expect((await done("POST", "/webhook_endpoints", all))["events"]).toEqual(webhookEvents);
    const told = await world.dash<never>("{ webhookEvents { id } }");
    expect((told as { id: string }[]).map(({ id }) => id)).toEqual(webhookEvents);
  });
  it.each([
    ["feature_flags.", 8],
    ["pipes.account_connection.", 5],
    ["agent.blueprint.", 3],
    ["agent.instance.", 4],
  ])("%s: %i of the newer ones", (family, count) => {
    expect(webhookEvents.filter((event) => event.startsWith(family))).toHaveLength(count);
  });
});

it("the team has its times, and when production was unlocked", async () => {
  const { clientId, clientSecret, account } = world.rehearsal;
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
  });
  const login = await fetch(`${world.rehearsal.url}/oauth2/token`, { method: "POST", body: form });
  const { access_token: token } = (await login.json()) as { access_token: string };
  expect((await ask(world.rehearsal, token, "GET", `/platform/teams/${account.id}`)).body).toEqual({
    object: "team",
    id: account.id,
    name: account.name,
    production_state: "Active",
    production_enabled_at: time,
    created_at: time,
    updated_at: time,
  });
});

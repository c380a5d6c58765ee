// The same requests to the official emulator and to the rehearsal. Where they differ, the emulator has a known fault.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, type Data, unlockedWorld, type World } from "./rig";

interface Emulator {
  readonly url: string;
  readonly apiKey: string;
  close(): Promise<void>;
}
let world: World;
let emulator: Emulator;

/** Status, code, and whether an answer has a field; `$id` is the id of what the case made before. */
interface Case {
  readonly title: string;
  readonly before?: readonly [path: string, body: Data];
  readonly request: readonly [method: string, path: string, body?: Data | string];
  readonly field?: string;
  readonly emulator: readonly (string | number | boolean)[];
  readonly rehearsal: readonly (string | number | boolean)[];
}
async function outcome(server: { url: string }, key: string, { before, request, field }: Case, turn: number) {
  const fill = (text: string, id = "") => text.replaceAll("$id", id).replaceAll("$turn", String(turn));
  const filled = (body: Data | string | undefined) =>
    body === undefined ? undefined : fill(typeof body === "string" ? body : JSON.stringify(body));
  const made = before && (await ask(server, key, "POST", before[0], filled(before[1])));
  const [method, pathname, body] = request;
  const answer = await ask(server, key, method, fill(pathname, String(made?.body["id"])), filled(body));
  const code = answer.body["code"];
  return [answer.status, ...(typeof code === "string" ? [code] : []), ...(field ? [field in answer.body] : [])];
}

const webhook = { endpoint_url: "https://hooks.example.com/$turn", events: ["user.created"] };
const webhooks = "/webhook_endpoints";
const app = { name: "App", application_type: "oauth", is_first_party: true };
const apps = "/connect/applications";
const uris = "/user_management/redirect_uris";
const origins = "/user_management/cors_origins";

const same: readonly Omit<Case, "emulator" | "rehearsal">[] = [
  { title: "unknown route", request: ["GET", "/nowhere"] },
  { title: "malformed JSON", request: ["POST", "/organizations", "{"] },
  { title: "create an organization", request: ["POST", "/organizations", { name: "Acme" }] },
  { title: "read one", before: ["/organizations", { name: "Acme" }], request: ["GET", "/organizations/$id"] },
  { title: "delete one", before: ["/organizations", { name: "Acme" }], request: ["DELETE", "/organizations/$id"] },
  { title: "create a webhook endpoint", request: ["POST", webhooks, webhook], field: "secret" },
  { title: "delete one", before: [webhooks, webhook], request: ["DELETE", `${webhooks}/$id`] },
  {
    title: "create a permission",
    request: ["POST", "/authorization/permissions", { slug: "posts:$turn", name: "Posts" }],
  },
  { title: "create a role", request: ["POST", "/authorization/roles", { slug: "role-$turn", name: "Role" }] },
  { title: "list feature flags", request: ["GET", "/feature-flags"] },
];
const faults: readonly Case[] = [
  {
    title: "a missing field has a code of its own",
    request: ["POST", "/organizations", {}],
    emulator: [422, "unprocessable_entity"],
    rehearsal: [422, "invalid_request_parameters"],
  },
  {
    title: "takes a duplicate webhook URL",
    before: [webhooks, webhook],
    request: ["POST", webhooks, webhook],
    emulator: [201],
    rehearsal: [409, "duplicate_endpoint"],
  },
  {
    title: "takes a URL that is none",
    request: ["POST", webhooks, { ...webhook, endpoint_url: "not a url" }],
    emulator: [201],
    rehearsal: [422, "invalid_url"],
  },
  {
    title: "takes an unknown event",
    request: ["POST", webhooks, { ...webhook, events: ["user.exploded"] }],
    emulator: [201],
    rehearsal: [422, "invalid_request_parameters"],
  },
  {
    title: "a webhook endpoint has no status",
    request: ["POST", webhooks, webhook],
    field: "status",
    emulator: [201, false],
    rehearsal: [201, true],
  },
  {
    title: "reads a webhook endpoint by id",
    before: [webhooks, webhook],
    request: ["GET", `${webhooks}/$id`],
    emulator: [200],
    rehearsal: [404, "not_found"],
  },
  {
    title: "has no PATCH of webhook endpoints",
    before: [webhooks, webhook],
    request: ["PATCH", `${webhooks}/$id`, { status: "disabled" }],
    emulator: [404, "not_found"],
    rehearsal: [200],
  },
  {
    title: "an unknown endpoint is not_found",
    request: ["DELETE", `${webhooks}/we_01`],
    emulator: [404, "not_found"],
    rehearsal: [404, "entity_not_found"],
  },
  {
    title: "takes a limit of 0",
    request: ["GET", "/organizations?limit=0"],
    emulator: [200],
    rehearsal: [422, "invalid_request_parameters"],
  },
  {
    title: "takes an unknown order",
    request: ["GET", "/organizations?order=bogus"],
    emulator: [200],
    rehearsal: [422, "invalid_request_parameters"],
  },
  {
    title: "drops application_type",
    request: ["POST", apps, app],
    field: "application_type",
    emulator: [201, false],
    rehearsal: [201, true],
  },
  {
    title: "has no PUT of connect applications",
    before: [apps, app],
    request: ["PUT", `${apps}/$id`, { name: "B" }],
    emulator: [404, "not_found"],
    rehearsal: [200],
  },
  {
    title: "has no DELETE of connect applications",
    before: [apps, app],
    request: ["DELETE", `${apps}/$id`],
    emulator: [404, "not_found"],
    rehearsal: [204],
  },
  {
    title: "names a client secret `value`",
    before: [apps, app],
    request: ["POST", `${apps}/$id/client_secrets`, {}],
    field: "secret",
    emulator: [201, false],
    rehearsal: [201, true],
  },
  {
    title: "takes a redirect URI that is none",
    request: ["POST", uris, { uri: "not a url" }],
    emulator: [201],
    rehearsal: [422, "invalid_request_parameters"],
  },
  {
    title: "a redirect URI has no default",
    request: ["POST", uris, { uri: "https://$turn.example.com" }],
    field: "default",
    emulator: [201, false],
    rehearsal: [201, true],
  },
  { title: "has no list of redirect URIs", request: ["GET", uris], emulator: [404, "not_found"], rehearsal: [200] },
  { title: "has no list of CORS origins", request: ["GET", origins], emulator: [404, "not_found"], rehearsal: [200] },
  {
    title: "a duplicate CORS origin is 422",
    before: [origins, { origin: "https://twice.example.com" }],
    request: ["POST", origins, { origin: "https://twice.example.com" }],
    emulator: [422],
    rehearsal: [409, "duplicate_cors_origin"],
  },
  {
    title: "a JWT template is there unset",
    request: ["GET", "/user_management/jwt_template"],
    emulator: [200],
    rehearsal: [404, "entity_not_found"],
  },
  {
    title: "has no list of audit log schemas",
    before: ["/audit_logs/actions/a.b/schemas", { targets: [{ type: "user" }] }],
    request: ["GET", "/audit_logs/actions/a.b/schemas"],
    emulator: [404, "not_found"],
    rehearsal: [200],
  },
  {
    title: "a duplicate role is 422",
    before: ["/authorization/roles", { slug: "twice", name: "R" }],
    request: ["POST", "/authorization/roles", { slug: "twice", name: "R" }],
    emulator: [422],
    rehearsal: [409, "role_slug_conflict"],
  },
];

describe("beside the official emulator", () => {
  beforeAll(async () => {
    world = await unlockedWorld();
    const { createEmulator } = (await import("workos/emulate")) as {
      createEmulator(options: Data): Promise<Emulator>;
    };
    emulator = await createEmulator({ port: 0 });
  });
  afterAll(async () => {
    await emulator.close();
    await world.rehearsal.close();
    process.stdout.write(`emulator: ${same.length} requests answered alike, ${faults.length} known faults of it\n`);
  });
  const both = async (one: Case, turn: number) => ({
    emulator: await outcome(emulator, emulator.apiKey, one, turn),
    rehearsal: await outcome(world.rehearsal, world.staging.key, one, turn),
  });

  it.each(same.map((one, i) => ({ ...one, emulator: [], rehearsal: [], turn: i })))(
    "alike: $title ($request)",
    async ({ turn, ...one }) => {
      const found = await both(one, turn);
      expect(found.rehearsal).toEqual(found.emulator);
    },
  );
  it.each(faults.map((one, i) => ({ ...one, turn: 100 + i })))("its fault: $title", async ({ turn, ...one }) => {
    const found = await both(one, turn);
    expect(found.rehearsal).toEqual(one.rehearsal);
    expect(found.emulator).toEqual(expect.arrayContaining([...one.emulator]));
  });

  it("its fault: the list masks the secret of a webhook endpoint", async () => {
    const secretOf = async (server: { url: string }, key: string) => {
      await ask(server, key, "POST", webhooks, { ...webhook, endpoint_url: "https://hooks.example.com/mask" });
      const { body } = await ask(server, key, "GET", webhooks);
      return String((body["data"] as Data[])[0]!["secret"]);
    };
    expect(await secretOf(world.rehearsal, world.staging.key)).toMatch(/^[0-9a-f]{64}$/);
    expect(await secretOf(emulator, emulator.apiKey)).toMatch(/\*{4}$/);
  });
});

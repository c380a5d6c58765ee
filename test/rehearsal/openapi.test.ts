// Answers against the public OpenAPI document of npm. It is an old version: what it does not know yet is listed by name.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ask, type Data, mutate, unlockedWorld, type World } from "./rig";

const file = createRequire(import.meta.url).resolve("@workos/openapi-spec/spec");
const spec = parse(readFileSync(file, "utf8")) as { paths: Record<string, Record<string, { responses: Data }>> };
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema({ ...spec, $id: "spec" });

let world: World;
beforeAll(async () => {
  world = await unlockedWorld();
  await mutate(world.dash, "createFlag", { projectId: world.project, slug: "beta", name: "Beta", userId: "user_1" });
});
afterAll(() => world.rehearsal.close());

const pointer = (part: string) => part.replaceAll("~", "~0").replaceAll("/", "~1");
/** What the document has against an answer; nothing when it fits. */
function faultsOf(pattern: string, method: string, status: number, body: unknown): string[] {
  const responses = spec.paths[pattern]?.[method.toLowerCase()]?.responses ?? {};
  const response = responses[String(status)] as { content?: Record<string, unknown> } | undefined;
  if (!response) return [`${status} is not in the document`];
  if (!response.content) return [];
  const path = [
    "paths",
    pattern,
    method.toLowerCase(),
    "responses",
    String(status),
    "content",
    "application/json",
    "schema",
  ];
  const validate = ajv.compile({ $ref: `spec#/${path.map((part) => encodeURIComponent(pointer(part))).join("/")}` });
  if (validate(body)) return [];
  return [...new Set((validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`.trim()))];
}

const target = { targets: [{ type: "user" }] };
const app = { name: "CLI", application_type: "oauth", is_first_party: true };
const hook = { endpoint_url: "https://hooks.example.com/a", events: ["user.created"] };
const ids: Record<string, string> = { slug: "beta", action: "user.made", actionName: "user.made" };

/** In order: what one makes, the next ones use. `keep` remembers the id that was answered. */
const calls: readonly (readonly [method: string, path: string, status: number, body?: Data, keep?: string])[] = [
  [
    "POST",
    "/organizations",
    201,
    { name: "Acme", external_id: "acme", domain_data: [{ domain: "a.example", state: "pending" }] },
    "id",
  ],
  ["GET", "/organizations", 200],
  ["GET", "/organizations/{id}", 200],
  ["PUT", "/organizations/{id}", 200, { name: "Acme Ltd" }],
  ["DELETE", "/organizations/{id}", 204],
  ["POST", "/authorization/permissions", 201, { slug: "beta", name: "Read" }],
  ["POST", "/authorization/permissions", 409, { slug: "beta", name: "Read" }],
  ["GET", "/authorization/permissions", 200],
  ["GET", "/authorization/permissions/{slug}", 200],
  ["PATCH", "/authorization/permissions/{slug}", 200, { name: "See" }],
  ["POST", "/authorization/roles", 201, { slug: "beta", name: "Editor" }],
  ["POST", "/authorization/roles", 409, { slug: "beta", name: "Editor" }],
  ["GET", "/authorization/roles", 200],
  ["GET", "/authorization/roles/{slug}", 200],
  ["PATCH", "/authorization/roles/{slug}", 200, { description: "Edits" }],
  ["PUT", "/authorization/roles/{slug}/permissions", 200, { permissions: ["beta"] }],
  ["DELETE", "/authorization/permissions/{slug}", 204],
  ["GET", "/authorization/permissions/{slug}", 404],
  ["GET", "/feature-flags", 200],
  ["GET", "/feature-flags/{slug}", 200],
  ["PUT", "/feature-flags/{slug}/enable", 200, {}],
  ["PUT", "/feature-flags/{slug}/disable", 200, {}],
  ["POST", "/audit_logs/actions/{actionName}/schemas", 201, target],
  ["GET", "/audit_logs/actions/{actionName}/schemas", 200],
  ["GET", "/audit_logs/actions", 200],
  ["POST", "/connect/applications", 201, app, "id"],
  ["GET", "/connect/applications", 200],
  ["GET", "/connect/applications/{id}", 200],
  ["PUT", "/connect/applications/{id}", 200, { name: "Tool" }],
  ["POST", "/connect/applications/{id}/client_secrets", 201, {}],
  ["GET", "/connect/applications/{id}/client_secrets", 200],
  ["DELETE", "/connect/applications/{id}", 204],
  ["GET", "/connect/applications/{id}", 404],
  ["POST", "/webhook_endpoints", 201, hook, "id"],
  ["POST", "/webhook_endpoints", 409, hook],
  ["POST", "/webhook_endpoints", 422, { endpoint_url: "https://hooks.example.com/b", events: ["user.exploded"] }],
  ["GET", "/webhook_endpoints", 200],
  ["PATCH", "/webhook_endpoints/{id}", 200, { status: "disabled" }],
  ["DELETE", "/webhook_endpoints/{id}", 204],
  ["DELETE", "/webhook_endpoints/{id}", 404],
  ["POST", "/user_management/redirect_uris", 201, { uri: "http://localhost:3000/cb" }],
  ["POST", "/user_management/redirect_uris", 422, { uri: "nonsense" }],
  ["POST", "/user_management/cors_origins", 201, { origin: "http://localhost:3000" }],
  ["POST", "/user_management/cors_origins", 409, { origin: "http://localhost:3000" }],
  ["PUT", "/user_management/jwt_template", 200, { content: "{}" }],
];
/** What the old document does not know, or says otherwise than the newer ones. */
const known: Readonly<Record<string, readonly string[]>> = {
  // newer documents have it, and the deletion goes on after the answer
  "DELETE /organizations/{id} 204": ["204 is not in the document"],
};

describe("the public OpenAPI document", () => {
  it.each(calls.map(([method, pattern, status, body, keep]) => ({ method, pattern, status, body, keep })))(
    "$method $pattern: $status",
    async ({ method, pattern, status, body, keep }) => {
      const path = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name]!);
      const answer = await ask(world.rehearsal, world.staging.key, method, path, body);
      expect(answer.status).toBe(status);
      if (keep) ids[keep] = String(answer.body["id"]);
      expect(faultsOf(pattern, method, status, answer.body)).toEqual(known[`${method} ${pattern} ${status}`] ?? []);
    },
  );
});

// Every route of PostHog with hostile paths, queries, bodies and heads: refused in its own form, never a fault of the server's.
import net from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routes } from "../../../rehearsal/dist/posthog/api.js";
import { hostileBody, hostileQuery, hostileText, scalar, segment } from "../hostile";
import { posthogWorld, request, type World } from "./rig";

const numRuns = Number(process.env["GOLIVE_FUZZ_RUNS"] ?? 25);
let world: World;
let requests = 0;
const statuses = new Map<number, number>();
const known: string[] = [];
beforeAll(async () => {
  world = await posthogWorld({ projects: null });
  for (const [path, body] of [
    ["feature_flags/", { key: "known" }],
    ["cohorts/", { name: "Known", filters: { properties: { type: "AND", values: [] } } }],
    ["actions/", { name: "Known" }],
    ["hog_functions/", { name: "Known", hog: "return 1" }],
    ["project_secret_api_keys/", { label: "Known", scopes: ["feature_flag:read"] }],
  ] as const)
    known.push(String((await world.inside("POST", path, body)).body["id"]));
});
afterAll(async () => {
  console.log(
    `${requests} hostile requests: ${[...statuses]
      .toSorted(([a], [b]) => a - b)
      .map(([status, n]) => `${status} ${n}`)
      .join(", ")}`,
  );
  await world.rehearsal.close();
});

/** A fault would show as a 5xx, or as a line of a stack trace in an answer. */
const trace = /\bat [\w.<>]+ \(|node:internal|\.js:\d+|\.ts:\d+|SQLITE|libsql|SqliteError/;
async function probe(method: string, target: string, body?: string, key = world.rehearsal.posthog.key): Promise<void> {
  requests += 1;
  const response = await fetch(world.rehearsal.url + target, {
    method,
    headers: { ...(key !== "" && { authorization: `Bearer ${key}` }), "content-type": "application/json" },
    ...(body !== undefined && method !== "GET" && { body }),
  });
  const text = await response.text();
  statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
  const what = `${method} ${target.slice(0, 200)} ${body?.slice(0, 400)}`;
  if (response.status >= 500) throw new Error(`${response.status} ${text} for ${what}`);
  if (trace.test(text)) throw new Error(`a trace of the code in ${text} for ${what}`);
  // a refusal is in PostHog's form, but for the few that have one of their own
  if (response.status < 400 || text === "") return;
  const refused = JSON.parse(text) as Record<string, unknown>;
  if (refused["success"] === false || refused["status"] === "approval_required") return;
  if (Object.keys(refused).toSorted().join() !== "attr,code,detail,type")
    throw new Error(`another form: ${text} for ${what}`);
}

const fields =
  "name key filters active archived deleted tags version original_flag evaluation_runtime evaluation_contexts bucketing_identifier is_remote_configuration has_encrypted_payloads timezone app_urls modifiers survey_config session_recording_sample_rate test_account_filters label scopes hog inputs inputs_schema template_id type masking mappings base_updated_at steps description is_static condition_index rollout_percentage variant_key organization_id token distinct_id person_properties groups group_properties batch __proto__ constructor toString".split(
    " ",
  );
const inner =
  "groups properties multivariate variants payloads rollout_percentage key value type operator variant aggregation_group_type_index group_type_index values url headers method events id negation early_exit __proto__".split(
    " ",
  );
const words = fc.constantFrom(
  "person",
  "cohort",
  "flag",
  "group",
  "AND",
  "OR",
  "regex",
  "semver_gt",
  "is_date_before",
  "in",
  "flag_evaluates_to",
  "events",
  "destination",
  "string",
  "dictionary",
  50,
  100,
  "template-webhook",
);
const tree = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    { weight: 3, arbitrary: scalar },
    { weight: 4, arbitrary: words },
    { weight: 3, arbitrary: fc.array(tie("node"), { maxLength: 3 }) },
    { weight: 5, arbitrary: fc.dictionary(fc.constantFrom(...inner), tie("node"), { maxKeys: 5 }) },
  ),
})).node;
const body = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.dictionary(fc.constantFrom(...fields), tree, { maxKeys: 8 }).map((value) => JSON.stringify(value)),
  },
  { weight: 2, arbitrary: hostileBody },
);

describe("every route, with hostile paths, queries and bodies", () => {
  it.each(Object.keys(routes))(
    "%s",
    async (title) => {
      const [method, path] = title.split(" ") as [string, string];
      const parts = path.split("/").map((part) => {
        if (part === ":organization")
          return fc.oneof({ weight: 8, arbitrary: fc.constant(world.organization) }, { weight: 1, arbitrary: segment });
        if (part === ":project")
          return fc.oneof(
            { weight: 8, arbitrary: fc.constant(String(world.project)) },
            { weight: 1, arbitrary: segment },
          );
        return part.startsWith(":")
          ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: segment })
          : fc.constant(part);
      });
      // a project that somebody deletes is no project to play with
      const isFinal = method === "DELETE" && path.endsWith("/:project/");
      const targets = isFinal
        ? segment.map((part) => path.replace(/:organization/, world.organization).replace(":project", part))
        : fc.tuple(...parts).map((all) => all.join("/"));
      await fc.assert(
        fc.asyncProperty(targets, hostileQuery, body, (target, query, text) => probe(method, target + query, text)),
        { numRuns },
      );
    },
    120_000,
  );
});

describe("what applications ask, with hostile bodies", () => {
  it.each(["/flags/?v=2", "/decide/?v=3", "/batch/", "/capture/", "/e/", "/i/v0/e/"])(
    "%s",
    async (path) => {
      const withToken = fc
        .tuple(fc.dictionary(fc.constantFrom(...fields), tree, { maxKeys: 6 }), fc.boolean())
        .map(([value, has]) => JSON.stringify({ distinct_id: "x", ...value, ...(has && { token: world.token }) }));
      await fc.assert(
        fc.asyncProperty(fc.oneof(withToken, body), (text) => probe("POST", path, text, "")),
        { numRuns: numRuns * 4 },
      );
    },
    120_000,
  );

  it("every kind of property of a person against every operator", async () => {
    const operators =
      "exact is_not icontains icontains_multi regex not_regex gt lte semver_caret semver_neq is_set is_not_set is_date_before is_date_exact".split(
        " ",
      );
    const given: Record<string, unknown> = {
      icontains_multi: ["a"],
      regex: "a+$",
      not_regex: "a",
      gt: "5",
      lte: "5",
      semver_caret: "1.2.3",
      semver_neq: "1.0",
      is_date_before: "2024-01-01",
      is_date_exact: "-7d",
      icontains: "a",
    };
    for (const operator of operators) {
      const { status, body: made } = await world.inside("POST", "feature_flags/", {
        key: `any-${operator}`,
        filters: {
          groups: [{ properties: [{ key: "p", type: "person", operator, value: given[operator] ?? ["a", "true"] }] }],
        },
      });
      expect([status, made["detail"]]).toEqual([201, undefined]);
    }
    const property = fc.oneof(scalar, hostileText, fc.array(scalar, { maxLength: 3 }), tree);
    await fc.assert(
      fc.asyncProperty(property, (p) =>
        probe(
          "POST",
          "/flags/?v=2",
          JSON.stringify({ token: world.token, distinct_id: "x", person_properties: { p } }),
          "",
        ),
      ),
      { numRuns: numRuns * 4 },
    );
  }, 120_000);
});

describe("the rehearsal's own routes", () => {
  it.each([
    "organizations",
    "personal_api_keys",
    "plan",
    "key_policy",
    "reset_token",
    "change_organization",
    "approval",
    "claim_flag",
  ])(
    "%s",
    async (name) => {
      const own = fc
        .dictionary(
          fc.constantFrom(
            "name",
            "projects",
            "founder",
            "label",
            "scopes",
            "scoped_teams",
            "project",
            "organization",
            "organization_id",
            "approval",
            "flag",
            "session",
          ),
          tree,
          { maxKeys: 5 },
        )
        .map((value) => JSON.stringify(value));
      await fc.assert(
        fc.asyncProperty(own, (text) => probe("POST", `/_rehearsal/posthog/${name}`, text, world.rehearsal.token)),
        { numRuns },
      );
    },
    60_000,
  );
});

describe("what no client of ours sends", () => {
  const deep = (depth: number) => `{"filters":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  it.each<[string, string, number, string]>([
    ["no JSON", "{", 400, "parse_error"],
    ["a list", "[]", 400, "invalid_input"],
    ["a text", '"x"', 400, "invalid_input"],
    ["null", "null", 400, "invalid_input"],
    ["deep nesting", deep(100), 400, "parse_error"],
    ["very deep nesting", deep(200_000), 400, "parse_error"],
    ["half a megabyte of one text", JSON.stringify({ key: "x".repeat(500_000) }), 400, "max_length"],
    ["more than a megabyte", JSON.stringify({ key: "x".repeat(1_100_000) }), 413, "request_too_large"],
    ["a sign of nothing", '{"key":"a\\u0000b"}', 400, "null_characters_not_allowed"],
    ["half a sign", '{"name":"\\ud800"}', 400, "surrogate_characters_not_allowed"],
    [
      "a hundred thousand fields",
      `{"key":"many","filters":{"groups":[${'{"a":1},'.repeat(99_999)}{}]}}`,
      400,
      "invalid_input",
    ],
  ])("%s", async (_case, text, status, code) => {
    const answer = await request(
      world.rehearsal.url,
      world.rehearsal.posthog.key,
      "POST",
      `/api/projects/${world.project}/feature_flags/`,
      text,
    );
    expect([answer.status, answer.body["code"]]).toEqual([status, code]);
    expect(Object.keys(answer.body).toSorted()).toEqual(["attr", "code", "detail", "type"]);
  });

  it("another kind of body", async () => {
    const response = await fetch(`${world.rehearsal.url}/api/projects/${world.project}/feature_flags/`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${world.rehearsal.posthog.key}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: "key=x",
    });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
      415,
      "unsupported_media_type",
    ]);
  });

  it("a host of somebody else's in a page's links", async () => {
    const { hostname, port } = new URL(world.rehearsal.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = net.connect(Number(port), hostname, () =>
        socket.write(
          `GET /api/organizations/?limit=1 HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer ${world.rehearsal.posthog.key}\r\nConnection: close\r\n\r\n`,
        ),
      );
      let text = "";
      socket.on("data", (chunk) => (text += chunk.toString()));
      socket.on("close", () => resolve(text));
      socket.on("error", reject);
    });
    expect(answer).not.toContain("evil.example");
  });
});

// Every route with hostile paths, bodies and headers: refused or carried out, never a fault of the server's own.
import net from "node:net";
import fc from "fast-check";
import { buildSchema, type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from "graphql";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createRehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routes } from "../../rehearsal/dist/workos/rest/index.js";
import { hostileBody, hostileQuery, hostileText, scalar, segment } from "./hostile";
import { unlockedWorld, type World } from "./rig";

const numRuns = Number(process.env["GOLIVE_FUZZ_RUNS"] ?? 25);
const folder = mkdtempSync(path.join(os.tmpdir(), "golive-fuzz-"));
const file = path.join(folder, "rehearsal.db");
let world: World;
const tokens: Record<string, string> = {};
const known: string[] = [];
let requests = 0;

/** A fault would show as a 5xx, or as a line of a stack trace in an answer. */
const trace = /\bat [\w.<>]+ \(|node:internal|\.js:\d+|\.ts:\d+|SQLITE|libsql|SqliteError/;

/** The documented limits must not hide a route: a new process has counted nothing yet. */
async function restart(): Promise<void> {
  const { port } = world.rehearsal;
  await world.rehearsal.close();
  world = { ...world, rehearsal: await createRehearsal({ port, file }) };
  // the client may still hold a connection to the one before: this request finds out
  await fetch(`${world.rehearsal.url}/health`).catch(() => undefined);
}

async function probe(
  token: string,
  method: string,
  target: string,
  body?: string,
  headers: Record<string, string> = {},
) {
  requests += 1;
  const response = await fetch(`${world.rehearsal.url}${target}`, {
    method,
    headers: { authorization: `Bearer ${tokens[token]}`, "content-type": "application/json", ...headers },
    ...(body !== undefined && method !== "GET" && method !== "HEAD" && { body }),
  });
  const text = await response.text();
  if (response.status === 429) {
    await restart();
    return probe(token, method, target, body, headers);
  }
  const what = `${method} ${target.slice(0, 200)} ${body?.slice(0, 400)}`;
  if (response.status >= 500) throw new Error(`${response.status} ${text} for ${what}`);
  if (trace.test(text)) throw new Error(`a trace of the code in ${text} for ${what}`);
  expect(response.headers.get("x-request-id")).toMatch(/^req_/);
}

/** More keys than requests need: the documented limits must not hide a route. */
async function freshKey(): Promise<void> {
  const query = `mutation { mintKey(input: { environmentId: "${world.staging.id}", name: "fuzz" }) { ... on ApiKeyMinted { value } } }`;
  tokens["key"] = (await world.dash<{ value: string }>(query)).value;
}

beforeAll(async () => {
  world = await unlockedWorld(file);
  const { rehearsal, project, staging } = world;
  tokens["dashboard"] = rehearsal.token;
  tokens["none"] = "";
  const login = await fetch(`${rehearsal.url}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: rehearsal.clientId,
      client_secret: rehearsal.clientSecret,
    }),
  });
  tokens["platform"] = ((await login.json()) as { access_token: string }).access_token;
  const guest = await world.dash<{ environment: { id: string } }>(
    'mutation { createEnvironment(input: { name: "Fuzzed", isSandbox: true }) { environment { id } } }',
  );
  known.push(rehearsal.account.id, project, staging.id, guest.environment.id);
});
afterAll(async () => {
  process.stdout.write(`fuzz: ${requests} requests\n`);
  await world.rehearsal.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("environment API", () => {
  it.each(Object.keys(routes))("%s", async (route) => {
    await freshKey();
    const [method, pattern] = route.split(" ") as [string, string];
    const names = [...pattern.matchAll(/:\w+/g)].length;
    await fc.assert(
      fc.asyncProperty(
        fc.array(segment, { minLength: names, maxLength: names }),
        hostileQuery,
        hostileBody,
        async (parts, search, sent) => {
          const rest = [...parts];
          await probe("key", method, pattern.replaceAll(/:\w+/g, () => rest.shift()!) + search, sent);
        },
      ),
      { numRuns },
    );
  });
});

describe("Platform API, sign-in and the rehearsal's own routes", () => {
  const team = "/platform/teams/$team";
  it.each([
    ["platform", "GET", team],
    ["platform", "POST", `${team}/environments`],
    ["platform", "GET", `${team}/environments/$any`],
    ["platform", "DELETE", `${team}/environments/$any`],
    ["platform", "POST", `${team}/environments/$environment/api_keys`],
    ["platform", "POST", `${team}/environments/$environment/api_keys/$any/expire`],
    ["platform", "POST", "/platform/teams/$any/$any"],
    ["none", "POST", "/oauth2/token"],
    ["dashboard", "POST", "/_rehearsal/faults_"],
    ["dashboard", "GET", "/_rehearsal/$any"],
    ["dashboard", "GET", "/$any"],
    ["none", "GET", "/$any/$any"],
    ["none", "HEAD", "/"],
  ])("%s: %s %s", async (token, method, pattern) => {
    await fc.assert(
      fc.asyncProperty(segment, segment, hostileQuery, hostileBody, async (one, two, search, sent) => {
        const parts = [one, two];
        const filled = pattern
          .replace("$team", world.rehearsal.account.id)
          .replace("$environment", world.staging.id)
          .replaceAll("$any", () => parts.shift() ?? "x");
        await probe(token, method, filled + search, sent);
      }),
      { numRuns },
    );
  });

  it("a fault is taken as it should be written, or refused", async () => {
    const fault = fc.dictionary(
      fc.constantFrom(
        "method",
        "path",
        "operation",
        "status",
        "retryAfter",
        "latencyMs",
        "times",
        "probability",
        "seed",
        "drop",
        "__proto__",
      ),
      scalar,
    );
    await fc.assert(
      fc.asyncProperty(fault, async (written) => {
        const { latencyMs: _, ...quick } = written;
        await probe("dashboard", "POST", "/_rehearsal/faults", JSON.stringify(quick));
        world.rehearsal.faults.clear();
      }),
      { numRuns },
    );
  });
});

describe("dashboard API", () => {
  const schema = buildSchema(
    readFileSync(new URL("../../rehearsal/workos/graphql/schema.graphql", import.meta.url), "utf8"),
  );
  const fields = [
    ...Object.values(schema.getQueryType()!.getFields()).map((field) => ["query", field] as const),
    ...Object.values(schema.getMutationType()!.getFields()).map((field) => ["mutation", field] as const),
  ];
  /** A value of the type, as hostile as the type allows; now and then of another type. */
  function valueOf(type: GraphQLInputType): fc.Arbitrary<unknown> {
    if (isNonNullType(type))
      return fc.oneof({ weight: 20, arbitrary: valueOf(type.ofType) }, { weight: 1, arbitrary: scalar });
    if (isListType(type)) return fc.array(valueOf(type.ofType as GraphQLInputType), { maxLength: 4 });
    if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
    if (isInputObjectType(type))
      return fc.record(Object.fromEntries(Object.values(type.getFields()).map((f) => [f.name, valueOf(f.type)])));
    if (type.toString() === "Boolean") return fc.boolean();
    if (type.toString() === "Int") return fc.integer();
    return fc.oneof(
      { weight: 2, arbitrary: hostileText },
      { weight: 1, arbitrary: fc.constantFrom(...Array.from({ length: 4 }, (_, i) => i)).map((i) => known[i]) },
    );
  }

  it.each(fields.map(([kind, field]) => [`${kind} ${field.name}`, kind, field] as const))(
    "%s",
    async (_title, kind, field) => {
      const variables = fc.record(Object.fromEntries(field.args.map((arg) => [arg.name, valueOf(arg.type)])));
      const declared = field.args.map((arg) => `$${arg.name}: ${arg.type.toString()}`).join(", ");
      const passed = field.args.map(({ name }) => `${name}: $${name}`).join(", ");
      const wrapped = (list: string) => list && `(${list})`;
      const type = field.type.toString();
      const selection = /^(\[?)(ID|String|Int|Boolean)/.test(type) ? "" : "{ __typename }";
      const document = `${kind} ${wrapped(declared)} { ${field.name}${wrapped(passed)} ${selection} }`;
      await fc.assert(
        fc.asyncProperty(variables, async (values) => {
          await probe("dashboard", "POST", "/graphql", JSON.stringify({ query: document, variables: values }));
        }),
        { numRuns },
      );
    },
  );

  it.each([
    ["deep", `{ me ${"{ me ".repeat(2_000)}${"}".repeat(2_000)} }`],
    ["long", `{ ${"me { id } ".repeat(20_000)} }`],
    ["aliases", `{ ${Array.from({ length: 500 }, (_, i) => `a${i}: me { id }`).join(" ")} }`],
    ["circular fragments", "{ me { ...A } } fragment A on User { ...B } fragment B on User { ...A }"],
    ["two operations", "query A { me { id } } query B { me { id } }"],
    ["a subscription", "subscription { me { id } }"],
    ["nothing", ""],
    ["brackets", "[".repeat(50_000)],
    [
      "projects of environments of projects",
      `{ currentTeam { projectsV2 { environments { ${"projectV2 { environments { ".repeat(6)} id ${"} }".repeat(6)} } } } }`,
    ],
    ["__proto__", "{ __proto__ }"],
  ])("a document that is %s", async (_title, document) => {
    await probe("dashboard", "POST", "/graphql", JSON.stringify({ query: document }));
  });

  it("any document, any header", async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, scalar, fc.string(), async (document, variables, environment) => {
        const header = { "x-url-environment-id": environment.replaceAll(/[^\x21-\x7E]/g, "") };
        await probe("dashboard", "POST", "/graphql", JSON.stringify({ query: document, variables }), header);
      }),
      { numRuns },
    );
  });
});

it("bytes that are no HTTP do not end the server", async () => {
  const raw = (bytes: string) =>
    new Promise<string>((resolve) => {
      const socket = net.connect(world.rehearsal.port, "127.0.0.1", () => socket.end(bytes));
      let answer = "";
      socket.on("data", (chunk) => (answer += chunk.toString())).on("error", () => resolve(answer));
      socket.on("close", () => resolve(answer));
    });
  for (const bytes of [
    "\0\0\0\0",
    "GET //[ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
    "GET http://[ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
    "POST /organizations HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc",
    `GET /${"a".repeat(100_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
    "FOO /organizations HTTP/1.1\r\nhost: x\r\n\r\n",
  ]) {
    const answer = await raw(bytes);
    expect(answer).not.toMatch(trace);
    expect(answer).not.toMatch(/^HTTP\/1\.1 5/);
  }
});

it("a body beyond the limit is refused, and the server still answers, with its page", async () => {
  await freshKey();
  const response = await fetch(`${world.rehearsal.url}/organizations`, {
    method: "POST",
    headers: { authorization: `Bearer ${tokens["key"]}` },
    body: "x".repeat(2 * 1024 * 1024),
  }).catch((error: unknown) => error); // the connection may close while the body is still on its way
  if (response instanceof Response) expect(response.status).toBe(413);
  await probe("key", "GET", "/organizations");
  const page = await fetch(world.rehearsal.url);
  expect([page.status, (await page.text()).includes("<script>alert(1)")]).toEqual([200, false]);
});

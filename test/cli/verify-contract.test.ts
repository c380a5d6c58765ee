// What golive assumes of a platform, held against a rehearsal that keeps it all, and against servers that do not.
import { getOperationAST, parse } from "graphql";
import { contract } from "@golive/provider/platforms/workos/contract/index";
import { createRehearsal, type Rehearsal, type RehearsalOptions } from "@golive/rehearsal";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Lie, type Relay, relayTo } from "../platforms/relay";
import { adapter, object, tokenOf } from "../platforms/rig";
import { folderOf, golive, type Ran } from "./terminal";

interface Result {
  readonly id: string;
  readonly verdict: "confirmed" | "refuted" | "not seen";
  readonly why: string;
  readonly otherwise: string;
}
interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly header: string | undefined;
}
interface World {
  readonly rehearsal: Rehearsal;
  readonly relay: Relay;
  readonly key: string;
  readonly environment: string;
}

/** An account that has something of each kind to look at. */
async function world(options: RehearsalOptions = {}): Promise<World> {
  const rehearsal = await createRehearsal({ billing: true, environmentHeader: "strict", ...options });
  const dashboard = adapter(rehearsal, tokenOf(rehearsal));
  const project = await object(dashboard, "Project", { name: "Shop" }).create();
  const environment = project.state.stagingEnvironmentId!;
  const key = (await object(dashboard, "ApiKey", { environment, name: "ci" }).create()).state.value!;
  const keyed = adapter(rehearsal, { apiKey: key });
  for (const url of ["https://a.example.com/hook", "https://b.example.com/hook"])
    await object(keyed, "WebhookEndpoint", { environment, url, events: ["user.created"] }).create();
  await object(keyed, "Application", { environment, name: "cli", kind: "oauth" }).create();
  const web = object(dashboard, "Application", { environment, name: "web", isDefault: true });
  const { id } = (await web.claim())!;
  await web.update(id, { redirectUris: [{ uri: "https://a.example.com/cb", default: true }] });
  const flag = await object(dashboard, "FeatureFlag", { project: project.id, slug: "beta", name: "Beta" }).create();
  const rule = object(dashboard, "FeatureFlagRule", { flag: flag.id, environment, enabled: true });
  await rule.update((await rule.claim())!.id, { enabled: true });
  return { rehearsal, relay: await relayTo(rehearsal), key, environment };
}

let full: World;
const requests: Request[] = [];
beforeAll(async () => {
  full = await world();
});
afterAll(() => full.rehearsal.close());
/** Records what passes, and tells a lie where one is given. */
const hear = (lie?: Lie) => {
  requests.length = 0;
  full.relay.lie = (asked, truth) => {
    requests.push({ method: asked.method, path: asked.path, query: asked.query, header: asked.header });
    return lie?.(asked, truth);
  };
};
beforeEach(() => hear());

const variables = ({ relay, rehearsal, key, environment }: World) => ({
  GOLIVE_REHEARSAL: relay.url,
  GOLIVE_TOKEN: rehearsal.token,
  GOLIVE_API_KEY: key,
  GOLIVE_ENVIRONMENT: environment,
  GOLIVE_RETRIES: "0",
});
const verify = (env: NodeJS.ProcessEnv, ...more: string[]): Promise<Ran> =>
  golive(["verify-contract", "--json", ...more], { env });
const verdicts = (ran: Ran) => Object.fromEntries(ran.json<Result[]>().map(({ id, verdict }) => [id, verdict]));
const onlyAWriteShows = contract.assumptions.filter(({ seenWith }) => seenWith.length === 0).map(({ id }) => id);

describe("a platform that keeps it all", () => {
  test("confirms what reading shows, and refutes nothing", async () => {
    const ran = await verify(variables(full));
    expect(ran.stderr).toBe("");
    expect(ran.json<Result[]>().filter(({ verdict }) => verdict === "refuted")).toEqual([]);
    expect(ran.code).toBe(0);
    const expected = contract.assumptions.map(({ id }) => [
      id,
      onlyAWriteShows.includes(id) ? "not seen" : "confirmed",
    ]);
    expect(verdicts(ran)).toEqual(Object.fromEntries(expected));
    expect(ran.stdout).not.toContain(full.key.slice(8));
    expect(ran.stdout).not.toContain(full.rehearsal.token);
  });

  test("is sent nothing but GET and queries, and is not asked for its schema", async () => {
    await verify(variables(full));
    expect(requests.length).toBeGreaterThan(10);
    for (const { method, path, query, header } of requests)
      if (path === "/graphql") {
        expect(getOperationAST(parse(query))?.operation).toBe("query");
        expect(query).not.toMatch(/__schema|__type\b/);
        // about the team, or in an environment that is said
        expect(header === undefined).toBe(query.includes("currentTeam"));
      } else expect({ method, path }).toMatchObject({ method: "GET" });
    expect(requests.filter(({ path }) => path !== "/graphql").length).toBeGreaterThan(4);
  });

  test("has after it what it had before", async () => {
    const before = JSON.stringify(full.rehearsal.projects);
    await verify(variables(full));
    expect(JSON.stringify(full.rehearsal.projects)).toBe(before);
  });

  test.each<[what: string, without: string[], seen: number]>([
    ["a token", ["GOLIVE_API_KEY", "GOLIVE_ENVIRONMENT"], 7],
    ["a key", ["GOLIVE_TOKEN", "GOLIVE_ENVIRONMENT"], 6],
    ["both, and not which environment the key is of", ["GOLIVE_ENVIRONMENT"], 13],
  ])("with %s alone the rest is not seen, and says what it takes", async (_, without, seen) => {
    const env = Object.fromEntries(Object.entries(variables(full)).filter(([name]) => !without.includes(name)));
    const ran = await verify(env);
    expect(ran.code).toBe(0);
    const results = ran.json<Result[]>();
    expect(results.filter(({ verdict }) => verdict === "confirmed")).toHaveLength(seen);
    const rest = results.filter(({ id, verdict }) => verdict === "not seen" && !onlyAWriteShows.includes(id));
    for (const { why } of rest) expect(why).toMatch(new RegExp(without.join("|")));
  });

  test("for a person: one line each with where it was seen, and the count", async () => {
    const { code, stdout } = await golive(["verify-contract"], { env: variables(full) });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^confirmed {2}The id of an environment begins with `environment_`\. {2}\[environment-ids\]$/m,
    );
    expect(stdout).toMatch(/^not seen {3}.*\[put-keeps\]\n {11}only a write would show it$/m);
    expect(stdout).toMatch(/^WorkOS: 16 confirmed, 0 refuted, 6 not seen\.$/m);
  });

  test("finds its place and its credentials as the provider does", async () => {
    const { GOLIVE_REHEARSAL: url } = variables(full);
    const at = folderOf({
      "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
      "Pulumi.dev.yaml": `config:\n  golive:rehearsal: ${url}\n  golive:apiKey: ${full.key}\n`,
    });
    const ran = await golive(["verify-contract", "--json", "--stack", "dev"], { cwd: at.folder });
    expect(Object.values(verdicts(ran)).filter((verdict) => verdict === "confirmed")).toHaveLength(6);
  });
});

type Bag = Record<string, unknown>;
/** An answer of the dashboard API with its data changed. */
const data =
  (operation: string, change: (data: Bag) => unknown): Lie =>
  (asked, { status, body }) =>
    asked.operation === operation ? { status, body: { data: change((body as { data: Bag }).data) } } : undefined;
/** A list of the environment API with each of its objects changed. */
const list =
  (path: string, change: (one: Bag) => Bag): Lie =>
  (asked, { status, body }) => {
    if (!asked.path.startsWith(`/${path}?`)) return undefined;
    const page = body as { data: Bag[] };
    return { status, body: { ...page, data: page.data.map(change) } };
  };
const renamed = (text: string, from: RegExp, to: string) => JSON.parse(text.replaceAll(from, to)) as unknown;

describe("a platform that does not", () => {
  test.each<[id: string, lie: Lie]>([
    ["environment-ids", data("currentTeam", (team) => renamed(JSON.stringify(team), /"environment_/g, '"env_'))],
    ["environment-by-id", data("environment", () => ({ o0: null }))],
    [
      "header-scopes-reads",
      (asked, { status, body }) => {
        const id = /userlandApplication\(id: "(\w+)"\)/.exec(asked.query)?.[1];
        const isNone = (body as { data?: Bag }).data?.["userlandApplication"] === null;
        return id && isNone ? { status, body: { data: { userlandApplication: { id } } } } : undefined;
      },
    ],
    ["production-state", data("currentTeam", (team) => renamed(JSON.stringify(team), /"Active"/g, '"Trial"'))],
    [
      "one-default-application",
      data("userlandApplications", (all) => renamed(JSON.stringify(all), /"isDefault":true/g, '"isDefault":false')),
    ],
    ["event-names", data("webhookEvents", () => ({ webhookEvents: [{ id: "user.created" }, { id: "galaxy.born" }] }))],
    [
      "rule-per-environment",
      data("flagsForProject", (all) => renamed(JSON.stringify(all), /"environmentId":"/g, '"environmentId":"other')),
    ],
    ["connect-ids", list("connect/applications", (one) => ({ ...one, id: "app_1" }))],
    ["signing-secrets", list("webhook_endpoints", (one) => ({ ...one, secret: "06681f08****" }))],
    [
      "no-endpoint-by-id",
      ({ path }) => (/webhook_endpoints\/we_/.test(path) ? { status: 200, body: { id: "we_1" } } : undefined),
    ],
    ["pages", list("webhook_endpoints", (one) => ({ ...one, id: "we_same" }))],
    [
      "not-found",
      ({ path }) => (/conn_app_0/.test(path) ? { status: 404, body: { message: "Not Found" } } : undefined),
    ],
    ["default-redirect-uri", list("user_management/redirect_uris", (one) => ({ ...one, default: false }))],
    [
      "key-default-application",
      list("user_management/redirect_uris", (one) => ({ ...one, uri: "https://other.example.com" })),
    ],
    ["flag-switch", list("feature-flags", (one) => ({ ...one, enabled: false }))],
  ])("refutes %s, and says what golive does then", async (id, lie) => {
    hear(lie);
    const ran = await verify(variables(full));
    expect(ran.code).toBe(3);
    expect(verdicts(ran)[id]).toBe("refuted");
    const text = await golive(["verify-contract"], { env: variables(full) });
    const { otherwise } = contract.assumptions.find((one) => one.id === id)!;
    expect(text.stdout).toContain("REFUTED");
    expect(text.stdout).toContain(`           ${otherwise}\n`);
  });

  test("looks at no header: a rehearsal of that reading refutes it", async () => {
    const lenient = await world({ environmentHeader: "lenient" });
    const ran = await verify(variables(lenient));
    expect(ran.code).toBe(3);
    expect(verdicts(ran)).toMatchObject({ "header-scopes-reads": "refuted", "environment-ids": "confirmed" });
    await lenient.rehearsal.close();
  });

  test("another key's letters", async () => {
    const other = full.rehearsal.projects
      .flatMap(({ environments }) => environments)
      .find(({ type }) => type === "production")!;
    const ran = await verify({ ...variables(full), GOLIVE_ENVIRONMENT: other.id });
    expect(verdicts(ran)["key-letters"]).toBe("refuted");
  });
});

describe("no answer", () => {
  test.each<[what: string, lie: Lie, says: RegExp]>([
    ["the credential is refused", () => ({ status: 401, body: { message: "Unauthorized" } }), /401/],
    ["it is no management API", ({ path }) => (path === "/graphql" ? { status: 200, body: {} } : undefined), /./],
  ])("%s: one sentence, and code 1", async (_, lie, says) => {
    hear(lie);
    const ran = await verify(variables(full));
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(says);
    expect(ran.stdout).toBe("");
  });

  test("who may not enter an environment is told of the others", async () => {
    hear(({ header }) => (header === full.environment ? { status: 403, body: { message: "Forbidden" } } : undefined));
    const ran = await verify(variables(full));
    expect(ran.code).toBe(0);
    expect(verdicts(ran)).toMatchObject({ "one-default-application": "confirmed", "flag-switch": "not seen" });
  });

  test("what is no read leaves this computer never", () => {
    const { isRead } = contract;
    expect(isRead({ method: "GET", path: "webhook_endpoints?limit=1" })).toBe(true);
    expect(isRead({ method: "POST", path: "graphql", json: { query: "{ me { id } }" } })).toBe(true);
    for (const query of ["mutation deleteFlag { x }", "query a { x } mutation b { y }", "# {\nmutation b { y }", 7])
      expect(isRead({ method: "POST", path: "graphql", json: { query } })).toBe(false);
    for (const method of ["POST", "PUT", "PATCH", "DELETE"] as const)
      expect(isRead({ method, path: "webhook_endpoints" })).toBe(false);
  });
});

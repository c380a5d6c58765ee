// Documents of whatever size: time and memory are bounded, and nothing at all is done for somebody without a token.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alone } from "./alone";
import { bearer, rawTo } from "./raw";
import { ask } from "./rig";

let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await createRehearsal();
});
afterAll(() => rehearsal.close());

describe("a document is as large as it may be, or is refused before it is validated", () => {
  const nested = (levels: number) =>
    `{ me { ...f0 } } ${Array.from({ length: levels }, (_, i) => `fragment f${i} on User { ...f${i + 1} ...f${i + 1} }`).join(" ")} fragment f${levels} on User { id }`;
  const circle = "{ me { ...a } } fragment a on User { ...b ...b } fragment b on User { ...a ...a }";
  const unknown = nested(30).replace(/fragment f30 .*/, "");
  const long = "x".repeat(90_000);
  const documents: readonly (readonly [what: string, document: string])[] = [
    ...[12, 14, 16, 20, 30, 36].map((levels) => [`fragments in fragments, ${levels} levels`, nested(levels)] as const),
    ["fragments in a circle", circle],
    ["fragments that end in none", unknown],
    ["one field 2,500 times", `{ me { ${"id ".repeat(2_500)} } }`],
    ["one field of many fields", `{ ${"me { id email } ".repeat(600)} }`],
    ["5,000 levels", `${"{ me ".repeat(2_500)}${"}".repeat(2_500)}`],
    ["20 levels", `{ currentTeam ${"{ projectsV2 { environments { projectV2 ".repeat(5)} { id } ${"}".repeat(16)}`],
    ["1,000 aliases", `{ ${Array.from({ length: 1_000 }, (_, i) => `a${i}: me { id }`).join(" ")} }`],
    ["a million bytes", `{ me { id } } # ${"x".repeat(1_000_000)}`],
    ["a list in a list, 3,000 times", `{ webhookEndpoint(id: ${"[".repeat(3_000)}${"]".repeat(3_000)}) { id } }`],
    ["2,000 arguments", `{ webhookEndpoint(${Array.from({ length: 2_000 }, (_, i) => `a${i}: 1`).join(" ")}) { id } }`],
    ["definitions that are none of a request", "type Query { id: ID } ".repeat(50)],
  ];
  const large: readonly (readonly [what: string, document: string])[] = [
    ["500 fields that there are not", `{ ${Array.from({ length: 500 }, (_, i) => `webhookEndpoimt${i}`).join(" ")} }`],
    ["a name of 90,000 letters", `{ ${long} }`],
    [
      "a circle of types",
      `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`,
    ],
    ["1,000 variables", `query (${Array.from({ length: 1_000 }, (_, i) => `$v${i}: Int`).join(" ")}) { me { id } }`],
  ];
  // one took 22 s, and twice that a level further; a busy computer is slow
  const most = 5_000;
  const send = (query: string) => ask(rehearsal, rehearsal.token, "POST", "/graphql", { query });
  let slowest = 0;
  const timed = async (query: string) => {
    const started = performance.now();
    const answer = await send(query);
    slowest = Math.max(slowest, performance.now() - started);
    return answer;
  };
  afterAll(() => {
    process.stdout.write(
      `strangers: ${documents.length + large.length} documents, the slowest in ${Math.round(slowest)} ms\n`,
    );
  });

  it.each(documents)("%s", async (_what, document) => {
    const { status, body } = await timed(document);
    expect([status, body["errors"]]).toEqual([
      400,
      [expect.objectContaining({ extensions: { code: "DOCUMENT_TOO_LARGE" } })],
    ]);
    expect(slowest).toBeLessThan(most);
  });
  it.each(large)("within the bounds, and invalid: %s", async (_what, document) => {
    expect((await timed(document)).status).toBe(400);
    expect(slowest).toBeLessThan(most);
  });
  it("what a request of golive has is far within: 40 flags with all their rules, by fragments too", async () => {
    const fields = "id slug name description owner { id email } tags { id name } flagEnvironments { ...r }";
    const rule = "fragment r on FlagEnvironment { id environmentId flagEnabled organizations { id } users { id } }";
    const flags = Array.from({ length: 40 }, (_, i) => `o${i}: flag(id: "flag_${i}") { ${fields} }`).join(" ");
    expect((await send(`{ ${flags} } ${rule}`)).status).toBe(200);
  });
  it("and nobody without a token has any document looked at", async () => {
    for (const [, query] of documents)
      expect((await ask(rehearsal, "dash_unknown", "POST", "/graphql", { query })).status).toBe(401);
  });
});

// half a gigabyte goes over the wire
describe("the memory of a rehearsal", () => {
  it("keeps nothing of 400 bodies of a megabyte without a token, and little of 400 large documents with one", async () => {
    const one = await alone();
    try {
      const post = (headers: Record<string, string>, body: string) =>
        rawTo(one.port, "/graphql", {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body,
        });
      await post(bearer(one.token), JSON.stringify({ query: "{ me { id } }" }));
      const before = await one.held();
      for (let i = 0; i < 400; i += 20)
        await Promise.all(
          Array.from({ length: 20 }, (_, k) =>
            post({}, JSON.stringify({ query: `{ me { id } } # ${i + k} ${"x".repeat(1_000_000)}` })).catch(
              () => undefined,
            ),
          ),
        );
      const strangers = (await one.held()) - before;
      for (let i = 0; i < 400; i++) {
        const aliases = Array.from({ length: 150 }, (_, k) => `a${i}_${k}: webhookEvents { id }`).join(" ");
        await post(bearer(one.token), JSON.stringify({ query: `{ ${aliases} } # ${"x".repeat(80_000)}` }));
      }
      const known = (await one.held()) - before;
      process.stdout.write(
        `strangers: 400 anonymous megabytes kept ${Math.round(strangers / 1024)} KB, 400 documents of 80 KB ${Math.round(known / 1024)} KB\n`,
      );
      expect(strangers).toBeLessThan(5_000_000);
      expect(known).toBeLessThan(20_000_000);
    } finally {
      await one.end();
    }
  }, 300_000);
});

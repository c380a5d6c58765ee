// What any GraphQL client expects of a server, whatever it asks for.
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, printSchema } from "graphql";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, type Data } from "./rig";

let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await createRehearsal();
});
afterAll(() => rehearsal.close());
const post = (body: Data) => ask(rehearsal, rehearsal.token, "POST", "/graphql", body);

describe("introspection", () => {
  it.each([
    ["the standard query", {}],
    [
      "with everything that may be asked",
      { specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true },
    ],
    ["without descriptions", { descriptions: false }],
  ])("%s: a client makes the schema of it", async (_what, options) => {
    const { status, body } = await post({ query: getIntrospectionQuery(options) });
    expect([status, body["errors"]]).toEqual([200, undefined]);
    const schema = buildClientSchema(body["data"] as IntrospectionQuery);
    expect(printSchema(schema)).toContain("updateFlagEnvironment(input: UpdateFlagEnvironmentInput!)");
  });
});

describe("operationName", () => {
  const query =
    "query One { me { id } } query Two { currentTeam { id } } mutation Three { setUpBilling { team { productionState } } }";
  it.each([
    ["One", "me"],
    ["Two", "currentTeam"],
    ["Three", "setUpBilling"],
  ])("%s is carried out, and is in the log by its field %s", async (operationName, field) => {
    const { status, body } = await post({ query, operationName });
    expect([status, Object.keys(body["data"] as Data)]).toEqual([200, [field]]);
    expect(rehearsal.requests().at(-1)).toMatchObject({ operation: field, status: 200 });
  });
  it("a fault strikes the operation that is named", async () => {
    rehearsal.faults.add({ operation: "currentTeam", status: 503 });
    expect((await post({ query, operationName: "One" })).status).toBe(200);
    expect((await post({ query, operationName: "Two" })).status).toBe(503);
    rehearsal.faults.clear();
  });
  it.each([
    ["none of several", undefined],
    ["one that there is not", "Four"],
  ])("%s is refused", async (_what, operationName) => {
    const { status, body } = await post({ query, operationName });
    expect([status, body["data"]]).toEqual([400, undefined]);
  });
  it("may be left out, or null, where there is one operation", async () => {
    for (const operationName of [undefined, null, ""])
      expect((await post({ query: "query One { me { id } }", operationName })).status).toBe(200);
  });
});

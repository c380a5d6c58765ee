// What stands beside status 200 on the dashboard API: whatever a body is, it becomes the error that it is.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { Http } from "@golive/provider/http";
import { Secret } from "@golive/provider/http/secret";
import { Dashboard, type EnvironmentId } from "@golive/provider/platforms/workos/dashboard/client";
import { reader } from "@golive/provider/platforms/workos/dashboard/reader";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Relay, relayTo } from "./relay";

let rehearsal: Rehearsal;
let relay: Relay;
beforeAll(async () => {
  rehearsal = await createRehearsal();
  relay = await relayTo(rehearsal);
});
afterAll(() => rehearsal.close());
beforeEach(() => {
  relay.lie = undefined;
  relay.passed.length = 0;
});

const environment = "environment_1" as EnvironmentId;
const waits: number[] = [];
/** A client whose answers the relay makes up, and which waits for nothing. */
const dashboard = (retries = 0) => {
  waits.length = 0;
  const wait = async (ms: number) => void (ms > 0 && waits.push(ms));
  const http = new Http({ endpoint: relay.url, retries, timeout: 5, wait, random: () => 1 });
  return new Dashboard(http, { secret: new Secret(rehearsal.token), origin: "the test" });
};
const always = (body: unknown, headers = {}) => {
  relay.lie = () => ({ status: 200, body: typeof body === "string" ? JSON.stringify(body) : body, headers });
};
const error = (code?: string, path?: readonly (string | number)[]) => ({
  message: `It is ${code}.`,
  ...(path && { path }),
  ...(code && { extensions: { code } }),
});

describe("a code is an error by name", () => {
  const query = () => dashboard().query("me", "{ me { id } }");
  const write = () => dashboard().inside(environment).mutate("createFlag", {}, ["FlagCreated { __typename }"]);
  const repeat = () =>
    dashboard().inside(environment).mutate("updateFlag", {}, ["FlagUpdated { __typename }"], { repeatable: true });
  test.each<[body: object, ofQuery: string, ofWrite: string, ofRepeatable?: string]>([
    [{ data: null, errors: [error("UNAUTHENTICATED")] }, "Unauthorized", "Unauthorized"],
    [{ data: null, errors: [error("FORBIDDEN")] }, "Forbidden", "Forbidden"],
    [{ data: null, errors: [error("forbidden")] }, "Forbidden", "Forbidden"],
    [{ data: null, errors: [error("NOT_FOUND")] }, "NotFound", "NotFound"],
    [{ data: null, errors: [error("BAD_USER_INPUT")] }, "Invalid", "Invalid"],
    [{ errors: [error("GRAPHQL_VALIDATION_FAILED")] }, "Invalid", "Invalid"],
    [{ data: null, errors: [error("CONFLICT")] }, "Conflict", "Conflict"],
    [{ data: null, errors: [error("RATE_LIMITED")] }, "RateLimited", "RateLimited"],
    [{ data: null, errors: [error("INTERNAL_SERVER_ERROR")] }, "ServerFault", "Ambiguous"],
    [{ data: null, errors: [error("INTERNAL")] }, "ServerFault", "Ambiguous"],
    [{ data: null, errors: [error("SOMETHING_NEW")] }, "ServerFault", "Ambiguous"],
    [{ data: null, errors: [error("toString")] }, "ServerFault", "Ambiguous"],
    [{ data: null, errors: [error()] }, "ServerFault", "Ambiguous"],
    [{ errors: [error()] }, "ServerFault", "Ambiguous"],
    // the document itself was refused before anything was done
    [{ errors: [{ ...error(), locations: [{ line: 1, column: 1 }] }] }, "Invalid", "Invalid"],
    // what is unknown outweighs what is known
    [{ data: null, errors: [error("NOT_FOUND"), error("INTERNAL")] }, "ServerFault", "Ambiguous"],
    [{ data: null, errors: [error("NOT_FOUND"), error("FORBIDDEN")] }, "Forbidden", "Forbidden"],
    [{ data: null, errors: [null] }, "ServerFault", "Ambiguous"],
    [{ data: null, errors: ["no"] }, "ServerFault", "Ambiguous"],
    [{ data: null, errors: "no" }, "ServerFault", "Ambiguous"],
    // an answer that holds nothing tells nothing
    [{ data: null, errors: [] }, "RequestError", "Ambiguous", "RequestError"],
    [{ data: null, errors: null }, "RequestError", "Ambiguous", "RequestError"],
    [{}, "RequestError", "Ambiguous", "RequestError"],
    [[], "RequestError", "Ambiguous", "RequestError"],
    [{ data: [] }, "RequestError", "Ambiguous", "RequestError"],
    [{ data: "x" }, "RequestError", "Ambiguous", "RequestError"],
  ])("%j", async (body, ofQuery, ofWrite, ofRepeatable = ofQuery) => {
    always(body);
    await expect(query()).rejects.toMatchObject({ name: ofQuery });
    await expect(write()).rejects.toMatchObject({ name: ofWrite });
    await expect(repeat()).rejects.toMatchObject({ name: ofRepeatable });
  });

  test.each([{ createFlag: null }, { createFlag: {} }, { createFlag: 5 }, { createFlag: { __typename: 7 } }, {}])(
    "a write that answers %j has an unknown outcome",
    async (data) => {
      always({ data });
      await expect(write()).rejects.toMatchObject({ name: "Ambiguous" });
    },
  );

  test("a write that was carried out has an unknown outcome, whatever its error says", async () => {
    always({
      data: { createFlag: { __typename: "FlagCreated" } },
      errors: [error("FORBIDDEN", ["createFlag", "flag"])],
    });
    await expect(write()).rejects.toMatchObject({ name: "Ambiguous", message: expect.stringMatching(/carried out/) });
  });

  test.each([null, [], undefined])("`errors: %j` beside data is no error", async (errors) => {
    always({ data: { me: { id: "user_1" } }, errors });
    expect(await query()).toEqual({ me: { id: "user_1" } });
  });
});

describe("what passes is waited for", () => {
  const answers = (...bodies: readonly object[]) => {
    const left = [...bodies];
    relay.lie = () => ({ status: 200, body: left.length > 1 ? left.shift() : left[0] });
  };
  const good = { data: { me: { id: "user_1" } } };
  const limited = {
    data: null,
    errors: [{ ...error("RATE_LIMITED"), extensions: { code: "RATE_LIMITED", retryAfter: 7 } }],
  };

  test("a limit, as long as it says, for a write too", async () => {
    answers(limited, { data: { renameProject: { __typename: "ProjectRenamed" } } });
    await dashboard(2).mutate("renameProject", {}, ["ProjectRenamed { __typename }"]);
    expect(relay.passed).toHaveLength(2);
    expect(Math.max(...waits)).toBeGreaterThanOrEqual(6_900);
  });
  test("a limit, as long as the header says", async () => {
    let count = 0;
    const body = { data: null, errors: [error("RATE_LIMITED")] };
    relay.lie = () => (count++ ? { status: 200, body: good } : { status: 200, body, headers: { "retry-after": "9" } });
    expect(await dashboard(2).query("me", "{ me { id } }")).toEqual(good.data);
    expect(Math.max(...waits)).toBeGreaterThanOrEqual(8_900);
  });
  test("a fault of the server, for a query and for what may be done twice", async () => {
    answers({ data: null, errors: [error("INTERNAL")] }, good);
    expect(await dashboard(2).query("me", "{ me { id } }")).toEqual(good.data);
    expect(relay.passed).toHaveLength(2);
  });
  test("and not for a write that must not happen twice", async () => {
    answers({ data: null, errors: [error("INTERNAL")] });
    const write = dashboard(2).inside(environment).mutate("createFlag", {}, ["FlagCreated { __typename }"]);
    await expect(write).rejects.toMatchObject({ name: "Ambiguous" });
    expect(relay.passed).toHaveLength(1);
  });
});

describe("one bad object of a batch neither hides nor multiplies the others", () => {
  const ids = Array.from({ length: 10 }, (_, i) => `app_${i}`);
  /** Reads all at once; the fake server knows each of them but the one that is bad. */
  const readAll = async (
    bad: string,
    spoil: (data: Record<string, unknown>, alias: string, isAlone: boolean) => object,
  ) => {
    relay.lie = ({ query }) => {
      const asked = [...query.matchAll(/(o\d+): userlandApplication\(id: "([^"]+)"\)/g)];
      const data: Record<string, unknown> = Object.fromEntries(asked.map(([, alias, id]) => [alias!, { id }]));
      const hit = asked.find(([, , id]) => id === bad);
      return { status: 200, body: hit ? spoil(data, hit[1]!, asked.length === 1) : { data } };
    };
    const read = reader<{ id: string }>(dashboard(1), "userlandApplication", "id");
    return Promise.allSettled(ids.map((id) => read(environment, id)));
  };
  const told = (results: PromiseSettledResult<{ id: string } | undefined>[]) =>
    results.map((one) => (one.status === "fulfilled" ? (one.value?.id ?? "gone") : (one.reason as Error).name));
  const others = (of: string) => ids.map((id) => (id === "app_3" ? of : id));

  test.each<[code: string | undefined, of: string, requests: number]>([
    ["FORBIDDEN", "Forbidden", 1],
    ["NOT_FOUND", "gone", 1],
    ["BAD_USER_INPUT", "Invalid", 1],
    // asked for once more, alone, and that is repeated as usual
    ["INTERNAL", "ServerFault", 3],
    [undefined, "ServerFault", 3],
    ["RATE_LIMITED", "RateLimited", 3],
  ])("an error %s at its alias", async (code, of, requests) => {
    const results = await readAll("app_3", (data, alias) => ({
      data: { ...data, [alias]: null },
      errors: [error(code, [alias])],
    }));
    expect(told(results)).toEqual(others(of));
    expect(relay.passed).toHaveLength(requests);
  });
  test("a fault that passes", async () => {
    const results = await readAll("app_3", (data, alias, isAlone) =>
      isAlone ? { data } : { data: { ...data, [alias]: null }, errors: [error("INTERNAL", [alias, "redirectUris"])] },
    );
    expect(told(results)).toEqual(ids);
    expect(relay.passed).toHaveLength(2);
  });
  test("an error that takes all data with it", async () => {
    const results = await readAll("app_3", (_data, alias) => ({
      data: null,
      errors: [error("FORBIDDEN", [alias, "keys"])],
    }));
    expect(told(results)).toEqual(others("Forbidden"));
    expect(relay.passed).toHaveLength(2);
  });
  test("an error that does not say of which it is", async () => {
    const results = await readAll("app_3", () => ({ errors: [error("BAD_USER_INPUT")] }));
    expect(told(results)).toEqual(others("Invalid"));
    // halves of ten, of five, of three, of two: not one for each
    expect(relay.passed.length).toBeLessThanOrEqual(9);
  });
  test("one that is left out, and one that is another's", async () => {
    const without = await readAll("app_3", ({ ...data }, alias) => ({ data: { ...data, [alias]: undefined } }));
    expect(told(without)).toEqual(others("GoliveError"));
    const another = await readAll("app_3", (data, alias) => ({ data: { ...data, [alias]: { id: "app_9" } } }));
    expect(told(another)).toEqual(others("GoliveError"));
  });
  test("an error at an alias that nobody asked for", async () => {
    always({ data: null, errors: [error("INTERNAL", ["o99"])] });
    const read = reader<{ id: string }>(dashboard(), "userlandApplication", "id");
    const results = await Promise.allSettled(ids.map((id) => read(environment, id)));
    expect(new Set(told(results))).toEqual(new Set(["ServerFault"]));
  });
});

test("an argument that has no type is refused, and nothing is sent", async () => {
  const inside = dashboard().inside(environment);
  const types = { endpointUrl: "String!" };
  for (const values of [{ endpointUrl: "x", state: "Active" }, { toString: 1 }])
    await expect(inside.call("updateWebhookEndpoint", types, values, "id")).rejects.toThrow(
      /has no argument .*nothing was sent/,
    );
  expect(relay.passed).toEqual([]);
});

test("a list that comes in circles ends", async () => {
  always({ data: { keys: { data: [{ id: "key_1" }], listMetadata: { after: "key_1" } } } });
  await expect(dashboard().inside(environment).all("keys", "", "id")).rejects.toThrow(/the same page twice/);
});

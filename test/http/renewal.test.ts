// A credential that renews itself: when its source is asked, how often, and what a refusal does.
import { Unauthorized } from "@golive/provider/errors";
import { Http } from "@golive/provider/http";
import { Renewing } from "@golive/provider/http/renewal";
import { Secret } from "@golive/provider/http/secret";
import { printedToken, tokenOf } from "@golive/provider/http/token";
import { expect, test } from "vitest";
import { serve } from "./server";

const minute = 60_000;
const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2ln`;

/** A source of tokens that live so long, on a clock of its own. */
function source(lifeMs: number | undefined) {
  const clock = { now: 1_000_000 };
  let asked = 0;
  const renewing = new Renewing(
    async () => {
      asked += 1;
      return { value: `token${asked}`, ...(lifeMs !== undefined && { until: clock.now + lifeMs }) };
    },
    () => clock.now,
  );
  const value = async () => (await renewing.current()).reveal();
  return { clock, renewing, value, asked: () => asked };
}

test.each<[what: string, lifeMs: number | undefined, steps: readonly (readonly [afterMs: number, token: string])[]]>([
  [
    "five minutes: half a minute before its end",
    5 * minute,
    [
      [4 * minute, "token1"],
      [29_000, "token1"],
      [1_000, "token2"],
    ],
  ],
  [
    "a second: a tenth before its end",
    1_000,
    [
      [899, "token1"],
      [1, "token2"],
    ],
  ],
  ["not known: never by the clock", undefined, [[600 * minute, "token1"]]],
  ["past by this computer's clock: the server says", -minute, [[10 * minute, "token1"]]],
])("a token that lives %s is asked for again", async (_, lifeMs, steps) => {
  const { clock, value } = source(lifeMs);
  expect(await value()).toBe("token1");
  for (const [afterMs, token] of steps) {
    clock.now += afterMs;
    expect(await value()).toBe(token);
  }
});

test("however many ask, the source is asked once at a time", async () => {
  const { clock, renewing, value, asked } = source(5 * minute);
  await Promise.all([value(), value(), value()]);
  const refused = await renewing.current();
  const others = await Promise.all([renewing.instead(refused), renewing.instead(refused), renewing.instead(refused)]);
  expect(new Set(others.map((one) => one!.reveal()))).toEqual(new Set(["token2"]));
  clock.now += 5 * minute;
  await Promise.all([value(), value()]);
  expect(asked()).toBe(3);
});

test("a second try that is refused too asks nobody; one that was let in may be replaced again", async () => {
  const { renewing, asked } = source(undefined);
  const second = (await renewing.instead(await renewing.current()))!;
  expect(await renewing.instead(second)).toBeUndefined();
  renewing.accepted(second);
  expect((await renewing.instead(second))?.reveal()).toBe("token3");
  expect(asked()).toBe(3);
});

test("a failure is told to all who ask within ten seconds, and then the source is asked again", async () => {
  let [now, asked] = [0, 0];
  const failing = new Renewing(
    () => Promise.reject(new Error(`no ${++asked}`)),
    () => now,
  );
  const said = () => failing.current().catch((error: Error) => error.message);
  expect([await said(), await said()]).toEqual(["no 1", "no 1"]);
  now += 10_000;
  expect(await said()).toBe("no 2");
});

test.each<[output: string, value: string | undefined, until?: number]>([
  ["abc\n", "abc"],
  [jwt({ exp: 100 }), jwt({ exp: 100 }), 100_000],
  [jwt({ exp: "soon" }), jwt({ exp: "soon" })],
  ["a.b.c", "a.b.c"],
  ['{"token":"abc"}', "abc"],
  ['{"token":"abc","expiresAt":"2027-01-01T00:00:00Z"}', "abc", Date.parse("2027-01-01")],
  ['{"token":"abc","expiresAt":1798761600}', "abc", 1_798_761_600_000],
  ['{"token":"abc","expiresAt":1798761600000}', "abc", 1_798_761_600_000],
  ['{"token":"abc","expiresAt":"soon"}', "abc"],
  // the sooner of the two counts
  [JSON.stringify({ token: jwt({ exp: 100 }), expiresAt: 2e11 }), jwt({ exp: 100 }), 100_000],
  ["", undefined],
  ["Log in first", undefined],
  ["{", undefined],
  ["{}", undefined],
  ['{"token":"two words"}', undefined],
  ['{"token":7}', undefined],
])("of `%s` the token is %s", (output, value, until) => {
  expect(printedToken(output)).toEqual(value === undefined ? undefined : { value, ...(until && { until }) });
});
test("a token of no known end has none", () => expect(tokenOf("abc", undefined)).toEqual({ value: "abc" }));

test.each(["GET", "POST"] as const)(
  "a %s that is refused is sent once more with the next token, and no third time",
  async (method) => {
    const { renewing } = source(undefined);
    const seen: (string | undefined)[] = [];
    let isClosed = false;
    const endpoint = await serve((request, response) => {
      seen.push(request.headers.authorization);
      const isGood = !isClosed && request.headers.authorization === "Bearer token2";
      response.writeHead(isGood ? 200 : 401, { "content-type": "application/json" }).end("{}");
    });
    const http = new Http({ endpoint: `http://${endpoint}`, retries: 0, timeout: 5 });
    const credential = { secret: new Secret("known as"), renewal: renewing, origin: "the test", refused: "Look here." };
    const send = () => http.send({ method, path: "x", credential });
    expect([(await send()).status, (await send()).status]).toEqual([200, 200]);
    expect(seen).toEqual(["Bearer token1", "Bearer token2", "Bearer token2"]);
    // what is refused from now on is refused for good
    isClosed = true;
    for (const outcome of await Promise.allSettled([send(), send(), send()])) {
      expect(outcome).toMatchObject({ status: "rejected", reason: expect.any(Unauthorized) as unknown });
      expect(String((outcome as PromiseRejectedResult).reason)).toMatch(/Look here\..*came from the test/);
    }
    expect(new Set(seen)).toEqual(new Set(["Bearer token1", "Bearer token2", "Bearer token3"]));
  },
);

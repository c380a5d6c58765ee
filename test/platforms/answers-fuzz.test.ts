// The parser of the dashboard API's answers under bodies that nobody thought of.
import { refusal } from "@golive/provider/http/refusal";
import { answered, refusedBy } from "@golive/provider/platforms/workos/dashboard/answer";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Relay, relayTo } from "./relay";
import { adapter, object, tokenOf } from "./rig";

let rehearsal: Rehearsal;
let relay: Relay;
beforeAll(async () => {
  rehearsal = await createRehearsal();
  relay = await relayTo(rehearsal);
});
afterAll(() => rehearsal.close());

describe("whatever a body is", () => {
  const text = fc.oneof(fc.string(), fc.constantFrom("NOT_FOUND", "FORBIDDEN", "INTERNAL", "toString", "__proto__"));
  const fault = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        message: fc.oneof(text, fc.jsonValue()),
        path: fc.oneof(fc.array(fc.oneof(text, fc.integer())), fc.jsonValue()),
        locations: fc.jsonValue(),
        extensions: fc.oneof(
          fc.record({ code: fc.oneof(text, fc.jsonValue()), retryAfter: fc.jsonValue() }),
          fc.jsonValue(),
        ),
      },
      { requiredKeys: [] },
    ),
  );
  const bodies = fc.oneof(
    fc.jsonValue(),
    fc.constant(undefined),
    fc.record(
      {
        data: fc.oneof(fc.jsonValue(), fc.record({ createFlag: fc.jsonValue() })),
        errors: fc.oneof(fc.array(fault), fc.jsonValue()),
      },
      { requiredKeys: [] },
    ),
  );
  const about = { name: "createFlag", requestId: undefined, token: { origin: "the test" } };
  const isAnswered = (body: unknown): boolean => {
    const { data, errors } = (typeof body === "object" && body !== null && !Array.isArray(body) ? body : {}) as {
      data?: unknown;
      errors?: unknown;
    };
    const isClean = errors === undefined || errors === null || (Array.isArray(errors) && errors.length === 0);
    return isClean && typeof data === "object" && data !== null && !Array.isArray(data);
  };

  test("it is an answer, or one of the named errors, and never both", () => {
    fc.assert(
      fc.property(bodies, fc.boolean(), (body, repeatable) => {
        const verdict = refusedBy(answered(body), { ...about, repeatable }, repeatable ? undefined : "createFlag");
        expect(verdict === undefined).toBe(isAnswered(body));
        if (!verdict) return;
        expect(verdict.error).toHaveProperty("exchange");
        expect(verdict.after ?? 0).toBeGreaterThanOrEqual(0);
        const names = ["Unauthorized", "Forbidden", "NotFound", "Conflict", "Invalid", "RateLimited"];
        expect([...names, ...(repeatable ? ["ServerFault", "RequestError"] : ["Ambiguous"])]).toContain(
          verdict.error.name,
        );
      }),
      { numRuns: 3000 },
    );
  });
  test("not found is said by nothing but NOT_FOUND", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const verdict = refusedBy(answered(body), { ...about, repeatable: true });
        if (verdict?.error.name !== "NotFound") return;
        const { errors } = body as unknown as { errors: { extensions: { code: string } }[] };
        expect([errors].flat().every(({ extensions }) => extensions.code.toUpperCase() === "NOT_FOUND")).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
  test("a refusal by status is one of the named errors too", () => {
    fc.assert(
      fc.property(bodies, fc.constantFrom(301, 400, 401, 403, 404, 409, 422, 429, 500), (body, status) => {
        const response = { status, headers: new Headers() } as never;
        const exchange = { method: "POST", url: "http://127.0.0.1/graphql" };
        const said = refusal(response, body, JSON.stringify(body) ?? "", {
          what: "x",
          exchange,
          credential: undefined,
          repeatable: true,
        });
        expect(said.exchange.status).toBe(status);
      }),
      { numRuns: 2000 },
    );
  });
  test("no store is brought down by it", async () => {
    const real = adapter(relay, tokenOf(rehearsal));
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        relay.lie = () => ({ status: 200, body: JSON.stringify(body) ?? "null" });
        const read = object(real, "WebhookEndpoint", {
          environment: "environment_1",
          url: "https://a.example.com",
          events: ["a"],
        });
        const outcome = await read.find().then(
          () => undefined,
          (failed: Error) => failed,
        );
        expect(outcome).toHaveProperty("remedy");
      }),
      { numRuns: 150 },
    );
  });
});

// Faults on request, by function and by route, and the documented rate limits.
import { createRehearsal, type Fault, InvalidFault, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { RateLimiter } from "../../rehearsal/dist/http/rate-limit.js";
import { ask, dashboard } from "./rig";

let rehearsal: Rehearsal;
let key: string;
beforeAll(async () => {
  rehearsal = await createRehearsal();
  key = rehearsal.projects[0]!.environments[0]!.apiKey!;
});
beforeEach(() => rehearsal.faults.clear());
afterAll(() => rehearsal.close());

const get = async (path = "/organizations", method = "GET", body?: unknown): Promise<number> =>
  ask(rehearsal, key, method, path, body).then(
    ({ status }) => status,
    () => 0,
  );
const admin = (method: string, path: string, body?: unknown, token = rehearsal.token) =>
  ask(rehearsal, token, method, `/_rehearsal/${path}`, body);
const organizations = async () =>
  ((await ask(rehearsal, key, "GET", "/organizations?limit=100")).body["data"] as unknown[]).length;

describe.each([
  ["by function", async (fault: Fault) => rehearsal.faults.add(fault)],
  ["by route", async (fault: Fault) => expect((await admin("POST", "faults", fault)).status).toBe(201)],
])("%s", (_title, add) => {
  it.each<[string, Fault, number[]]>([
    ["a status, always", { status: 503 }, [503, 503, 503]],
    ["a status, twice", { status: 500, times: 2 }, [500, 500, 200]],
    ["another method", { status: 503, method: "POST" }, [200, 200, 200]],
    ["its method, in any case", { status: 503, method: "get" }, [503, 503, 503]],
    ["a pattern of its path", { status: 503, path: "/organ*", times: 1 }, [503, 200, 200]],
    ["a pattern of another path", { status: 503, path: "/organ" }, [200, 200, 200]],
    ["a pattern is no regular expression", { status: 503, path: "/organization." }, [200, 200, 200]],
    ["dropped before", { drop: "before", times: 1 }, [0, 200, 200]],
    ["never, by probability", { status: 503, probability: 0 }, [200, 200, 200]],
  ])("%s", async (_case, fault, statuses) => {
    await add(fault);
    expect([await get(), await get(), await get()]).toEqual(statuses);
  });

  it("Retry-After", async () => {
    await add({ status: 429, retryAfter: 7 });
    const { status, headers, body } = await ask(rehearsal, key, "GET", "/organizations");
    expect([status, headers.get("retry-after"), body["code"]]).toEqual([429, "7", "rehearsed_fault"]);
  });

  it("latency", async () => {
    await add({ latencyMs: 120, times: 1 });
    const started = performance.now();
    expect(await get()).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(115);
  });

  it("dropped before: not written; dropped after: written", async () => {
    const before = await organizations();
    await add({ method: "POST", drop: "before", times: 1 });
    expect(await get("/organizations", "POST", { name: "Before" })).toBe(0);
    expect(await organizations()).toBe(before);
    await add({ method: "POST", drop: "after", times: 1 });
    expect(await get("/organizations", "POST", { name: "After" })).toBe(0);
    expect(await organizations()).toBe(before + 1);
  });

  it("dropped and late: written once further requests have come", async () => {
    const before = await organizations();
    await add({ method: "POST", drop: "late", requests: 2, times: 1 });
    expect(await get("/organizations", "POST", { name: "Late" })).toBe(0);
    expect([await organizations(), await organizations()]).toEqual([before, before + 1]);
  });

  it("dropped and late: at the latest when the faults are forgotten", async () => {
    const before = await organizations();
    await add({ method: "POST", drop: "late", requests: 9, times: 1 });
    expect(await get("/organizations", "POST", { name: "Later" })).toBe(0);
    rehearsal.faults.clear();
    expect(await organizations()).toBe(before + 1);
  });

  it("a GraphQL operation by its name", async () => {
    await add({ operation: "webhookEvents", status: 503 });
    const dash = dashboard(rehearsal);
    await expect(dash("{ webhookEvents { id } }")).rejects.toThrow();
    expect(await dash("query Named { me { email } }")).toHaveProperty("email");
  });

  it("the same dice for the same seed", async () => {
    const rolls = async () => {
      rehearsal.faults.clear();
      await add({ status: 503, probability: 0.5, seed: 42 });
      const statuses = [];
      for (let i = 0; i < 30; i++) statuses.push(await get());
      return statuses;
    };
    const first = await rolls();
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(await rolls()).toEqual(first);
  });
});

describe("the routes", () => {
  it("list, forget and are for the dashboard token only", async () => {
    await admin("POST", "faults", { status: 503 });
    expect((await admin("GET", "faults")).body).toEqual({ data: [{ status: 503 }] });
    expect((await admin("DELETE", "faults", undefined, key)).status).toBe(401);
    expect((await admin("DELETE", "faults")).status).toBe(204);
    expect(await get()).toBe(200);
  });

  it.each([
    ["no fault at all", {}],
    ["an unknown field", { status: 503, body: "x" }],
    ["a status that is none", { status: 200 }],
    ["a text for a number", { status: "503" }],
    ["a third moment to drop", { drop: "between" }],
  ])("refuse %s", async (_title, fault) => {
    expect(await admin("POST", "faults", fault)).toMatchObject({ status: 422, body: { code: "invalid_fault" } });
    expect(() => rehearsal.faults.add(fault as Fault)).toThrow(InvalidFault);
    expect(rehearsal.faults.list).toEqual([]);
  });

  it("reset: a new account, nothing of the old one, no faults", async () => {
    const other = await createRehearsal();
    try {
      const { token, account } = other;
      other.faults.add({ status: 503 });
      expect((await ask(other, token, "POST", "/_rehearsal/reset")).status).toBe(204);
      expect(other.account.id).not.toBe(account.id);
      expect((await ask(other, token, "GET", "/_rehearsal/account")).status).toBe(401);
      expect((await ask(other, other.projects[0]!.environments[0]!.apiKey!, "GET", "/organizations")).status).toBe(200);
    } finally {
      await other.close();
    }
  });
});

describe("rate limits", () => {
  it("a window of time for each key, and the seconds that are left of it", () => {
    let now = 1_000;
    const limiter = new RateLimiter(() => now);
    const limit = { requests: 2, windowMs: 10_000 };
    expect([limiter.hit("a", limit), limiter.hit("a", limit), limiter.hit("a", limit)]).toEqual([
      undefined,
      undefined,
      10,
    ]);
    expect(limiter.hit("b", limit)).toBeUndefined();
    now += 9_500;
    expect(limiter.hit("a", limit)).toBe(1);
    now += 500;
    expect(limiter.hit("a", limit)).toBeUndefined();
  });

  it.each([
    ["writes to user_management", "POST", "/user_management/redirect_uris", 500],
    ["reads of user_management", "GET", "/user_management/redirect_uris", 1_000],
    ["deletions of organizations", "DELETE", "/organizations/org_1", 50],
  ])("%s: 429 with Retry-After", async (_title, method, path, allowed) => {
    const answers = [];
    for (let i = 0; i < allowed + 1; i += 50)
      answers.push(
        ...(await Promise.all(
          Array.from({ length: Math.min(50, allowed + 1 - i) }, () => ask(rehearsal, key, method, path)),
        )),
      );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(Number(refused[0]!.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused[0]!.body["code"]).toBe("rate_limit_exceeded");
  });
});

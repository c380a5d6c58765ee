// The client against a real server on loopback: what it repeats, what it never repeats, and what its errors say.
import {
  Ambiguous,
  Cancelled,
  Conflict,
  Forbidden,
  Invalid,
  NotFound,
  RateLimited,
  ServerFault,
  Unauthorized,
  Unreachable,
} from "@golive/provider/errors";
import { Http, type HttpOptions, type Request } from "@golive/provider/http";
import { retryAfter } from "@golive/provider/http/retry";
import { Secret } from "@golive/provider/http/secret";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

type Reply = { status: number; headers?: Record<string, string>; body?: string } | "drop";
const credential = { secret: new Secret("dash_known-secret-of-the-test"), origin: "GOLIVE_TOKEN" };

let server: Server;
let replies: Reply[];
let seen: number;
let waits: number[];
beforeEach(async () => {
  [replies, seen, waits] = [[], 0, []];
  server = createServer((request, response) => {
    request.resume();
    const reply = replies[Math.min(seen++, replies.length - 1)]!;
    if (reply === "drop") return void request.socket.destroy();
    response.writeHead(reply.status, { "x-request-id": "req_7", ...reply.headers });
    response.end(reply.body ?? "{}");
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const http = (more: Partial<HttpOptions> = {}) =>
  new Http({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    retries: 3,
    timeout: 5,
    wait: async (ms) => void waits.push(ms),
    random: () => 1,
    ...more,
  });
const read: Request = { method: "GET", path: "things", credential };
const write: Request = { method: "POST", path: "things", json: { a: 1 }, credential };
const ok: Reply = { status: 200, body: `{"done":true}` };

describe("what is repeated", () => {
  it.each<{ what: string; request: Request; with: Reply[]; requests: number; ends?: new (...args: never[]) => Error }>([
    { what: "a read after 5xx", request: read, with: [{ status: 503 }, { status: 500 }, ok], requests: 3 },
    { what: "a read after a lost connection", request: read, with: ["drop", ok], requests: 2 },
    { what: "a read, but not for ever", request: read, with: [{ status: 503 }], requests: 4, ends: ServerFault },
    {
      what: "a write that is safe to repeat",
      request: { ...write, repeatable: true },
      with: ["drop", ok],
      requests: 2,
    },
    { what: "a write that was refused for its rate", request: write, with: [{ status: 429 }, ok], requests: 2 },
    { what: "no write after 5xx", request: write, with: [{ status: 500 }, ok], requests: 1, ends: Ambiguous },
    { what: "no write after a lost connection", request: write, with: ["drop", ok], requests: 1, ends: Ambiguous },
    { what: "no request that was refused", request: read, with: [{ status: 422 }, ok], requests: 1, ends: Invalid },
  ])("$what", async ({ request, with: given, requests, ends }) => {
    replies = given;
    const sent = http().send(request);
    if (ends) await expect(sent).rejects.toBeInstanceOf(ends);
    else expect((await sent).body).toEqual({ done: true });
    expect(seen).toBe(requests);
  });

  it("waits as long as Retry-After says, and everybody with the same key with it", async () => {
    replies = [{ status: 429, headers: { "retry-after": "7" } }, ok, ok];
    const client = http();
    await client.send(write);
    expect(waits).toContain(7000);
    await client.send(read);
    expect(waits.at(-1)).toBeGreaterThan(6000);
  });

  const now = Date.parse("2026-11-23T10:00:00Z");
  it.each([
    ["12", 12_000],
    ["Mon, 23 Nov 2026 10:00:30 GMT", 30_000],
    ["Mon, 23 Nov 2026 09:00:00 GMT", 0],
    ["86400", 60_000],
    ["soon", undefined],
    ["", undefined],
    [null, undefined],
  ])("reads Retry-After %s", (header, ms) => {
    expect(retryAfter(header, now)).toBe(ms);
  });

  it("repeats what never left this computer, writes too, and then says where it wanted to go", async () => {
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const client = new Http({
      endpoint: `http://127.0.0.1:${port}`,
      retries: 2,
      timeout: 5,
      wait: async (ms) => void waits.push(ms),
    });
    const error = await client.send(write).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Unreachable);
    expect((error as Error).message).toContain(`http://127.0.0.1:${port} cannot be reached: ECONNREFUSED`);
    expect(waits.filter((ms) => ms > 0)).toHaveLength(2);
    server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
  });
});

describe("errors", () => {
  it.each([
    [401, Unauthorized],
    [403, Forbidden],
    [404, NotFound],
    [409, Conflict],
    [400, Invalid],
    [422, Invalid],
    [429, RateLimited],
    [500, ServerFault],
  ])("%i has its name, the request's number and a clipped body", async (status, type) => {
    replies = [{ status, body: JSON.stringify({ message: "x".repeat(5000), code: "some_code" }) }];
    const error = (await http({ retries: 0 })
      .send(read)
      .catch((e: unknown) => e)) as InstanceType<typeof Invalid>;
    expect(error).toBeInstanceOf(type);
    expect(error.exchange).toMatchObject({ status, code: "some_code", requestId: "req_7" });
    expect(error.message).toContain("(request req_7)");
    expect(error.message.length).toBeLessThan(700);
  });

  it("hold no secret, whatever the server echoes, however they are printed", async () => {
    const secret = credential.secret.reveal();
    replies = [
      {
        status: 422,
        body: JSON.stringify({
          message: `bad ${secret}`,
          errors: [{ message: `sk_live_0123456789 Bearer ${secret}` }],
        }),
      },
    ];
    const error = (await http()
      .send(write)
      .catch((e: unknown) => e)) as Error;
    const printed = [
      error.message,
      error.stack,
      JSON.stringify(error),
      inspect(error, { depth: 9 }),
      inspect(credential),
      `${credential.secret}`,
    ];
    for (const text of printed) expect(text).not.toMatch(/known-secret|0123456789/);
    expect(error.message).toContain("[secret]");
  });
});

describe("the end", () => {
  it("starts nothing after a stop", async () => {
    replies = [ok];
    const [starting, running] = [new AbortController(), new AbortController()];
    starting.abort();
    const stop = { starting: starting.signal, running: running.signal };
    await expect(http({ stop }).send(read)).rejects.toBeInstanceOf(Cancelled);
    expect(seen).toBe(0);
  });

  it("gives up what runs when the grace is over, and says that its outcome is unknown", async () => {
    const hanging = createServer(() => running.abort()).listen(0, "127.0.0.1");
    await new Promise((resolve) => hanging.once("listening", resolve));
    const [starting, running] = [new AbortController(), new AbortController()];
    const endpoint = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`;
    const client = new Http({
      endpoint,
      retries: 0,
      timeout: 30,
      stop: { starting: starting.signal, running: running.signal },
    });
    await expect(client.send(write)).rejects.toBeInstanceOf(Ambiguous);
    hanging.closeAllConnections();
    hanging.close();
  });
});

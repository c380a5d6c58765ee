// Where a request goes and where it never goes, what certainly was not sent, and that a stop is not waited out.
import { Ambiguous, Cancelled, Invalid, RequestError, ServerFault, Unreachable } from "@golive/provider/errors";
import { Http, type HttpOptions, type Request } from "@golive/provider/http";
import { Secret } from "@golive/provider/http/secret";
import { createServer } from "node:http";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { serve, serveTls } from "./server";

const client = (endpoint: string, more: Partial<HttpOptions> = {}) =>
  new Http({ endpoint, retries: 0, timeout: 5, ...more });
const read: Request = { method: "GET", path: "things" };
const write: Request = { method: "POST", path: "things", json: {} };
const failureOf = (sent: Promise<unknown>) => sent.then(String, (error: unknown) => error as Error);

beforeEach(() => {
  for (const name of ["http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"])
    vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

describe("TLS", () => {
  it("is never switched off, whatever a variable of Node.js says", async () => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    let asked = 0;
    const host = await serveTls((_, response) => void response.end(String(asked++)));
    const error = await failureOf(client(`https://${host}`).send(write));
    expect(error).toBeInstanceOf(Unreachable);
    expect(error).toMatchObject({ message: expect.stringContaining("DEPTH_ZERO_SELF_SIGNED_CERT") });
    expect(asked).toBe(0);
  });
  it("a server that speaks none was sent nothing", async () => {
    const host = await serve((_, response) => void response.end("{}"));
    expect(await failureOf(client(`https://${host}`).send(write))).toBeInstanceOf(Unreachable);
  });
});

it("a proxy that refuses sent nothing on, and its words are told", async () => {
  const refusing = createServer().on("connect", (_, socket) => void socket.end("HTTP/1.1 407 no\r\n\r\n"));
  vi.stubEnv("HTTPS_PROXY", `http://${await serve(() => {}, refusing)}`);
  const error = await failureOf(client("https://api.example.com").send(write));
  expect(error).toBeInstanceOf(Unreachable);
  expect(error).toMatchObject({ message: expect.stringMatching(/Proxy response \(407\).*proxy variables/) });
});

describe("an answer that is not the API's", () => {
  it.each([
    { what: "a read", request: read, type: RequestError },
    { what: "a write, whose outcome is then unknown", request: write, type: Ambiguous },
  ])("a page instead of JSON, to $what", async ({ request, type }) => {
    const host = await serve((_, response) => void response.end("<html>Log in</html>"));
    const error = await failureOf(client(`http://${host}`).send(request));
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ message: expect.stringMatching(/200 and no JSON.*GOLIVE_ENDPOINT/) });
  });
  it("a redirect is not followed, and its query is not told", async () => {
    const seen: unknown[] = [];
    const elsewhere = await serve(({ headers }, response) => {
      seen.push(headers.authorization);
      response.end("{}");
    });
    const location = `http://${elsewhere}/in?session=s3ssion`;
    const host = await serve((_, response) => void response.writeHead(302, { location }).end());
    const credential = { secret: new Secret("tok_of-the-test"), origin: "GOLIVE_TOKEN" };
    const error = await failureOf(client(`http://${host}`).send({ ...write, credential }));
    expect(error).toMatchObject({ message: expect.stringContaining(`a redirect to http://${elsewhere}, which`) });
    expect(error).toMatchObject({ message: expect.not.stringContaining("s3ssion") });
    expect(seen).toEqual([]);
  });
});

describe("what is told of a request without an answer", () => {
  const silent = () => serve(() => {});
  it.each([
    { what: "a read", request: read, type: ServerFault },
    { what: "a write that is safe to repeat", request: { ...write, repeatable: true }, type: ServerFault },
    { what: "a write", request: write, type: Ambiguous },
  ])("$what", async ({ request, type }) => {
    const error = await failureOf(client(`http://${await silent()}`, { timeout: 0.2 }).send(request));
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ message: expect.stringContaining("no answer within 0.2 s") });
  });
  it.each(["sk_planted\nsecret", "planted–secret"])(
    "a credential that HTTP cannot carry is not quoted",
    async (value) => {
      const credential = { secret: new Secret(value), origin: "GOLIVE_TOKEN" };
      const error = await failureOf(client(`http://${await silent()}`).send({ ...write, credential }));
      expect(error).toBeInstanceOf(Unreachable);
      expect(inspect(error, { depth: 9 })).not.toMatch(/planted|\nsecret/);
    },
  );
  it.each(["things/..", "things/../others", "./things", "..?a=1"])("%s is no address", async (path) => {
    let asked = 0;
    const host = await serve((_, response) => void response.end(String(asked++)));
    expect(await failureOf(client(`http://${host}`).send({ ...read, path }))).toBeInstanceOf(Invalid);
    expect(asked).toBe(0);
  });
});

describe("a stop", () => {
  // the minute that they are told to wait is far longer than these tests may take
  it.each([
    { what: "a refused write is cancelled", request: write, status: 429, type: Cancelled },
    { what: "what is known of a read is told", request: read, status: 503, type: ServerFault },
  ])("is not waited out: $what", { timeout: 20_000 }, async ({ request, status, type }) => {
    const [starting, running] = [new AbortController(), new AbortController()];
    let asked = 0;
    const host = await serve((_, response) => {
      asked += 1;
      response.once("close", () => starting.abort());
      response.writeHead(status, { "retry-after": "60", connection: "close" }).end("{}");
    });
    const stop = { starting: starting.signal, running: running.signal };
    expect(await failureOf(client(`http://${host}`, { retries: 3, stop }).send(request))).toBeInstanceOf(type);
    expect(asked).toBe(1);
  });
  it("ends the waiting of many at once, without a warning", { timeout: 20_000 }, async () => {
    const [starting, running] = [new AbortController(), new AbortController()];
    const warnings: unknown[] = [];
    const warn = (warning: Error) => warnings.push(warning.message);
    process.on("warning", warn);
    let asked = 0;
    const host = await serve((_, response) => {
      response.writeHead(429, { "retry-after": "60" }).end("{}");
      if (++asked === 20) setImmediate(() => starting.abort());
    });
    const stopping = client(`http://${host}`, {
      retries: 3,
      stop: { starting: starting.signal, running: running.signal },
    });
    const ends = await Promise.all(Array.from({ length: 20 }, () => failureOf(stopping.send(write))));
    expect(ends.every((end) => end instanceof Cancelled)).toBe(true);
    process.off("warning", warn);
    expect(warnings).toEqual([]);
  });
});

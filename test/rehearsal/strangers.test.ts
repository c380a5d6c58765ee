// What somebody on this computer, or a page in its browser, can do to a rehearsal without a token: nothing.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { canRun } from "../tools/run";
import { bearer, rawTo, type Sent } from "./raw";
import { ask, mutate, unlockedWorld, type World } from "./rig";

let world: World;
let rehearsal: Rehearsal;
beforeAll(async () => {
  world = await unlockedWorld();
  ({ rehearsal } = world);
});
beforeEach(() => rehearsal.faults.clear());
afterAll(() => rehearsal.close());
const raw = (target: string, sent?: Sent) => rawTo(rehearsal.port, target, sent);

describe("requests that are not let in", () => {
  const strangers: readonly (readonly [what: string, target: string, sent: Sent])[] = [
    ["no token", "/organizations", {}],
    ["a wrong key", "/organizations", { headers: bearer("sk_test_wrong") }],
    ["a wrong dashboard token", "/graphql", { method: "POST", headers: bearer("dash_x"), body: "{}" }],
    ["no token of the Platform API", "/platform/teams/team_1", {}],
    [
      "wrong client credentials",
      "/oauth2/token",
      { method: "POST", body: "grant_type=client_credentials&client_id=x" },
    ],
    ["no grant at all", "/oauth2/token", { method: "POST", body: "x" }],
    ["the rehearsal's own routes", "/_rehearsal/faults", { method: "DELETE" }],
  ];
  it.each(strangers)(
    "%s: use up no fault, are not counted, and push nothing out of the log",
    async (_what, target, sent) => {
      expect((await ask(rehearsal, world.staging.key, "GET", "/organizations?limit=1")).status).toBe(200);
      const [count, last] = [rehearsal.requestCount(), rehearsal.requests().at(-1)];
      rehearsal.faults.add({ status: 503, times: 1 });
      for (let i = 0; i < 30; i++) expect([400, 401]).toContain((await raw(target, sent)).status);
      expect([rehearsal.requestCount(), rehearsal.requests().at(-1)]).toEqual([count, last]);
      expect((await ask(rehearsal, world.staging.key, "GET", "/organizations")).status).toBe(503);
    },
  );

  it("a login with the right credentials is let in: faults strike it", async () => {
    rehearsal.faults.add({ path: "/oauth2/token", status: 503, times: 1 });
    const { clientId, clientSecret } = rehearsal;
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
    });
    const login = async () => (await raw("/oauth2/token", { method: "POST", body: form.toString() })).status;
    expect([await login(), await login()]).toEqual([503, 200]);
  });

  it("a body that never ends is not waited for", async () => {
    const socket = net.connect(rehearsal.port, "127.0.0.1");
    socket.write("POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    const [answer] = (await new Promise((resolve) => socket.once("data", (data) => resolve([String(data)])))) as [
      string,
    ];
    expect(answer).toMatch(/^HTTP\/1.1 401 /);
    socket.destroy();
  });

  it("1,000 connections that say nothing keep nobody out", async () => {
    const silent = Array.from({ length: 1_000 }, () =>
      net.connect(rehearsal.port, "127.0.0.1").on("error", () => undefined),
    );
    try {
      await Promise.all(silent.slice(-100).map((socket) => new Promise((resolve) => socket.once("connect", resolve))));
      expect((await raw("/organizations", { headers: bearer(world.staging.key) })).status).toBe(200);
      await new Promise((resolve) => (silent[0]!.destroyed ? resolve(0) : silent[0]!.once("close", resolve)));
    } finally {
      for (const socket of silent) socket.destroy();
    }
  });
});

describe("browsers", () => {
  const own = () => `127.0.0.1:${rehearsal.port}`;
  it.each<[what: string, headers: (own: string) => Record<string, string>, status: number]>([
    ["a page's own name that points here", () => ({ host: "attacker.example" }), 421],
    ["the same with the port", (o) => ({ host: o.replace("127.0.0.1", "attacker.example") }), 421],
    ["a name that begins like ours", () => ({ host: "localhost.attacker.example" }), 421],
    ["another address of this computer", () => ({ host: "127.0.0.2" }), 421],
    ["another origin", (o) => ({ host: o, origin: "https://attacker.example" }), 403],
    ["another port of this computer", (o) => ({ host: o, origin: "http://localhost:3000" }), 403],
    ["a file, or a frame in a sandbox", (o) => ({ host: o, origin: "null" }), 403],
    [
      "an image of another page",
      (o) => ({ host: o, "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }),
      403,
    ],
    [
      "a frame of another page",
      (o) => ({ host: o, "sec-fetch-site": "same-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }),
      403,
    ],
    ["its own page", (o) => ({ host: o, origin: `http://${o}`, "sec-fetch-site": "same-origin" }), 200],
    ["localhost", (o) => ({ host: o.replace("127.0.0.1", "localhost") }), 200],
    ["a port that is forwarded", () => ({ host: "127.0.0.1:8080" }), 200],
    [
      "a link that somebody followed",
      (o) => ({ host: o, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" }),
      200,
    ],
    ["a program", (o) => ({ host: o }), 200],
  ])("%s", async (_what, headers, status) => {
    expect((await raw("/", { headers: headers(own()) })).status).toBe(status);
    const key = { ...headers(own()), ...bearer(world.staging.key) };
    expect((await raw("/organizations", { headers: key })).status).toBe(status);
  });

  it("the page is in no frame, runs no script, and is kept nowhere", async () => {
    const { headers } = await raw("/");
    expect(headers).toMatchObject({
      "x-frame-options": "DENY",
      "content-security-policy": expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/) as unknown,
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
  });

  it("the page shows no query string, no fragment and no user of a URL", async () => {
    const uri = "https://user:pa55word@app.example.com/cb?code=s3cret-a#s3cret-b";
    const hooks = "https://hooks.example.com/in?token=s3cret-c";
    const input = { environmentId: world.production.id, redirectUris: [{ uri, isDefault: true }] };
    expect((await mutate(world.dash, "setRedirectUris", input)).__typename).toBe("RedirectUrisSet");
    for (const [i, { key }] of [world.staging, world.production].entries())
      await ask(rehearsal, key, "POST", "/webhook_endpoints", { endpoint_url: `${hooks}${i}`, events: [] });
    await ask(rehearsal, world.staging.key, "GET", "/organizations?search=s3cret-d");
    await raw("/organizations?search=s3cret-e");
    const { text } = await raw("/");
    expect(text).toContain("app.example.com/cb");
    expect(text).toContain("hooks.example.com/in");
    expect(text).not.toMatch(/s3cret|pa55word/);
  });

  it("the page shows at once what was written, by another process too, and who was not let in", async () => {
    await mutate(world.dash, "renameProject", { projectId: world.project, name: "Seen at once" });
    await raw("/nowhere-without-a-key");
    const { text } = await raw("/");
    expect(text).toContain("Seen at once");
    expect(text).toContain("/nowhere-without-a-key");
  });
});

describe("bodies", () => {
  const levels = (n: number) => `{"name":${"[".repeat(n)}${"]".repeat(n)}}`;
  it.each([
    ["environment API", "/organizations", () => world.staging.key],
    ["dashboard API", "/graphql", () => rehearsal.token],
    ["the rehearsal's own routes", "/_rehearsal/faults", () => rehearsal.token],
  ])("%s: 5,000 levels, and text that is no UTF-8, are a 400", async (_api, target, token) => {
    const post = (body: string | Buffer) => raw(target, { method: "POST", headers: bearer(token()), body });
    for (const body of [levels(5_000), levels(300_000), Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])]) {
      const { status, text } = await post(body);
      expect([status, JSON.parse(text)]).toMatchObject([400, { code: "invalid_request_body" }]);
    }
  });
  it("brackets in a text are text", async () => {
    const name = `${"[".repeat(300)}\\"${"{".repeat(300)}`;
    const { status, body } = await ask(rehearsal, world.staging.key, "POST", "/organizations", { name });
    expect([status, body["name"]]).toEqual([201, name]);
  });
  it("more than a megabyte is a 413", async () => {
    const sent = { method: "POST", headers: bearer(world.staging.key), body: "x".repeat(1_100_000) };
    expect((await raw("/organizations", sent).catch(() => ({ status: 413 }))).status).toBe(413);
  });
});

const noModes = process.platform === "win32" ? "Windows has no modes of files" : undefined;
it.skipIf(!canRun("who may read the database", noModes))(
  "nobody else may read the database, nor what lies beside it",
  async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "golive-modes-"));
    const mask = process.umask(0o002);
    try {
      for (const name of ["new.db", "old.db"]) {
        const file = path.join(folder, name);
        if (name === "old.db") writeFileSync(file, "", { mode: 0o664 });
        const one = await createRehearsal({ file });
        const modes = ["", "-wal", "-shm"].map((suffix) => (statSync(file + suffix).mode & 0o777).toString(8));
        await one.close();
        expect(modes).toEqual(["600", "600", "600"]);
      }
    } finally {
      process.umask(mask);
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

it("importing the package loads no database and nothing that reads GraphQL: starting it does", () => {
  const file = createRequire(import.meta.url).resolve("@golive/rehearsal");
  const script = `const all = () => Object.keys(require.cache).filter((f) => /node_modules.(libsql|graphql|tldts|ulid)/.test(f)).length;
    const { createRehearsal } = require(${JSON.stringify(file)}); const before = all();
    createRehearsal().then(async (one) => { console.log(before, all() > 3); await one.close(); });`;
  expect(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" })).toBe("0 true\n");
});

// The real host, which no test may call: a proxy on loopback leads to a server that has its name and a certificate for it.
// (An interceptor of Node.js's own `fetch` sees nothing of this client, which brings its own.)
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { selfSigned, serveOn, serveTls } from "./server";

const host = "api.workos.com";
const program = `
  const { Http } = require("@golive/provider/http");
  const { Secret } = require("@golive/provider/http/secret");
  const client = new Http({ endpoint: "https://${host}", retries: 1, timeout: 5 });
  const credential = { secret: new Secret("sk_live_of-the-test"), origin: "GOLIVE_API_KEY" };
  const request = { method: "GET", path: "webhook_endpoints?limit=100&order=desc", credential };
  client.send(request).then(({ body }) => console.log(JSON.stringify(body)), (error) => console.log(error.message));
`;

it("asks the real host with its credential, over https, as golive, through the proxy of the environment", async () => {
  const identity = selfSigned(host);
  const seen: object[] = [];
  const server = await serveTls(({ method, url, headers }, response) => {
    const { authorization, accept, "user-agent": agent } = headers;
    seen.push({ method, url, host: headers.host, authorization, accept, agent });
    if (seen.length === 1) response.writeHead(429, { "Retry-After": "0" });
    response.end(seen.length === 1 ? '{"message":"slow down"}' : '{"data":[]}');
  }, identity);
  const tunnels: string[] = [];
  const proxy = createServer().on("connect", (request, socket) => {
    tunnels.push(request.url!);
    const there = connect(Number(server.split(":")[1]), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      there.pipe(socket).pipe(there);
    });
    for (const end of [there, socket]) end.on("error", () => there.destroy());
  });
  const address = await serveOn(proxy);
  const folder = mkdtempSync(join(tmpdir(), "golive-host-"));
  try {
    const cert = join(folder, "cert.pem");
    writeFileSync(cert, identity.cert);
    const env = { PATH: process.env["PATH"], HTTPS_PROXY: `http://${address}`, NODE_EXTRA_CA_CERTS: cert };
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", program], { env });
    expect(stdout).toBe('{"data":[]}\n');
    const asked = {
      method: "GET",
      url: "/webhook_endpoints?limit=100&order=desc",
      host,
      authorization: "Bearer sk_live_of-the-test",
      accept: "application/json",
      agent: expect.stringMatching(/^golive\/\d/),
    };
    expect(seen).toEqual([asked, asked]);
    expect(new Set(tunnels)).toEqual(new Set([`${host}:443`]));
    // and without that certificate's word, nothing is sent
    const { stdout: refused } = await promisify(execFile)(process.execPath, ["-e", program], {
      env: { ...env, NODE_EXTRA_CA_CERTS: undefined },
    });
    expect(refused).toMatch(/cannot be reached.*SELF_SIGNED|cannot be reached.*UNABLE_TO/s);
    expect(seen).toHaveLength(2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

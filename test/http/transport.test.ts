// What lies under a request, on real sockets: certificates, proxies, connections, redirects.
import { Unreachable } from "@golive/provider/errors";
import { Http } from "@golive/provider/http";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { canRun } from "../tools/run";

const servers: Server[] = [];
const clients: Http[] = [];
async function listen(server: Server): Promise<string> {
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const serve = (answer: RequestListener) => listen(createServer(answer));
const client = (endpoint: string) => {
  const made = new Http({ endpoint, retries: 0, timeout: 5 });
  clients.push(made);
  return made;
};
const read = { method: "GET", path: "things" } as const;

beforeEach(() => {
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"])
    for (const spelled of [name, name.toLowerCase()]) vi.stubEnv(spelled, undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(clients.splice(0).map((each) => each.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const noOpenssl = spawnSync("openssl", ["version"]).status === 0 ? undefined : "there is no openssl to make one with";
it.skipIf(!canRun("a certificate that nobody vouches for", noOpenssl))(
  "refuses a server whose certificate nobody vouches for, and sends it nothing",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "golive-tls-"));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const asked = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=127.0.0.1".split(
      " ",
    );
    let requests = 0;
    try {
      const names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert];
      execFileSync("openssl", [...asked, ...names], { stdio: "ignore" });
      const host = await listen(
        createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => {
          requests++;
          response.end("{}");
        }),
      );
      const sent = client(`https://${host}`).send(read);
      await expect(sent).rejects.toBeInstanceOf(Unreachable);
      await expect(sent).rejects.toThrow(`https://${host} cannot be reached: DEPTH_ZERO_SELF_SIGNED_CERT`);
      expect(requests).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

it.each([
  { what: "goes through the proxy for https", env: "HTTPS_PROXY", scheme: "https", except: "", through: true },
  { what: "goes through the only proxy there is", env: "HTTP_PROXY", scheme: "https", except: "", through: true },
  // plain http is for this computer only, and a proxy is another one
  { what: "goes past the proxy to this computer", env: "HTTP_PROXY", scheme: "http", except: "", through: false },
  { what: "so too beside other exceptions", env: "HTTP_PROXY", scheme: "http", except: "a.example", through: false },
  { what: "goes past the proxy where all do", env: "HTTP_PROXY", scheme: "http", except: "*", through: false },
])("$what", async ({ env, scheme, except, through }) => {
  const tunnels: string[] = [];
  const proxy = createServer((request, response) => {
    tunnels.push(request.url ?? "");
    response.end(`{"by":"proxy"}`);
  });
  proxy.on("connect", (request, socket) => {
    tunnels.push(request.url ?? "");
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  const proxied = await listen(proxy);
  const here = await serve((_, response) => response.end(`{"by":"target"}`));
  const target = through ? "api.example.com" : here;
  vi.stubEnv(env, `http://${proxied}`);
  vi.stubEnv("NO_PROXY", except);
  const outcome = await client(`${scheme}://${target}`)
    .send(read)
    .then(
      ({ body }) => body,
      () => "refused",
    );
  expect(tunnels.some((url) => url.includes(target))).toBe(through);
  if (!through) expect(outcome).toEqual({ by: "target" });
});

it("sends one request after the other over one connection", async () => {
  let sockets = 0;
  const server = createServer((_, response) => response.end("{}"));
  server.on("connection", () => sockets++);
  const of = client(`http://${await listen(server)}`);
  for (let i = 0; i < 5; i++) await of.send(read);
  expect(sockets).toBe(1);
});

it("follows no redirect: the credential stays with the host that it was given for", async () => {
  let met = 0;
  const elsewhere = await serve((_, response) => {
    met++;
    response.end("{}");
  });
  const host = await serve((_, response) => response.writeHead(302, { location: `http://${elsewhere}/` }).end());
  await expect(client(`http://${host}`).send(read)).rejects.toThrow(`a redirect to http://${elsewhere}, which`);
  expect(met).toBe(0);
});

// Servers on loopback that a test starts and that end with it, one of them behind a certificate that nobody signed.
import { generateKeyPairSync, sign } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";

const open: Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
const listen = async (server: Server): Promise<string> => {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** Answers `host:port`. */
export const serve = (answer: RequestListener, server = createServer()): Promise<string> =>
  listen(server.on("request", answer));
/** The same behind a certificate of its own making. */
export const serveTls = (answer: RequestListener, identity = selfSigned()): Promise<string> =>
  listen(createTlsServer(identity, answer));
/** Anything that listens, such as a proxy. */
export const serveOn = (server: Server): Promise<string> => listen(server);

/** One element of ASN.1. */
function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

/** Made here, as Node.js makes keys and no certificates. @param host A name that it vouches for. */
export function selfSigned(host?: string): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const [sequence, integer, bits, oid, utcTime] = [0x30, 0x02, 0x03, 0x06, 0x17];
  const ecdsaWithSha256 = element(sequence, element(oid, Buffer.from("2a8648ce3d040302", "hex")));
  const validity = ["200101000000Z", "491231235959Z"].map((time) => element(utcTime, Buffer.from(time)));
  const noName = element(sequence);
  const octets = 0x04;
  const version3 = element(0xa0, element(integer, Buffer.from([2])));
  const subjectAltName = element(oid, Buffer.from("551d11", "hex"));
  const extensions = host
    ? [
        element(
          0xa3,
          element(
            sequence,
            element(sequence, subjectAltName, element(octets, element(sequence, element(0x82, Buffer.from(host))))),
          ),
        ),
      ]
    : [];
  const content = element(
    sequence,
    ...(host ? [version3] : []),
    element(integer, Buffer.from([1])),
    ecdsaWithSha256,
    noName,
    element(sequence, ...validity),
    noName,
    publicKey.export({ type: "spki", format: "der" }),
    ...extensions,
  );
  const signature = element(bits, Buffer.from([0]), sign("sha256", content, privateKey));
  const body = element(sequence, content, ecdsaWithSha256, signature).toString("base64");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
    cert: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`,
  };
}

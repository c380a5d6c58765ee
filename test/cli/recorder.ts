// Stands between golive and a rehearsal, and remembers what was asked: a command or a deploy that should only read is held to it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Recorder {
  readonly url: string;
  /** Names of the requests that write, since the last look. */
  writes(): string[];
  /** How many requests there were since the last look. */
  requests(): number;
  close(): Promise<void>;
}

/** The name of a request that writes: a GraphQL mutation's field, or the REST method and path. */
function writeOf(method: string, path: string, body: string): string | undefined {
  if (path.startsWith("/graphql"))
    return /mutation[^{]*\{\s*(\w+)/.exec((JSON.parse(body) as { query: string }).query)?.[1];
  return method === "GET" || path.startsWith("/oauth2") ? undefined : `${method} ${path}`;
}

export async function recorderOf(target: string): Promise<Recorder> {
  let written: string[] = [];
  let count = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const { method = "GET", url = "/" } = request;
      count++;
      const write = writeOf(method, url, body.toString());
      if (write) written.push(write);
      const { host: _, connection: __, "content-length": ___, ...headers } = request.headers;
      fetch(`${target}${url}`, {
        method,
        headers: headers as Record<string, string>,
        ...(body.length > 0 ? { body } : {}),
      }).then(
        async (answer) => {
          const { "content-encoding": ____, "transfer-encoding": _____, ...plain } = Object.fromEntries(answer.headers);
          response.writeHead(answer.status, plain);
          response.end(Buffer.from(await answer.arrayBuffer()));
        },
        () => response.destroy(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    writes: () => written.splice(0),
    requests: () => [count, (count = 0)][0]!,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

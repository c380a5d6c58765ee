// A server between golive and the rehearsal, as proxies and bad days are: it tells what passed, and may change answers.
import type { Rehearsal } from "@golive/rehearsal";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getOperationAST, parse } from "graphql";
import { text } from "node:stream/consumers";
import { afterAll } from "vitest";

type Bag = Record<string, unknown>;
export interface Passed {
  /** The first field of the document. */
  readonly operation: string;
  readonly header: string | undefined;
  readonly query: string;
}
/** What a request is answered with in place of the truth. */
export type Lie = (
  asked: Passed & { readonly method: string; readonly path: string; readonly authorization: string | undefined },
  truth: { readonly status: number; readonly body: unknown },
) =>
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | undefined;

export class Relay {
  readonly passed: Passed[] = [];
  lie: Lie | undefined;
  /** Requests that do not get through to the rehearsal. */
  block: ((asked: { readonly path: string }) => boolean) | undefined;
  url = "";
}

const rootOf = (query: string): string => {
  const field = getOperationAST(parse(query))?.selectionSet.selections[0];
  return field?.kind === "Field" ? field.name.value : "";
};

/** Listens until the tests of the file are over. */
export async function relayTo(target: Pick<Rehearsal, "url">): Promise<Relay> {
  const relay = new Relay();
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { host: _host, connection: _connection, "content-length": _length, ...headers } = request.headers;
    const isBlocked = relay.block?.({ path: request.url! });
    const answer = isBlocked
      ? new Response(null, { status: 204 })
      : await fetch(`${target.url}${request.url}`, {
          method: request.method!,
          headers: headers as Record<string, string>,
          ...(body && { body }),
        });
    const whole = await answer.text();
    const truth = { status: answer.status, body: whole ? (JSON.parse(whole) as unknown) : undefined };
    const query = request.url === "/graphql" ? String((JSON.parse(body) as Bag)["query"]) : "";
    const { authorization } = headers;
    const header = headers["x-url-environment-id"] as string | undefined;
    const asked = { operation: query && rootOf(query), header, query };
    if (query) relay.passed.push(asked);
    const told = relay.lie?.({ ...asked, method: request.method!, path: request.url!, authorization }, truth) ?? truth;
    response.writeHead(told.status, { "content-type": "application/json", ...("headers" in told ? told.headers : {}) });
    response.end(typeof told.body === "string" ? told.body : told.body === undefined ? "" : JSON.stringify(told.body));
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  relay.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return relay;
}

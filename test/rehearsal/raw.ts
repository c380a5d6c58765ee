// Requests with whatever headers, which `fetch` would refuse to send.
import http from "node:http";
import { mutationOf } from "./wire";

export interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}
/** One request on a connection of its own. */
export const rawTo = (port: number, target: string, { method = "GET", headers = {}, body }: Sent = {}) =>
  new Promise<{ status: number; headers: http.IncomingHttpHeaders; text: string }>((resolve, reject) => {
    const request = http.request(
      { host: "127.0.0.1", port, path: target, method, headers, agent: false },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => (text += part));
        response.on("end", () => resolve({ status: response.statusCode!, headers: response.headers, text }));
      },
    );
    request.on("error", reject).end(body);
  });
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

type Data = Record<string, unknown>;
/** A document of the dashboard API with this header, or without one, and the whole answer. */
export async function post(
  at: { url: string; token: string },
  header: string | undefined,
  query: string,
  variables: Data = {},
) {
  const response = await fetch(`${at.url}/graphql`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${at.token}`,
      "content-type": "application/json",
      ...(header !== undefined && { "x-url-environment-id": header }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, body: (await response.json()) as { data?: Data | null; errors?: Data[] } };
}
/** A mutation as document and variables. */
export const input = (name: string, value: Data, selection: string) => {
  const { query, variables } = mutationOf(name, value, selection);
  return [query, variables] as const;
};

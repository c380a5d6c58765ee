// Requests with whatever headers, which `fetch` would refuse to send.
import http from "node:http";

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

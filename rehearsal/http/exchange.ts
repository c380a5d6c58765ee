import type { IncomingMessage, ServerResponse } from "node:http";
import { ulid } from "ulid";

const largest = 1024 * 1024;

/** One request as a handler sees it. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  /** The body's text. */
  readonly text: string;
  readonly requestId: string;
}
export interface Reply {
  readonly status: number;
  /** JSON, unless a content type says otherwise; nothing when absent. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
/** A refusal in the API's own shape. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly code?: string,
    readonly errors?: readonly unknown[],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
  reply(): Reply {
    const { status, message, code, errors, headers } = this;
    return { status, headers, body: { message, ...(code && { code }), ...(errors && { errors }) } };
  }
}
export const unauthorized = () => new HttpError(401, "Unauthorized", "unauthorized");

export async function readExchange(request: IncomingMessage): Promise<Exchange> {
  const url = new URL(request.url ?? "/", "http://rehearsal");
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largest) throw new HttpError(413, "The request body is too large.", "request_too_large");
    chunks.push(chunk);
  }
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    text: Buffer.concat(chunks).toString("utf8"),
    requestId: `req_${ulid()}`,
  };
}

/** The body as a JSON object. */
export function jsonOf({ text }: Exchange): Record<string, unknown> {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // said below, as a body that is no object
  }
  throw new HttpError(400, "The request body is not a JSON object.", "invalid_request_body");
}

export const bearerOf = ({ headers }: Exchange): string =>
  /^Bearer (\S+)$/i.exec(headers.authorization ?? "")?.[1] ?? "";

export function send(response: ServerResponse, requestId: string, { status, body, headers = {} }: Reply): void {
  const isText = headers["content-type"] !== undefined;
  const payload = body === undefined ? "" : isText ? String(body) : JSON.stringify(body);
  response.writeHead(status, {
    ...(payload !== "" && !isText && { "content-type": "application/json; charset=utf-8" }),
    "content-length": Buffer.byteLength(payload),
    "x-request-id": requestId,
    ...headers,
  });
  response.end(payload);
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { gunzipSync } from "node:zlib";
import { ulid } from "ulid";

const largest = 1024 * 1024;
/** Levels of lists and objects in a body. No request of a management API has ten. */
const deepest = 64;

/** What is known of a request before its body is read: enough to tell who asks. */
export interface Head {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly requestId: string;
}
/** One request as a handler sees it. */
export interface Exchange extends Head {
  /** The body's text. */
  readonly text: string;
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
/** A refusal in a shape of its own. */
export class Refusal extends HttpError {
  constructor(private readonly own: Reply) {
    super(own.status, "Refused.");
  }
  override reply(): Reply {
    return this.own;
  }
}
export const unauthorized = () => new HttpError(401, "Unauthorized", "unauthorized");

/** The path is taken as it was sent: `//host/path` names no host here, and `..` climbs nowhere. */
export function headOf({ url = "/", method = "GET", headers }: IncomingMessage): Head {
  const target = url.startsWith("/") || !URL.canParse(url) ? url : new URL(url).pathname + new URL(url).search;
  const cut = target.indexOf("?");
  return {
    method,
    path: cut < 0 ? target : target.slice(0, cut),
    query: new URLSearchParams(cut < 0 ? "" : target.slice(cut + 1)),
    headers,
    requestId: `req_${ulid()}`,
  };
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/** The body, of a request that was let in. */
export async function readBody(request: IncomingMessage, longest = largest): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > longest) throw new HttpError(413, "The request body is too large.", "request_too_large");
    chunks.push(chunk);
  }
  try {
    const body = Buffer.concat(chunks);
    const isPacked = request.headers["content-encoding"] === "gzip";
    return utf8.decode(isPacked ? gunzipSync(body, { maxOutputLength: longest }) : body);
  } catch {
    throw new HttpError(400, "The request body is not UTF-8, or is not packed as it says.", "invalid_request_body");
  }
}

/** Whether JSON has more levels than a request ever has: what works on it calls itself once for each. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0, inText = false; at < text.length; at++) {
    const sign = text[at];
    if (inText) {
      if (sign === "\\") at += 1;
      else if (sign === '"') inText = false;
    } else if (sign === '"') inText = true;
    else if (sign === "[" || sign === "{") {
      depth += 1;
      if (depth > deepest) return true;
    } else if (sign === "]" || sign === "}") depth -= 1;
  }
  return false;
}

/** The body as a JSON object. */
export function jsonOf({ text }: Exchange): Record<string, unknown> {
  if (text.trim() === "") return {};
  if (isTooDeep(text))
    throw new HttpError(400, `The request body has more than ${deepest} levels.`, "invalid_request_body");
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // said below, as a body that is no object
  }
  throw new HttpError(400, "The request body is not a JSON object.", "invalid_request_body");
}

export const bearerOf = ({ headers }: Head): string => /^Bearer (\S+)$/i.exec(headers.authorization ?? "")?.[1] ?? "";

export function send(response: ServerResponse, requestId: string, { status, body, headers = {} }: Reply): void {
  const isText = headers["content-type"] !== undefined;
  const payload = body === undefined ? "" : isText ? String(body) : JSON.stringify(body);
  response.writeHead(status, {
    ...(payload !== "" && !isText && { "content-type": "application/json; charset=utf-8" }),
    "content-length": Buffer.byteLength(payload),
    "x-content-type-options": "nosniff",
    "x-request-id": requestId,
    ...headers,
  });
  response.end(payload);
}

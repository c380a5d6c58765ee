import { HttpError, Refusal, type Reply } from "../http/exchange";

/** A refusal in the form of PostHog's own handler of exceptions: a type, a code, a sentence, and the field at fault. */
export class ApiError extends HttpError {
  constructor(
    status: number,
    readonly type: string,
    code: string,
    detail: string,
    readonly attr: string | null = null,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(status, detail, code, undefined, headers);
  }
  override reply(): Reply {
    const { status, headers, type, code, message, attr } = this;
    return { status, headers, body: { type, code, detail: message, attr } };
  }
}

/** 400: what the body says cannot be. A nested field is named with `__` between its parts. */
export const invalid = (attr: string | null, detail: string, code = "invalid_input") =>
  new ApiError(400, "validation_error", code, detail, attr);
export const required = (attr: string) => invalid(attr, "This field is required.", "required");
export const malformed = () => new ApiError(400, "invalid_request", "parse_error", "Malformed request.");
export const notFound = (detail = "Not found.") => new ApiError(404, "invalid_request", "not_found", detail);
export const forbidden = (detail: string) => new ApiError(403, "authentication_error", "permission_denied", detail);
export const conflict = (detail: string, code = "conflict") => new ApiError(409, "server_error", code, detail);
export const notAllowed = (method: string) =>
  new ApiError(405, "invalid_request", "method_not_allowed", `Method "${method}" not allowed.`);
export const notAuthenticated = () =>
  new ApiError(401, "authentication_error", "not_authenticated", "Authentication credentials were not provided.");
export const wrongKey = () =>
  new ApiError(
    401,
    "authentication_error",
    "authentication_failed",
    "Personal API key found in request Authorization header is invalid.",
  );
export const throttled = (seconds: number) =>
  new ApiError(
    429,
    "throttled_error",
    "throttled",
    `Request was throttled. Expected available in ${seconds} second${seconds === 1 ? "" : "s"}.`,
    null,
    { "retry-after": String(seconds) },
  );

const others: Readonly<Record<number, readonly [type: string, code: string]>> = {
  400: ["validation_error", "invalid_input"],
  401: ["authentication_error", "authentication_failed"],
  402: ["server_error", "payment_required"],
  403: ["authentication_error", "permission_denied"],
  404: ["invalid_request", "not_found"],
  405: ["invalid_request", "method_not_allowed"],
  409: ["server_error", "conflict"],
  413: ["invalid_request", "request_too_large"],
  429: ["throttled_error", "throttled"],
};
/** A refusal that the server itself, or a fault, came to: in the same form. */
export function translated(error: HttpError): Reply {
  if (error instanceof ApiError || error instanceof Refusal) return error.reply();
  const [type, code] = others[error.status] ?? ["server_error", "error"];
  return new ApiError(error.status, type, code, error.message, null, error.headers).reply();
}

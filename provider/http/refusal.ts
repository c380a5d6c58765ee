import type { Response } from "undici";
import {
  Ambiguous,
  Conflict,
  type Exchange,
  Forbidden,
  Invalid,
  NotFound,
  RateLimited,
  RequestError,
  ServerFault,
  Unauthorized,
} from "../errors";
import { clean, type Credential } from "./secret";

/** The request that an error is about. */
export interface About {
  /** How messages call it. */
  readonly what: string;
  readonly exchange: Exchange;
  readonly credential: Credential | undefined;
  readonly repeatable: boolean;
}

/** One of several faults: its message, or all of it where it has none. */
function worded(fault: unknown): string {
  if (typeof fault === "string") return fault;
  const { message } = (fault ?? {}) as { readonly message?: unknown };
  return typeof message === "string" ? message : JSON.stringify(fault);
}

/** What the platform said of its refusal: its message and its list of faults, clipped and without secrets. */
function said(body: unknown, text: string): { code?: string | undefined; words: string } {
  const { message, code, error_description, errors, detail, attr, error } = (
    typeof body === "object" && body !== null ? body : {}
  ) as Record<string, unknown>;
  const listed = Array.isArray(errors) ? errors.map(worded) : [];
  // the field at fault says more than the sentence about it
  const about = typeof attr === "string" && attr !== "" && typeof detail === "string" ? `${attr}: ${detail}` : detail;
  const words = [message ?? error_description ?? about ?? error, ...listed]
    .flat()
    .filter((word) => typeof word === "string" && word !== "");
  return {
    code: typeof code === "string" ? code : undefined,
    words: clean(words.length > 0 ? [...new Set(words)].join("; ") : text.trim()),
  };
}

/** The named error of a response that is not 2xx. */
export function refusal(
  response: Response,
  body: unknown,
  text: string,
  { what, exchange, credential, repeatable }: About,
): RequestError {
  const { status, headers } = response;
  const { code, words } = said(body, text);
  const requestId = headers.get("x-request-id") ?? undefined;
  const met: Exchange = { ...exchange, status, code, requestId };
  const message = `${what} was refused with ${status}${words ? `: ${words}` : ""}${requestId ? ` (request ${requestId})` : ""}`;
  const from = credential ? ` The credential came from ${credential.origin}.` : "";
  switch (true) {
    case status < 400:
      return new RequestError(
        `${what} was answered with a redirect${whereTo(headers.get("location"), exchange.url)}, which golive does not follow`,
        met,
        "Set the endpoint (GOLIVE_ENDPOINT) to the address of the API itself.",
      );
    case status === 401:
      return new Unauthorized(
        message,
        met,
        `${credential?.refused ?? "Give a valid credential."}${from} After a rotation run \`pulumi up\` first, add \`--run-program\`, or set the GOLIVE_* variable: refresh and destroy do not run the program.`,
      );
    case status === 403:
      return new Forbidden(message, met, `${credential?.forbidden ?? "Use a credential that may do this."}${from}`);
    case status === 404:
      return new NotFound(message, met);
    case status === 409:
      return new Conflict(message, met);
    case status === 429:
      return new RateLimited(message, met, "Wait, or lower `--parallel`.");
    case status === 408 || status >= 500:
      return repeatable
        ? new ServerFault(message, met, "The platform is in trouble: run the same command again later.")
        : new Ambiguous(message, met, "Run the same command again: golive looks for what this may have made.");
    default:
      return new Invalid(message, met);
  }
}

/** Where a redirect leads, without the path and query that may be somebody's session. */
function whereTo(location: string | null, from: string): string {
  return location !== null && URL.canParse(location, from) ? ` to ${new URL(location, from).origin}` : "";
}

/** The error of a 2xx that no API gave: the page of a proxy, of a login, of another server. */
export function noJson({ status, headers }: Response, { what, exchange, repeatable }: About): RequestError {
  const met: Exchange = { ...exchange, status, requestId: headers.get("x-request-id") ?? undefined };
  const remedy = "Check that the endpoint (GOLIVE_ENDPOINT) is a management API, and the proxy variables.";
  return repeatable
    ? new RequestError(`${what} was answered with ${status} and no JSON`, met, remedy)
    : new Ambiguous(`${what} was answered with ${status} and no JSON, so its outcome is unknown`, met, remedy);
}

import type { Credential } from "../config";
import {
  Ambiguous,
  Conflict,
  type Exchange,
  Forbidden,
  Invalid,
  NotFound,
  RateLimited,
  type RequestError,
  ServerFault,
  Unauthorized,
} from "../errors";
import { redact } from "./secret";

const clip = 256;

/** What the platform said of its refusal: its message and its list of faults, clipped and without secrets. */
function said(body: unknown, text: string): { code?: string | undefined; words: string } {
  const { message, code, error_description, errors } = (
    typeof body === "object" && body !== null ? body : {}
  ) as Record<string, unknown>;
  const listed = Array.isArray(errors)
    ? errors.map((e: unknown) =>
        typeof e === "string" ? e : ((e as { message?: string }).message ?? JSON.stringify(e)),
      )
    : [];
  const words = [message ?? error_description, ...listed]
    .flat()
    .filter((word) => typeof word === "string" && word !== "");
  const whole = redact(words.length > 0 ? [...new Set(words)].join("; ") : text.trim());
  return {
    code: typeof code === "string" ? code : undefined,
    words: whole.length > clip ? `${whole.slice(0, clip)}…` : whole,
  };
}

/** The named error of a response that is not 2xx. */
export function refusal(
  response: Response,
  body: unknown,
  text: string,
  {
    what,
    exchange,
    credential,
    repeatable,
  }: { what: string; exchange: Exchange; credential: Credential | undefined; repeatable: boolean },
): RequestError {
  const { status, headers } = response;
  const { code, words } = said(body, text);
  const requestId = headers.get("x-request-id") ?? undefined;
  const met: Exchange = { ...exchange, status, code, requestId };
  const message = `${what} was refused with ${status}${words ? `: ${words}` : ""}${requestId ? ` (request ${requestId})` : ""}`;
  const from = credential ? ` The credential came from ${credential.origin}.` : "";
  switch (true) {
    case status === 401:
      return new Unauthorized(
        message,
        met,
        `Give a valid credential.${from} After a rotation run \`pulumi up\` first, add \`--run-program\`, or set the GOLIVE_* variable: refresh and destroy do not run the program.`,
      );
    case status === 403:
      return new Forbidden(message, met, `Use a credential that may do this.${from}`);
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

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
} from "../../../errors";
import { clean, type Credential } from "../../../http/secret";

type Bag = Readonly<Record<string, unknown>>;
const isBag = (value: unknown): value is Bag => typeof value === "object" && value !== null && !Array.isArray(value);

/** One of the `errors` that stand beside status 200. */
export interface Fault {
  readonly message: string;
  readonly code: string | undefined;
  /** The field that it is about, by its alias; undefined when it is about the whole request. */
  readonly at: string | undefined;
  /** Seconds to wait, if it says so. */
  readonly after: number | undefined;
  /** Of the document itself, which was therefore not carried out. */
  readonly ofDocument: boolean;
}
export interface Answered {
  readonly data: Bag | undefined;
  readonly faults: readonly Fault[];
}

/** What a body holds, whatever it is: servers and proxies send `errors: null`, `[null]` and worse. */
export function answered(body: unknown): Answered {
  const { data, errors } = isBag(body) ? body : {};
  const isCarriedOut = isBag(body) && "data" in body;
  const listed = Array.isArray(errors) ? errors : errors === undefined || errors === null ? [] : [errors];
  return {
    data: isBag(data) ? data : undefined,
    faults: listed.map((fault: unknown) => faultOf(fault, isCarriedOut)),
  };
}

function faultOf(fault: unknown, isCarriedOut: boolean): Fault {
  const { message, path, locations, extensions } = isBag(fault) ? fault : { message: fault };
  const { code, retryAfter } = isBag(extensions) ? extensions : {};
  const [at] = Array.isArray(path) ? (path as unknown[]) : [];
  return {
    message: typeof message === "string" && message !== "" ? message : "an error without words",
    code: typeof code === "string" ? code.toUpperCase() : undefined,
    at: typeof at === "string" ? at : undefined,
    after: typeof retryAfter === "number" && retryAfter >= 0 ? retryAfter : undefined,
    ofDocument: !isCarriedOut && Array.isArray(locations) && path === undefined && code === undefined,
  };
}

type Meaning = "fault" | "login" | "wait" | "forbidden" | "gone" | "conflict" | "invalid";
/** By its code. What is not here may have been carried out in part: a fault. */
const meanings: Readonly<Record<string, Meaning>> = {
  UNAUTHENTICATED: "login",
  UNAUTHORIZED: "login",
  RATE_LIMITED: "wait",
  RATE_LIMIT_EXCEEDED: "wait",
  TOO_MANY_REQUESTS: "wait",
  FORBIDDEN: "forbidden",
  NOT_FOUND: "gone",
  CONFLICT: "conflict",
  BAD_REQUEST: "invalid",
  BAD_USER_INPUT: "invalid",
  GRAPHQL_PARSE_FAILED: "invalid",
  GRAPHQL_VALIDATION_FAILED: "invalid",
  OPERATION_RESOLUTION_FAILURE: "invalid",
};
/** Of several errors the first of these is the one to act on: what is unknown outweighs what is known. */
const order: readonly Meaning[] = ["fault", "login", "wait", "forbidden", "conflict", "invalid", "gone"];
const meaningOf = ({ code, ofDocument }: Fault): Meaning =>
  ofDocument ? "invalid" : code !== undefined && Object.hasOwn(meanings, code) ? meanings[code]! : "fault";

export interface About {
  readonly name: string;
  readonly requestId: string | undefined;
  readonly repeatable: boolean;
  readonly token: Pick<Credential, "origin" | "refused" | "forbidden">;
}
export interface Verdict {
  readonly error: Error;
  /** Milliseconds to wait before the next try. */
  readonly after?: number | undefined;
}

const sayings = (faults: readonly Fault[]) => clean([...new Set(faults.map(({ message }) => message))].join("; "));
const exchangeOf = ({ requestId }: About, code?: string): Exchange => ({
  method: "POST",
  url: "graphql",
  requestId,
  code,
});

/** The named error of these faults. */
export function verdictOf(faults: readonly Fault[], about: About): Verdict {
  const { name, repeatable, token } = about;
  const meaning = order.find((one) => faults.some((fault) => meaningOf(fault) === one))!;
  const exchange = exchangeOf(about, faults.find((fault) => meaningOf(fault) === meaning)?.code);
  const words = `${name} was refused: ${sayings(faults)}`;
  const from = `The token came from ${token.origin}.`;
  switch (meaning) {
    case "login":
      return { error: new Unauthorized(words, exchange, `${token.refused ?? "Log in again."} ${from}`) };
    case "forbidden":
      return {
        error: new Forbidden(
          words,
          exchange,
          `${token.forbidden ?? "Use a token that may do this, or ask whether it is on for the team."} ${from}`,
        ),
      };
    case "wait": {
      const seconds = Math.max(...faults.map(({ after = -1 }) => after));
      return {
        error: new RateLimited(words, exchange, "Wait, or lower `--parallel`."),
        ...(seconds >= 0 && { after: seconds * 1000 }),
      };
    }
    case "gone":
      return { error: new NotFound(words, exchange) };
    case "conflict":
      return { error: new Conflict(words, exchange) };
    case "invalid":
      return { error: new Invalid(words, exchange) };
    case "fault": {
      const failed = `${name} failed: ${sayings(faults)}`;
      return {
        error: repeatable
          ? new ServerFault(failed, exchange, "The platform is in trouble: run the same command again later.")
          : unknownOutcome(failed, exchange),
      };
    }
  }
}

const unknownOutcome = (words: string, exchange: Exchange): Error =>
  new Ambiguous(words, exchange, "Run the same command again: golive looks for what this may have made.");

/** The error of an answer that lacks what was asked for. */
export function noAnswer(about: About, what = "no data"): Error {
  const { name, repeatable } = about;
  const exchange = exchangeOf(about);
  return repeatable
    ? new RequestError(
        `${name} was answered with ${what}`,
        exchange,
        "Check that the endpoint is a management API: nothing is taken for gone.",
      )
    : unknownOutcome(`${name} was answered with ${what}, so its outcome is unknown`, exchange);
}

/** What is wrong with the answer to a query, or to a write whose `root` is its only field. */
export function refusedBy({ data, faults }: Answered, about: About, root?: string): Verdict | undefined {
  if (root !== undefined && faults.length > 0 && data?.[root] != null) {
    // something was written, and what is wrong is what came after
    const words = `${about.name} was carried out, and its answer is incomplete: ${sayings(faults)}`;
    return {
      error: about.repeatable ? new ServerFault(words, exchangeOf(about)) : unknownOutcome(words, exchangeOf(about)),
    };
  }
  if (faults.length > 0) return verdictOf(faults, about);
  return data ? undefined : { error: noAnswer(about) };
}

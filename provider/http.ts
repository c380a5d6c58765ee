import { EnvHttpProxyAgent } from "undici";
import type { Credential } from "./config";
import { Ambiguous, Cancelled, type Exchange, RateLimited, ServerFault, Unreachable } from "./errors";
import { codeOf, wasUnsent } from "./http/connection-error";
import { Limiter } from "./http/limiter";
import { refusal } from "./http/refusal";
import { backoff, retryAfter } from "./http/retry";
import { redact } from "./http/secret";

export interface Request {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Joined to the endpoint, or a whole URL. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly credential?: Credential | undefined;
  /** May be sent again after an unknown outcome. @default true for GET */
  readonly repeatable?: boolean;
  /** How messages call it, e.g. `createFlag`. */
  readonly name?: string;
}
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}
export interface HttpOptions {
  readonly endpoint: string;
  /** Tries after the first. */
  readonly retries: number;
  /** Seconds for one try. */
  readonly timeout: number;
  readonly stop?: { readonly starting: AbortSignal; readonly running: AbortSignal } | undefined;
  /** For tests: waiting and chance. */
  readonly wait?: (ms: number) => Promise<void>;
  readonly random?: () => number;
}

/** What the documented limit of the platform leaves: 6,000 requests in 60 seconds per key. */
const perSecond = 100;
const burst = 300;
const connections = 32;
const version = (require("../package.json") as { version: string }).version;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A client for one endpoint: keep-alive, deadlines, a limiter per credential, and repeats of what is safe to repeat. */
export class Http {
  readonly #options: HttpOptions;
  // proxies come from the usual variables; certificates are always verified
  readonly #agent: EnvHttpProxyAgent;
  readonly #limiters = new Map<string, Limiter>();

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#agent = new EnvHttpProxyAgent({ connections, keepAliveTimeout: 30_000, connect: { timeout: 10_000 } });
  }

  /** Answers a 2xx; everything else is one of the named errors. */
  async send(request: Request): Promise<Answer> {
    const { retries, wait = sleep, random } = this.#options;
    const url = new URL(request.path.replace(/^\/+/, ""), `${this.#options.endpoint.replace(/\/+$/, "")}/`).href;
    const exchange: Exchange = { method: request.method, url };
    const repeatable = request.repeatable ?? request.method === "GET";
    for (let attempt = 1; ; attempt++) {
      await wait(this.#limiter(request).take());
      if (this.#options.stop?.starting.aborted)
        throw new Cancelled("golive was stopped before this was sent", "Run the same command again.");
      const outcome = await this.#try(request, url, exchange);
      if ("answer" in outcome) return outcome.answer;
      const { error, after } = outcome;
      const isSafe =
        error instanceof RateLimited ||
        error instanceof Unreachable ||
        ((error instanceof Ambiguous || error instanceof ServerFault) && repeatable);
      if (!isSafe || attempt > retries || this.#options.stop?.running.aborted) throw error;
      if (after !== undefined && error instanceof RateLimited) this.#limiter(request).pause(after);
      await wait(after ?? backoff(attempt, random));
    }
  }

  /** Ends idle connections. */
  async close(): Promise<void> {
    await this.#agent.close();
  }

  #limiter({ credential }: Request): Limiter {
    const key = credential?.secret.reveal() ?? "";
    const limiter = this.#limiters.get(key) ?? new Limiter(burst, perSecond);
    this.#limiters.set(key, limiter);
    return limiter;
  }

  async #try(
    request: Request,
    url: string,
    exchange: Exchange,
  ): Promise<{ answer: Answer } | { error: Error; after?: number | undefined }> {
    const { timeout, stop } = this.#options;
    const deadline = AbortSignal.timeout(timeout * 1000);
    const body =
      request.json !== undefined
        ? JSON.stringify(request.json)
        : request.form && new URLSearchParams({ ...request.form }).toString();
    const what = request.name ?? `${request.method} ${new URL(url).pathname}`;
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, {
        method: request.method,
        headers: {
          accept: "application/json",
          "user-agent": `golive/${version}`,
          ...(body !== undefined && {
            "content-type": request.form ? "application/x-www-form-urlencoded" : "application/json",
          }),
          ...(request.credential && { authorization: `Bearer ${request.credential.secret.reveal()}` }),
          ...request.headers,
        },
        ...(body !== undefined && { body }),
        redirect: "error",
        signal: stop ? AbortSignal.any([deadline, stop.running]) : deadline,
        // Node.js types its own undici, of another version, under the same interface
        dispatcher: this.#agent as unknown as NonNullable<RequestInit["dispatcher"]>,
      });
      text = await response.text();
    } catch (error) {
      const why = deadline.aborted
        ? `no answer within ${timeout} s`
        : redact(codeOf(error) ?? (error as Error).message);
      return wasUnsent(error)
        ? {
            error: new Unreachable(
              `${new URL(url).origin} cannot be reached: ${why}`,
              exchange,
              "Check the endpoint (GOLIVE_ENDPOINT), the network and the proxy variables.",
              { cause: error },
            ),
          }
        : {
            error: new Ambiguous(
              `${what} was sent and its outcome is unknown: ${why}`,
              exchange,
              "Run the same command again: golive looks for what this may have made.",
              { cause: error },
            ),
          };
    }
    if (response.ok) return { answer: { status: response.status, body: parsed(text), headers: response.headers } };
    const error = refusal(response, parsed(text), text, {
      what,
      exchange,
      credential: request.credential,
      repeatable: request.repeatable ?? request.method === "GET",
    });
    return { error, after: retryAfter(response.headers.get("retry-after"), Date.now()) };
  }
}

function parsed(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

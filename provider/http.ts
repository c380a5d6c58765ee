import { setMaxListeners } from "node:events";
import { setTimeout } from "node:timers/promises";
import { EnvHttpProxyAgent, fetch, type Response } from "undici";
import {
  Ambiguous,
  Cancelled,
  type Exchange,
  Invalid,
  Offline,
  RateLimited,
  ServerFault,
  Unauthorized,
  Unreachable,
} from "./errors";
import { faultOf } from "./http/connection-error";
import { type Limit, Limiter } from "./http/limiter";
import { bypass } from "./http/proxy";
import { type About, noJson, refusal } from "./http/refusal";
import { backoff, retryAfter } from "./http/retry";
import type { Credential, Secret } from "./http/secret";

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
  /** What is wrong with a 2xx all the same, as some APIs say what failed in its body. Repeated as any other failure is. */
  readonly judge?: (answer: Answer) => Judgement | undefined;
}
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: { get(name: string): string | null };
}
export interface Judgement {
  readonly error: Error;
  /** Milliseconds to wait before the next try, where the platform says so. */
  readonly after?: number | undefined;
}
export interface HttpOptions {
  readonly endpoint: string;
  /** Tries after the first. */
  readonly retries: number;
  /** Seconds for one try. */
  readonly timeout: number;
  readonly stop?: { readonly starting: AbortSignal; readonly running: AbortSignal } | undefined;
  /** Nothing may be sent: the setting that says so. */
  readonly offline?: string | undefined;
  /** What one credential may send. */
  readonly limits?: Limit | readonly Limit[];
  /** Which requests may be sent at all: of another, nothing leaves this computer. */
  readonly only?: (request: Request) => boolean;
  /** For tests: waiting and chance. */
  readonly wait?: (ms: number, until?: AbortSignal) => Promise<void>;
  readonly random?: () => number;
}

const connections = 32;
const longestConnectMs = 10_000;
/** Said aloud, as a variable of Node.js switches it off for everybody who does not. */
const verified = { rejectUnauthorized: true };
const version = (require("../package.json") as { version: string }).version;

const sleep = (ms: number, until?: AbortSignal): Promise<void> =>
  setTimeout(ms, undefined, until && { signal: until }).catch(() => undefined);
/** `..` in an address is another address, whoever wrote it as an id. */
const climbs = /(^|\/)\.{1,2}(?=[/?]|$)/;

/** A client for one endpoint: keep-alive, deadlines, a limiter per credential, and repeats of what is safe to repeat. */
export class Http {
  readonly #options: HttpOptions;
  // proxies come from the usual variables
  readonly #agent: EnvHttpProxyAgent;
  readonly #limiters = new Map<string, Limiter>();

  constructor(options: HttpOptions) {
    this.#options = options;
    // every wait listens for the stop, and there may be hundreds
    if (options.stop) setMaxListeners(0, options.stop.starting);
    // a connection must fail before the whole does: what never connected was never sent
    const timeout = Math.min(longestConnectMs, options.timeout * 500);
    this.#agent = new EnvHttpProxyAgent({
      connections,
      keepAliveTimeout: 30_000,
      connect: { timeout, ...verified },
      requestTls: { timeout, ...verified },
      proxyTls: { timeout, ...verified },
      noProxy: bypass(process.env),
    });
  }

  /** Answers a 2xx; everything else is one of the named errors. */
  async send(request: Request): Promise<Answer> {
    const { retries, wait = sleep, random, stop, offline } = this.#options;
    if (offline !== undefined) throw new Offline(offline);
    const url = new URL(request.path.replace(/^\/+/, ""), `${this.#options.endpoint.replace(/\/+$/, "")}/`).href;
    const exchange: Exchange = { method: request.method, url };
    if (climbs.test(request.path)) throw new Invalid(`${request.path} is no address of an object`, exchange);
    if (this.#options.only?.(request) === false)
      throw new Cancelled(`${request.method} ${request.path} is no read, and was not sent`);
    const repeatable = request.repeatable ?? request.method === "GET";
    const renewal = request.credential?.renewal;
    let instead: Secret | undefined;
    for (let attempt = 1, isRenewed = false; ; attempt++) {
      await wait(this.#limiter(request).take(), stop?.starting);
      const secret = instead ?? (renewal ? await renewal.current(stop?.starting) : request.credential?.secret);
      instead = undefined;
      if (stop?.starting.aborted)
        throw new Cancelled("golive was stopped before this was sent", "Run the same command again.");
      const outcome = await this.#try(request, secret, url, exchange, repeatable);
      if ("answer" in outcome) {
        if (secret) renewal?.accepted(secret);
        return outcome.answer;
      }
      const { error, after } = outcome;
      // who is not let in has done nothing: it is sent once more with another secret, whatever it is
      if (renewal && secret && error instanceof Unauthorized && !isRenewed) {
        isRenewed = true;
        instead = await renewal.instead(secret, stop?.starting);
        if (instead) {
          attempt -= 1;
          continue;
        }
      }
      const isUnsent = error instanceof RateLimited || error instanceof Unreachable;
      const isSafe = isUnsent || ((error instanceof Ambiguous || error instanceof ServerFault) && repeatable);
      if (!isSafe || attempt > retries || stop?.running.aborted) throw error;
      if (after !== undefined && error instanceof RateLimited) this.#limiter(request).pause(after);
      await wait(after ?? backoff(attempt, random), stop?.starting);
      // what may have happened is said, also by one who stops
      if (!isUnsent && stop?.starting.aborted) throw error;
    }
  }

  /** Ends idle connections. */
  async close(): Promise<void> {
    await this.#agent.close();
  }

  #limiter({ credential }: Request): Limiter {
    const key = credential?.secret.reveal() ?? "";
    const limiter = this.#limiters.get(key) ?? new Limiter(this.#options.limits ?? []);
    this.#limiters.set(key, limiter);
    return limiter;
  }

  async #try(
    request: Request,
    secret: Secret | undefined,
    url: string,
    exchange: Exchange,
    repeatable: boolean,
  ): Promise<{ answer: Answer } | Judgement> {
    const { timeout, stop } = this.#options;
    const deadline = AbortSignal.timeout(timeout * 1000);
    const sent =
      request.json !== undefined
        ? JSON.stringify(request.json)
        : request.form && new URLSearchParams({ ...request.form }).toString();
    const what = request.name ?? `${request.method} ${new URL(url).pathname}`;
    const about = { what, exchange, credential: request.credential, repeatable };
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, {
        method: request.method,
        headers: {
          accept: "application/json",
          "user-agent": `golive/${version}`,
          ...(sent !== undefined && {
            "content-type": request.form ? "application/x-www-form-urlencoded" : "application/json",
          }),
          ...(secret && { authorization: `Bearer ${secret.reveal()}` }),
          ...request.headers,
        },
        ...(sent !== undefined && { body: sent }),
        // a credential goes to the endpoint and nowhere else
        redirect: "manual",
        signal: stop ? AbortSignal.any([deadline, stop.running]) : deadline,
        dispatcher: this.#agent,
      });
      text = await response.text();
    } catch (error) {
      // the fault itself is not passed on: it may quote the request, and with it the credential
      const { why, wasUnsent } = faultOf(error);
      return { error: lost(deadline.aborted ? `no answer within ${timeout} s` : why, wasUnsent, url, about) };
    }
    const after = retryAfter(response.headers.get("retry-after"), Date.now());
    if (!response.ok) return { error: refusal(response, parsed(text), text, about), after };
    const body = parsed(text);
    if (body === undefined && text !== "") return { error: noJson(response, about) };
    const answer = { status: response.status, body, headers: response.headers };
    const wrong = request.judge?.(answer);
    return wrong ? { after, ...wrong } : { answer };
  }
}

/** The named error of a request that got no answer. */
function lost(why: string, wasUnsent: boolean, url: string, { what, exchange, repeatable }: About): Error {
  if (wasUnsent)
    return new Unreachable(
      `${new URL(url).origin} cannot be reached: ${why}`,
      exchange,
      "Check the endpoint (GOLIVE_ENDPOINT), the network and the proxy variables.",
    );
  return repeatable
    ? new ServerFault(`${what} got no answer: ${why}`, exchange, "Check the network, and run the same command again.")
    : new Ambiguous(
        `${what} was sent and its outcome is unknown: ${why}`,
        exchange,
        "Run the same command again: golive looks for what this may have made.",
      );
}

function parsed(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

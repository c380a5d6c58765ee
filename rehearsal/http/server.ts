import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { type Exchange, HttpError, readExchange, type Reply, send } from "./exchange";
import { Faults } from "./faults";

/** One request of the log: what was asked, never with what. */
export interface LogEntry {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly operation?: string;
  /** 0: the connection was dropped. */
  readonly status: number;
  readonly ms: number;
}
export interface Handlers {
  /** Answers a request of the management API. */
  api(exchange: Exchange): Reply;
  /** The name of a GraphQL operation. */
  operation(exchange: Exchange): string | undefined;
  /** Answers what belongs to the rehearsal itself, or nothing. */
  own(exchange: Exchange): Reply | undefined;
}
const logged = 500;

/** An HTTP server on this computer alone, with faults on request and a log of the last requests. */
export class RehearsalServer {
  readonly faults = new Faults();
  readonly #server: Server;
  readonly #log: LogEntry[] = [];
  #count = 0;

  constructor(private readonly handlers: Handlers) {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#server.keepAliveTimeout = 60_000;
  }

  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, "127.0.0.1", () => resolve());
    });
    return (this.#server.address() as AddressInfo).port;
  }
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
  get requests(): readonly LogEntry[] {
    return this.#log;
  }
  /** Requests of the management API since the start. */
  get count(): number {
    return this.#count;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    let exchange: Exchange;
    try {
      exchange = await readExchange(request);
    } catch (error) {
      const refused = error instanceof HttpError ? error : new HttpError(400, "The request could not be read.");
      if (!response.destroyed) send(response, "req_unread", { ...refused.reply(), headers: { connection: "close" } });
      return;
    }
    const { method, path, requestId } = exchange;
    const own = this.#guarded(() => this.handlers.own(exchange));
    if (own) return send(response, requestId, own);
    this.#count += 1;
    const operation = this.handlers.operation(exchange);
    const fault = this.faults.strike({ method, path, operation });
    const log = (status: number) => {
      const ms = Math.round((performance.now() - started) * 10) / 10;
      this.#log.push({ at: new Date().toISOString(), method, path, ...(operation && { operation }), status, ms });
      if (this.#log.length > logged) this.#log.shift();
    };
    const drop = () => {
      log(0);
      request.socket.destroy();
    };
    if (fault?.latencyMs) await delay(fault.latencyMs);
    if (fault?.drop === "before") return drop();
    const reply =
      fault?.status === undefined
        ? this.#guarded(() => this.handlers.api(exchange))!
        : new HttpError(fault.status, "A fault that was asked for.", "rehearsed_fault").reply();
    if (fault?.drop === "after") return drop();
    const retry: Record<string, string> =
      fault?.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) };
    log(reply.status);
    send(response, requestId, { ...reply, headers: { ...reply.headers, ...retry } });
  }

  /** An answer for every fault of ours too, without a trace of the code. */
  #guarded(run: () => Reply | undefined): Reply | undefined {
    try {
      return run();
    } catch (error) {
      if (error instanceof HttpError) return error.reply();
      process.stderr.write(`rehearsal: ${(error as Error).stack}\n`);
      return { status: 500, body: { message: "Internal Server Error" } };
    }
  }
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { type Exchange, type Head, headOf, HttpError, readBody, type Reply, send } from "./exchange";
import { Faults } from "./faults";
import { Log } from "./log";
import { foreign, Strangers } from "./strangers";

export type { LogEntry } from "./log";

/** Somebody who was let in, with one request. */
export interface Caller {
  answer(exchange: Exchange): Reply;
  /** The name of its operation, by which faults and the log know it. */
  operation?(exchange: Exchange): string | undefined;
  /** Where the credential is in the body: throws a refusal, unless it is right. */
  prove?(exchange: Exchange): void;
  /** How its API puts a refusal of the server itself, or of a fault. */
  refusal?(error: HttpError): Reply;
  /** Bytes that its body may have. */
  readonly longest?: number;
  /** A request of the rehearsal itself: no fault strikes it, and it is in no log. */
  readonly isOwn?: true;
}
/** Tells who asks, by the head alone: what strangers send is never read. @throws HttpError when nobody is let in. */
export type Admit = (head: Head) => Caller;

/** An HTTP server on this computer alone, with faults on request and a log of the last requests. */
export class RehearsalServer {
  readonly faults = new Faults();
  readonly log = new Log();
  readonly #server: Server;
  readonly #strangers: Strangers;

  constructor(private readonly admit: Admit) {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#server.keepAliveTimeout = 60_000;
    this.#server.headersTimeout = 10_000;
    this.#server.requestTimeout = 30_000;
    this.#strangers = new Strangers(this.#server);
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

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    const head = headOf(request);
    const { method, path, requestId } = head;
    const entry = (status: number, operation?: string) => {
      const ms = Math.round((performance.now() - started) * 10) / 10;
      return { at: new Date().toISOString(), method, path, ...(operation && { operation }), status, ms };
    };
    let caller: Caller | undefined;
    /** Nobody was let in, or what was sent cannot be read. */
    const refuse = (error: unknown) => {
      const reply = replyTo(error, caller);
      this.log.addRefused(entry(reply.status));
      if (response.destroyed) return;
      // the rest of a body that is too large is not waited for
      const ends: Record<string, string> = reply.status === 413 ? { connection: "close" } : {};
      send(response, requestId, { ...reply, headers: { ...reply.headers, ...ends } });
    };
    let known: Caller;
    let exchange: Exchange;
    try {
      const stranger = foreign(head);
      if (stranger) throw stranger;
      known = caller = this.admit(head);
      exchange = { ...head, text: await readBody(request, known.longest) };
      known.prove?.(exchange);
    } catch (error) {
      return refuse(error);
    }
    if (known.isOwn) return send(response, requestId, guarded(known, exchange));
    this.#strangers.know(request.socket);
    this.log.letIn();
    this.faults.tick();
    const operation = known.operation?.(exchange);
    const fault = this.faults.strike({ method, path, operation });
    const drop = () => {
      this.log.add(entry(0, operation));
      request.socket.destroy();
    };
    if (fault?.latencyMs) await delay(fault.latencyMs);
    if (fault?.drop === "before") return drop();
    if (fault?.drop === "late") {
      this.faults.hold(fault.requests ?? 1, () => void guarded(known, exchange));
      return drop();
    }
    const reply =
      fault?.status === undefined
        ? guarded(known, exchange)
        : replyTo(new HttpError(fault.status, "A fault that was asked for.", "rehearsed_fault"), known);
    if (fault?.drop === "after") return drop();
    const retry: Record<string, string> =
      fault?.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) };
    this.log.add(entry(reply.status, operation));
    send(response, requestId, { ...reply, headers: { ...reply.headers, ...retry } });
  }
}

/** An answer for every fault of ours too, without a trace of the code. */
function guarded(caller: Caller, exchange: Exchange): Reply {
  try {
    return caller.answer(exchange);
  } catch (error) {
    return replyTo(error, caller);
  }
}
function replyTo(error: unknown, caller?: Caller): Reply {
  if (error instanceof HttpError) return caller?.refusal?.(error) ?? error.reply();
  // the client went away in the middle of its body
  if ((error as NodeJS.ErrnoException).code === "ECONNRESET") return { status: 400 };
  process.stderr.write(`rehearsal: ${(error as Error).stack}\n`);
  return replyTo(new HttpError(500, "Internal Server Error"), caller);
}

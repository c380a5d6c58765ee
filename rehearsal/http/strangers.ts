import type { Server } from "node:http";
import type { Socket } from "node:net";
import { type Head, HttpError } from "./exchange";

/** Names of this computer, as it calls itself. A page that has its own name point here comes with that name. */
const isOwnName = (host: string): boolean => /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host);

/** Why a request is answered with nothing else: it came by way of a page in a browser, or was meant for another server. */
export function foreign({ headers }: Pick<Head, "headers">): HttpError | undefined {
  const host = headers.host ?? "";
  if (!isOwnName(host))
    return new HttpError(421, "The rehearsal answers to 127.0.0.1 and localhost only.", "foreign_host");
  const { origin } = headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`)
    return new HttpError(403, "The rehearsal answers no page of another origin.", "foreign_origin");
  // a browser says where a request without an origin comes from: an image, a script, a frame, a form
  const site = headers["sec-fetch-site"] ?? "none";
  const isVisit = headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  return site === "none" || site === "same-origin" || isVisit
    ? undefined
    : new HttpError(403, "The rehearsal is part of no other page.", "foreign_origin");
}

const most = 256;

/** Connections of which nobody knows yet whose they are. There are so many at once, and the oldest gives way. */
export class Strangers {
  readonly #sockets = new Set<Socket>();

  constructor(server: Server) {
    server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
      const [oldest] = this.#sockets;
      if (this.#sockets.size > most) oldest!.destroy();
    });
  }
  /** Its owner showed a credential. */
  know(socket: Socket): void {
    this.#sockets.delete(socket);
  }
}

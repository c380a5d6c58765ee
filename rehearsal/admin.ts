import { accountOfToken, issueToken } from "./domain/accounts";
import { accountOf, projectsOf, type Session } from "./domain/session";
import { bearerOf, type Exchange, HttpError, jsonOf, type Reply, unauthorized } from "./http/exchange";
import { type Fault, InvalidFault } from "./http/faults";
import type { Caller, RehearsalServer } from "./http/server";
import { Page } from "./page";
import type { Store } from "./store/database";
import { summaryOf } from "./domain/accounts";

const prefix = "/_rehearsal/";
const isRead = (method: string) => method === "GET" || method === "HEAD";
const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

/** The rehearsal's own routes: the page at `/`, and under `/_rehearsal/` what tests and the command ask for. */
export function adminRoutes(
  store: Store,
  server: () => RehearsalServer,
  reset: () => void,
  beside: () => string,
): (head: Pick<Exchange, "method" | "path" | "headers">) => Caller | undefined {
  const page = new Page(store, beside);
  const own = (answer: Caller["answer"], longest?: number): Caller => ({
    isOwn: true,
    answer,
    ...(longest !== undefined && { longest }),
  });
  return (head) => {
    const { method, path } = head;
    if (path === "/" && isRead(method))
      return own(() => ({ status: 200, body: page.render(server().log), headers: pageHeaders }), 0);
    if (path === "/health") return own(() => ({ status: 200, body: { status: "ok" } }), 0);
    if (!path.startsWith(prefix)) return undefined;
    // nobody on this computer, and no page in its browser, may break a deploy: the token is asked for
    const session = accountOfToken(store, bearerOf(head as Exchange));
    if (!session) throw unauthorized();
    return own((exchange) => routed(session, exchange));
  };

  function routed(session: Session, exchange: Exchange): Reply {
    const { faults, log } = server();
    const route = `${exchange.method} ${exchange.path.slice(prefix.length)}`;
    switch (route) {
      case "GET faults":
        return { status: 200, body: { data: faults.list } };
      case "POST faults":
        try {
          faults.add(jsonOf(exchange) as Fault);
        } catch (error) {
          throw error instanceof InvalidFault ? new HttpError(422, error.message, "invalid_fault") : error;
        }
        return { status: 201, body: { data: faults.list } };
      case "DELETE faults":
        faults.clear();
        return { status: 204 };
      case "GET requests":
        return { status: 200, body: { count: log.count, data: log.entries } };
      case "GET account":
        return {
          status: 200,
          body: {
            id: session.account,
            name: accountOf(session).data.name,
            projects: summaryOf(session),
            objects: store.count(),
            projectCount: projectsOf(session).length,
          },
        };
      case "POST tokens": {
        const { seconds = 300 } = jsonOf(exchange);
        if (typeof seconds !== "number" || !(seconds > 0)) throw new HttpError(422, "`seconds` is no time.", "invalid");
        return { status: 201, body: issueToken(session, seconds) };
      }
      case "POST reset":
        reset();
        return { status: 204 };
      default:
        throw new HttpError(404, "Not Found", "not_found");
    }
  }
}

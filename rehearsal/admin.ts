import { accountOfToken } from "./domain/accounts";
import { accountOf, projectsOf, type Session } from "./domain/session";
import { bearerOf, type Exchange, HttpError, jsonOf, type Reply, unauthorized } from "./http/exchange";
import { type Fault, InvalidFault } from "./http/faults";
import type { RehearsalServer } from "./http/server";
import { page } from "./page";
import type { Store } from "./store/database";
import { summaryOf } from "./domain/accounts";

const prefix = "/_rehearsal/";
/** The rehearsal's own routes: the page at `/`, and under `/_rehearsal/` what tests and the command ask for. */
export function adminRoutes(
  store: Store,
  server: () => RehearsalServer,
  reset: () => void,
): (exchange: Exchange) => Reply | undefined {
  const sessionOf = (exchange: Exchange): Session => {
    const session = accountOfToken(store, bearerOf(exchange));
    if (!session) throw unauthorized();
    return session;
  };
  return (exchange) => {
    const { method, path } = exchange;
    if (path === "/" && (method === "GET" || method === "HEAD"))
      return {
        status: 200,
        body: page(store, server().requests),
        headers: {
          "content-type": "text/html; charset=utf-8",
          "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
        },
      };
    if (path === "/health") return { status: 200, body: { status: "ok" } };
    if (!path.startsWith(prefix)) return undefined;
    // a page in a browser on this computer must not be able to break a deploy: the token is asked for
    const session = sessionOf(exchange);
    const { faults, requests, count } = server();
    switch (`${method} ${path.slice(prefix.length)}`) {
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
        return { status: 200, body: { count, data: requests } };
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
      case "POST reset":
        reset();
        return { status: 204 };
      default:
        throw new HttpError(404, "Not Found", "not_found");
    }
  };
}

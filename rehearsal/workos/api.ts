import { accountOfToken, environmentOfKey } from "../domain/accounts";
import { bearerOf, type Exchange, HttpError, jsonOf, type Reply, unauthorized } from "../http/exchange";
import type { Store } from "../store/database";
import { execute, operationOf } from "./graphql/execute";
import { login, platformApi } from "./platform-api";
import { rateLimits } from "./limits";
import { rest } from "./rest";

/** No login, in the dashboard plane's own shape. */
const unauthenticated: Reply = {
  status: 401,
  body: {
    message: "Unauthorized",
    errors: [{ message: "Not authenticated.", extensions: { code: "UNAUTHENTICATED" } }],
  },
};

/** The dashboard plane. */
function graphql(store: Store, exchange: Exchange): Reply {
  const session = accountOfToken(store, bearerOf(exchange));
  if (!session) return unauthenticated;
  if (exchange.method !== "POST") throw new HttpError(405, "Use POST.", "method_not_allowed");
  const { query, variables } = jsonOf(exchange);
  if (typeof query !== "string") throw new HttpError(400, "The body has no query.", "invalid_request_body");
  const header = exchange.headers["x-url-environment-id"];
  const result = execute(session, typeof header === "string" ? header : undefined, {
    query,
    ...(typeof variables === "object" && variables !== null && { variables: variables as Record<string, unknown> }),
  });
  return { status: result.data === undefined ? 400 : 200, body: result };
}

/** Every request of WorkOS's management API. */
export function workosApi(store: Store): {
  api(exchange: Exchange): Reply;
  operation(exchange: Exchange): string | undefined;
} {
  const limit = rateLimits();
  return {
    api(exchange) {
      limit(exchange);
      if (exchange.path === "/graphql") return graphql(store, exchange);
      if (exchange.path === "/oauth2/token" && exchange.method === "POST") return login(store, exchange);
      if (exchange.path.startsWith("/platform/")) return platformApi(store, exchange);
      const session = environmentOfKey(store, bearerOf(exchange));
      if (!session) throw unauthorized();
      return rest(session, exchange);
    },
    operation(exchange) {
      if (exchange.path !== "/graphql") return undefined;
      try {
        return operationOf(jsonOf(exchange)["query"]).name;
      } catch {
        return undefined;
      }
    },
  };
}

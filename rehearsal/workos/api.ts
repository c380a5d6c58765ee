import { accountOfToken, environmentOfKey } from "../domain/accounts";
import { bearerOf, type Exchange, HttpError, jsonOf, Refusal, type Reply, unauthorized } from "../http/exchange";
import type { Admit, Caller } from "../http/server";
import type { Session } from "../domain/session";
import type { Store } from "../store/database";
import { operationOf } from "./graphql/documents";
import { execute } from "./graphql/execute";
import type { ResolverContext } from "./graphql/scope";
import { loginCaller, platformApi, sessionOfPlatform } from "./platform-api";
import { rateLimits } from "./limits";
import { rest } from "./rest";

/** No login, in the dashboard API's own shape. */
const unauthenticated: Reply = {
  status: 401,
  body: {
    message: "Unauthorized",
    errors: [{ message: "Not authenticated.", extensions: { code: "UNAUTHENTICATED" } }],
  },
};

/** The dashboard API. */
function graphql(session: Session, options: ApiOptions, exchange: Exchange): Reply {
  if (exchange.method !== "POST") throw new HttpError(405, "Use POST.", "method_not_allowed");
  const { query, variables, operationName } = jsonOf(exchange);
  if (typeof query !== "string") throw new HttpError(400, "The body has no query.", "invalid_request_body");
  const header = exchange.headers["x-url-environment-id"];
  const named = typeof header === "string" ? header : undefined;
  const result = execute(
    { ...session, ...options, header: named },
    {
      query,
      ...(typeof operationName === "string" && { operationName }),
      ...(typeof variables === "object" && variables !== null && { variables: variables as Record<string, unknown> }),
    },
  );
  return { status: result.data === undefined ? 400 : 200, body: result };
}
function operationIn(exchange: Exchange): string | undefined {
  try {
    const { query, operationName } = jsonOf(exchange);
    return operationOf(query, operationName).name;
  } catch {
    return undefined;
  }
}

/** How the dashboard API takes who asks, and where. */
export type ApiOptions = Pick<ResolverContext, "role" | "isStrict">;

/** Who asks on the APIs of WorkOS's management API. */
export function workosApi(store: Store, options: ApiOptions): Admit {
  const limit = rateLimits();
  const limited = (answer: Caller["answer"], operation?: Caller["operation"]): Caller => ({
    answer(exchange) {
      limit(exchange);
      return answer(exchange);
    },
    ...(operation && { operation }),
  });
  return (head) => {
    const bearer = bearerOf(head);
    if (head.path === "/graphql") {
      const session = accountOfToken(store, bearer);
      if (!session) throw new Refusal(unauthenticated);
      return limited((exchange) => graphql(session, options, exchange), operationIn);
    }
    if (head.path === "/oauth2/token" && head.method === "POST") return loginCaller(store);
    if (head.path.startsWith("/platform/")) {
      const session = sessionOfPlatform(store, bearer);
      return limited((exchange) => platformApi(session, exchange));
    }
    const session = environmentOfKey(store, bearer);
    if (!session) throw unauthorized();
    return limited((exchange) => rest(session, exchange));
  };
}

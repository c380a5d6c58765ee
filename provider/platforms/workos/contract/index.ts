import type { Contract } from "../../platform";
import type { Credentials } from "../access";
import { assumptions } from "./assumptions";
import type * as looking from "./look";

/** A query of the dashboard API: its document has one operation, and that is none that writes. */
const isQuery = (json: unknown): boolean => {
  const { query } = (json ?? {}) as { readonly query?: unknown };
  return typeof query === "string" && /^\s*(query\b|\{)/.test(query) && !/\b(mutation|subscription)\b/.test(query);
};

export const contract: Contract<Credentials> = {
  assumptions,
  isRead: ({ method, path, json }) => method === "GET" || (method === "POST" && path === "graphql" && isQuery(json)),
  look(config, http) {
    // eslint-disable-next-line typescript/no-require-imports -- the clients, which who asks for an assumption does not need
    return (require("./look") as typeof looking).look(config, http);
  },
};

import type { EnvironmentData } from "../../store/objects";
import type { Row } from "../../store/database";
import type { Listed, Page } from "../../store/paging";
import type { Session } from "../../domain/session";
import { type Exchange, HttpError, jsonOf, type Reply } from "../../http/exchange";

/** A request of the environment API: its key says which environment it is about. */
export interface Call extends Session {
  readonly environment: Row<EnvironmentData>;
  readonly exchange: Exchange;
  /** What the pattern's `:names` stand for. */
  readonly params: Readonly<Record<string, string>>;
  readonly json: Record<string, unknown>;
}
export type Handler = (call: Call) => Reply;
/** `"GET /webhook_endpoints/:id"` → its handler. */
export type Routes = Readonly<Record<string, Handler>>;

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly handler: Handler;
}
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new HttpError(400, "The path is not well encoded.", "invalid_path");
  }
};

export function router(routes: Routes) {
  const table: Route[] = Object.entries(routes).map(([key, handler]) => {
    const [method, path] = key.split(" ") as [string, string];
    const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
    return { method, names, handler, pattern: new RegExp(`^${path.replaceAll(/:\w+/g, "([^/]+)")}$`) };
  });
  return (session: Session & { environment: Row<EnvironmentData> }, exchange: Exchange): Reply => {
    // a HEAD is a GET whose answer has no body
    const asked = exchange.method === "HEAD" ? "GET" : exchange.method;
    for (const { method, pattern, names, handler } of table) {
      const match = asked === method && pattern.exec(exchange.path);
      if (!match) continue;
      const params = Object.fromEntries(names.map((name, i) => [name, decoded(match[i + 1]!)]));
      const isWrite = method !== "GET";
      const call = { ...session, exchange, params, json: isWrite ? jsonOf(exchange) : {} };
      return isWrite ? session.store.transaction(() => handler(call)) : handler(call);
    }
    throw new HttpError(404, "Not Found", "not_found");
  };
}

/** 404 in the API's words. */
export const notFound = (what: string, id: string) =>
  new HttpError(404, `${what} not found: '${id}'.`, "entity_not_found");
/** 422. */
export const invalid = (message: string, errors: readonly unknown[] = [], code = "invalid_request_parameters") =>
  new HttpError(422, message, code, errors);
/** 422 for one field, with what is wrong with it. */
export const invalidField = (field: string, code: string, message: string) =>
  invalid("Validation failed.", [{ field, code, message: `${field} ${message}` }]);

/** A required piece of text. */
export function text(json: Record<string, unknown>, name: string, longest = 1_000): string {
  const value = json[name];
  if (typeof value !== "string" || value.trim() === "") throw invalidField(name, "required", "is required");
  if (value.length > longest) throw invalidField(name, "too_long", `has more than ${longest} characters`);
  return value;
}
/** Optional text, which may be empty: `undefined` when left out, `null` to clear. */
export function optionalText(json: Record<string, unknown>, name: string, longest = 1_000): string | null | undefined {
  const value = json[name];
  if (value === undefined || value === null || value === "") return value;
  return text(json, name, longest);
}
/** An optional yes or no. */
export function optionalFlag(json: Record<string, unknown>, name: string): boolean | undefined {
  const value = json[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "boolean") return value;
  throw invalidField(name, "invalid_type", "must be true or false");
}
/** An optional list of texts. */
export function texts(json: Record<string, unknown>, name: string): string[] | undefined {
  const value = json[name];
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.every((item): item is string => typeof item === "string")) return value;
  throw invalidField(name, "invalid_type", "must be a list of strings");
}

const orders = ["asc", "desc", "normal"] as const;

/** The documented paging parameters. An empty cursor is none: it would else be a page with nothing on it. */
export function pageOf({ query }: Exchange): Page {
  const limit = Number(query.get("limit") || 10);
  const order = query.get("order") || "desc";
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw invalidField("limit", "out_of_range", "must be from 1 to 100");
  const known = orders.find((name) => name === order);
  if (!known) throw invalidField("order", "invalid_enum", `must be one of ${orders.join(", ")}`);
  return { limit, order: known, before: query.get("before") || null, after: query.get("after") || null };
}
export const list = <R>({ rows, before, after }: Listed<R>, view: (row: R) => unknown): Reply => ({
  status: 200,
  body: { object: "list", data: rows.map(view), list_metadata: { before, after } },
});
export const ok = (body: unknown, status = 200): Reply => ({ status, body });
export const noContent: Reply = { status: 204 };
export const times = ({ createdAt, updatedAt }: Row<unknown>) => ({ created_at: createdAt, updated_at: updatedAt });

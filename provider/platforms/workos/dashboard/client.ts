import { Forbidden, GoliveError, Invalid, NotFound, Unauthorized, Unsupported } from "../../../errors";
import type { Http } from "../../../http";
import { clean, type Credential } from "../../../http/secret";
import { Batches } from "../../wire/batching";
import { refusalOf, type TypedRefusal } from "./refusals";

type Bag = Readonly<Record<string, unknown>>;
declare const known: unique symbol;
/** Id of an environment that was seen in the account. The server takes any other for production, silently. */
export type EnvironmentId = string & { readonly [known]: true };

interface Page<W> {
  readonly data: readonly W[];
  readonly listMetadata: { readonly after: string | null };
}
const pageSize = 100;
/** Objects in one request: answers stay small enough to come at once. */
const batchSize = 40;

/** A string in the text of a query. Written there, it fits whichever of two types an id has. */
export const quoted = (text: string): string => JSON.stringify(text);

/** The dashboard API: GraphQL as a signed-in person. */
export class Dashboard {
  constructor(
    private readonly http: Http,
    private readonly token: Credential | undefined,
  ) {}

  /** One query. @param inside The environment it is about, for the header. */
  async query<T>(name: string, query: string, variables: Bag = {}, inside?: EnvironmentId): Promise<T> {
    return (await this.#send(name, { query, variables }, true, inside)) as T;
  }

  /** Every object of a list, page by page. `args` is text, e.g. `environmentId: "environment_01…"`. */
  async all<W>(name: string, args: string, fields: string, inside?: EnvironmentId): Promise<readonly W[]> {
    const found: W[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const from: string = after === undefined ? "" : `, after: ${quoted(after)}`;
      const text = `{ ${name}(${args}, limit: ${pageSize}${from}) { data { ${fields} } listMetadata { after } } }`;
      const page: Page<W> = (await this.query<Record<string, Page<W>>>(name, text, {}, inside))[name]!;
      found.push(...page.data);
      after = page.listMetadata.after ?? null;
    }
    return found;
  }

  /** Reads objects by id. Those asked for at once share a request; `undefined` is the platform's word that one is gone. */
  reader<W>(name: string, fields: string): (id: string) => Promise<W | undefined> {
    const ask = async (ids: readonly string[]): Promise<(readonly [string, W | undefined])[]> => {
      const text = `{ ${ids.map((id, i) => `o${i}: ${name}(id: ${quoted(id)}) { ${fields} }`).join(" ")} }`;
      try {
        const answer = await this.query<Record<string, W | null>>(name, text);
        return ids.map((id, i) => [id, answer[`o${i}`] ?? undefined] as const);
      } catch (error) {
        if (ids.length === 1 && error instanceof NotFound) return [[ids[0]!, undefined]];
        // one that cannot be read must not keep the others from being read
        if (ids.length === 1 || !(error instanceof Invalid || error instanceof NotFound)) throw error;
        return (await Promise.all(ids.map((id) => ask([id])))).flat();
      }
    };
    const batches = new Batches<string, ReadonlyMap<string, W | undefined>>(async (asked) => {
      const ids = [...new Set(asked)];
      const chunks = Array.from({ length: Math.ceil(ids.length / batchSize) }, (_, i) =>
        ids.slice(i * batchSize, (i + 1) * batchSize),
      );
      return new Map((await Promise.all(chunks.map(ask))).flat());
    });
    return async (id) => (await batches.add(id)).get(id);
  }

  /**
   * One mutation. `members` are the members of its result's union with what to select of each; the first is success.
   * @param repeatable Doing it twice comes to the same.
   */
  async mutate<T>(
    name: string,
    input: Bag,
    members: readonly string[],
    { repeatable = false, inside }: { repeatable?: boolean; inside?: EnvironmentId | undefined } = {},
  ): Promise<T> {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const fragments = members.map((member) => `... on ${member}`).join(" ");
    const query = `mutation ${name}($input: ${type}!) { ${name}(input: $input) { __typename ${fragments} } }`;
    const data = await this.#send(name, { query, variables: { input } }, repeatable, inside);
    const result = (data as Record<string, TypedRefusal | null>)[name];
    if (!result) throw new GoliveError(`${name} answered nothing`, "Check that the endpoint is a management API.");
    if (result.__typename !== members[0]!.split(" ")[0])
      throw refusalOf(name, result, { method: "POST", url: "graphql" });
    return result as T;
  }

  /**
   * One mutation that answers an object, and no union of results: what it refuses is an error.
   * @param types What each argument is there, e.g. `{ id: "String!" }`. @param select What to ask of the answer; nothing of a scalar.
   */
  async call<T>(
    name: string,
    types: Readonly<Record<string, string>>,
    values: Bag,
    select = "",
    { repeatable = false, inside }: { repeatable?: boolean; inside?: EnvironmentId | undefined } = {},
  ): Promise<T> {
    const given = Object.entries(types).filter(([argument]) => values[argument] !== undefined);
    const variables = given.map(([argument, type]) => `$${argument}: ${type}`).join(", ");
    const passed = given.map(([argument]) => `${argument}: $${argument}`).join(", ");
    const query = `mutation ${name}(${variables}) { ${name}(${passed}) ${select && `{ ${select} }`} }`;
    const json = { query, variables: Object.fromEntries(given.map(([argument]) => [argument, values[argument]])) };
    return ((await this.#send(name, json, repeatable, inside)) as Record<string, T>)[name]!;
  }

  async #send(name: string, json: Bag, repeatable: boolean, inside?: EnvironmentId): Promise<unknown> {
    if (!this.token) throw new Unsupported(`${name} needs a dashboard token`, "Set GOLIVE_TOKEN.");
    const { body, headers } = await this.http
      .send({
        method: "POST",
        path: "graphql",
        json,
        credential: this.token,
        repeatable,
        name,
        ...(inside && { headers: { "x-url-environment-id": inside } }),
      })
      .catch((error: unknown) => {
        // this API says of an object that it is gone in a typed answer, never by the status of its one address
        if (!(error instanceof NotFound)) throw error;
        throw new GoliveError(error.message, "Check that the endpoint is a management API: nothing is taken for gone.");
      });
    const { data, errors = [] } = (body ?? {}) as {
      data?: unknown;
      errors?: readonly { message: string; extensions?: { code?: string } }[];
    };
    const [first] = errors;
    if (!first && data) return data;
    const exchange = { method: "POST", url: "graphql", requestId: headers.get("x-request-id") ?? undefined };
    const said = errors.map(({ message }) => message).join("; ") || "the answer holds no data";
    const words = `${name} was refused: ${clean(said)}`;
    const from = `The token came from ${this.token.origin}.`;
    switch (first?.extensions?.code) {
      case "UNAUTHENTICATED":
        throw new Unauthorized(words, exchange, `Log in again. ${from}`);
      case "FORBIDDEN":
        throw new Forbidden(words, exchange, `Use a token that may do this. ${from}`);
      case "NOT_FOUND":
        throw new NotFound(words, exchange);
      default:
        if (first) throw new Invalid(words, exchange);
        throw new GoliveError(words, "Check that the endpoint is a management API.");
    }
  }
}

import { GoliveError, NotFound, Unsupported } from "../../../errors";
import type { Answer, Http, Judgement } from "../../../http";
import type { Credential } from "../../../http/secret";
import { type About, answered, type Answered, noAnswer, refusedBy } from "./answer";
import type { EnvironmentOperation, TeamOperation } from "./operations";
import { refusalOf, type TypedRefusal } from "./refusals";

export type Bag = Readonly<Record<string, unknown>>;
declare const known: unique symbol;
/** Id of an environment that was seen in the account. The server takes any other for production, silently. */
export type EnvironmentId = string & { readonly [known]: true };

interface Page<W> {
  readonly data: readonly W[];
  readonly listMetadata: { readonly after: string | null };
}
interface Sending {
  readonly query: string;
  readonly variables?: Bag;
  /** Doing it twice comes to the same. */
  readonly repeatable: boolean;
  readonly inside?: EnvironmentId | undefined;
  readonly judge: (answer: Answered, about: About) => Judgement | undefined;
}
const pageSize = 100;

/** A string in the text of a query. Written there, it fits whichever of two types an id has. */
export const quoted = (text: string): string => JSON.stringify(text);

/** Sends one document, and answers what of it was judged good. */
class Wire {
  constructor(
    private readonly http: Http,
    private readonly token: Credential | undefined,
  ) {}

  async send(
    name: string,
    { query, variables = {}, repeatable, inside, judge }: Sending,
  ): Promise<Answered & { about: About }> {
    if (!this.token)
      throw new Unsupported(`${name} needs a dashboard token`, "Set GOLIVE_TOKEN_COMMAND or GOLIVE_TOKEN.");
    const aboutOf = (headers: Headers | Answer["headers"]): About => ({
      name,
      repeatable,
      token: this.token!,
      requestId: headers.get("x-request-id") ?? undefined,
    });
    const { body, headers } = await this.http
      .send({
        method: "POST",
        path: "graphql",
        json: { query, variables },
        credential: this.token,
        repeatable,
        name,
        judge: (answer) => judge(answered(answer.body), aboutOf(answer.headers)),
        ...(inside && { headers: { "x-url-environment-id": inside } }),
      })
      .catch((error: unknown) => {
        // this API says of an object that it is gone in a typed answer, never by the status of its one address
        if (!(error instanceof NotFound) || error.exchange.status !== 404) throw error;
        throw new GoliveError(error.message, "Check that the endpoint is a management API: nothing is taken for gone.");
      });
    return { ...answered(body), about: aboutOf(headers) };
  }
}

/** What may be sent about the team, or about one environment. */
class Operations<Name extends string> {
  constructor(
    protected readonly wire: Wire,
    protected readonly environment?: EnvironmentId,
  ) {}

  /** One query. Answers its data. */
  async query<T>(name: Name, query: string, variables: Bag = {}): Promise<T> {
    const judge = (answer: Answered, about: About) => refusedBy(answer, about);
    return (await this.wire.send(name, { query, variables, repeatable: true, inside: this.environment, judge }))
      .data as T;
  }

  /**
   * One mutation. `members` are the members of its result's union with what to select of each; the first is success.
   * @param repeatable Doing it twice comes to the same.
   */
  async mutate<T>(
    name: Name,
    input: Bag,
    members: readonly string[],
    { repeatable = false }: { readonly repeatable?: boolean } = {},
  ): Promise<T> {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const fragments = members.map((member) => `... on ${member}`).join(" ");
    const query = `mutation ${name}($input: ${type}!) { ${name}(input: $input) { __typename ${fragments} } }`;
    const { result, about } = await this.write(name, { query, variables: { input }, repeatable });
    const { __typename: answer } = (
      typeof result === "object" && result !== null ? result : {}
    ) as Partial<TypedRefusal>;
    if (typeof answer !== "string") throw noAnswer(about, "nothing");
    if (answer !== members[0]!.split(" ")[0])
      throw refusalOf(name, result as TypedRefusal, { method: "POST", url: "graphql", requestId: about.requestId });
    return result as T;
  }

  protected async write(
    name: Name,
    sending: Omit<Sending, "inside" | "judge">,
  ): Promise<{ readonly result: unknown; readonly about: About }> {
    const judge = (answer: Answered, about: About) => refusedBy(answer, about, name);
    const { data, about } = await this.wire.send(name, { ...sending, inside: this.environment, judge });
    return { result: data![name], about };
  }
}

/** What may be sent about one environment, with its id in the header. */
export class Inside extends Operations<EnvironmentOperation> {
  /** Every object of a list, page by page. `args` is text, e.g. `environmentId: "environment_01…"`. */
  async all<W>(name: EnvironmentOperation, args: string, fields: string): Promise<readonly W[]> {
    const found: W[] = [];
    const seen = new Set<string>();
    for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
      const from = after === undefined ? "" : `, after: ${quoted(after)}`;
      const text = `{ ${name}(${args}, limit: ${pageSize}${from}) { data { ${fields} } listMetadata { after } } }`;
      const page = (await this.query<Record<string, Partial<Page<W>> | null>>(name, text))[name];
      found.push(...listed(name, page?.data));
      after = page?.listMetadata?.after || undefined;
      if (after !== undefined && seen.has(after)) throw notAnswered(name, "the same page twice");
      seen.add(after ?? "");
    }
    return found;
  }

  /**
   * One mutation that answers an object, and no union of results: what it refuses is an error.
   * @param types What each argument is there, e.g. `{ id: "String!" }`. @param select What to ask of the answer; nothing of a scalar.
   */
  async call<T>(
    name: EnvironmentOperation,
    types: Readonly<Record<string, string>>,
    values: Bag,
    select = "",
    { repeatable = false }: { readonly repeatable?: boolean } = {},
  ): Promise<T> {
    const given = Object.keys(values).filter((argument) => values[argument] !== undefined);
    const stray = given.find((argument) => !Object.hasOwn(types, argument));
    if (stray !== undefined) throw new GoliveError(`${name} has no argument ${stray}, and nothing was sent`);
    const variables = given.map((argument) => `$${argument}: ${types[argument]}`).join(", ");
    const passed = given.map((argument) => `${argument}: $${argument}`).join(", ");
    const query = `mutation ${name}(${variables}) { ${name}(${passed}) ${select && `{ ${select} }`} }`;
    const json = Object.fromEntries(given.map((argument) => [argument, values[argument]]));
    const { result, about } = await this.write(name, { query, variables: json, repeatable });
    if (select && (typeof result !== "object" || result === null)) throw noAnswer(about, "nothing");
    return result as T;
  }

  /** Several fields in one query, each under its alias; what is wrong with one is told beside the others. */
  async each(name: EnvironmentOperation, query: string): Promise<Answered & { readonly about: About }> {
    const judge = (answer: Answered, about: About) => {
      const isOfSome = answer.faults.length > 0 && answer.faults.every(({ at }) => at !== undefined);
      return isOfSome ? undefined : refusedBy(answer, about);
    };
    return this.wire.send(name, { query, repeatable: true, inside: this.environment, judge });
  }
}

/** The dashboard API: GraphQL as a signed-in person. These operations are about the whole team. */
export class Dashboard extends Operations<TeamOperation> {
  constructor(http: Http, token: Credential | undefined) {
    super(new Wire(http, token));
  }

  /** The operations of one environment. There is no other way to them: each must carry its id. */
  inside(environment: EnvironmentId): Inside {
    return new Inside(this.wire, environment);
  }
}

/** The error of an answer that does not tell what was asked. */
export const notAnswered = (name: string, what = "something else"): GoliveError =>
  new GoliveError(
    `${name} was answered with ${what}`,
    "Check that the endpoint is a management API: nothing is taken for gone.",
  );

/** The list of an answer. One that is none proves nothing. */
export function listed<W>(name: string, data: readonly W[] | null | undefined): readonly W[] {
  if (!Array.isArray(data) || data.some((one) => one === null || typeof one !== "object"))
    throw notAnswered(name, "no list");
  return data as readonly W[];
}

import type { Credential } from "../../config";
import {
  Conflict,
  type Exchange,
  Forbidden,
  GoliveError,
  Invalid,
  NotFound,
  Refused,
  Unauthorized,
} from "../../errors";
import type { Http } from "../../http";
import { redact } from "../../http/secret";
import { billingStep } from "./capabilities";

type Bag = Readonly<Record<string, unknown>>;
interface Failure extends Bag {
  readonly __typename: string;
  readonly message?: string;
  readonly name?: string;
  readonly slug?: string;
  readonly uri?: string;
  readonly event?: string;
  readonly missing?: readonly { kind: string; name: string }[];
  readonly environments?: readonly { id: string; name: string }[];
}

/** A typed refusal as the error that it is. */
function failureOf(operation: string, failure: Failure, exchange: Exchange): Error {
  const { __typename: type, message, missing, environments } = failure;
  const named = failure.uri ?? failure.event ?? failure.name ?? failure.slug;
  const words = redact(`${operation} answered ${type}${message ? `: ${message}` : named ? ` for "${named}"` : ""}`);
  if (type === "ProductionEnvironmentRequiresBilling")
    return new Refused("production is locked until the account has billing", billingStep);
  if (missing)
    return new Refused(
      `the environment depends on what the destination lacks: ${missing.map((m) => `${m.kind} "${m.name}"`).join(", ")}`,
      "Declare these in the destination project first, then move it.",
    );
  if (environments)
    return new Refused(
      `the project still holds ${environments.map((e) => `"${e.name}" (${e.id})`).join(", ")}`,
      "Delete or move these environments first.",
    );
  if (type.endsWith("NotFound")) return new NotFound(words, exchange);
  if (/Already|Duplicate/.test(type)) return new Conflict(words, exchange);
  if (/CannotDelete/.test(type)) return new Refused(words, "It belongs to the platform and stays.");
  return new Invalid(words, exchange);
}

/** The dashboard plane: GraphQL as a signed-in person. */
export class Dashboard {
  constructor(
    private readonly http: Http,
    private readonly token: Credential,
  ) {}

  /** One query. `environmentId` must have been validated: the server takes an unknown one for production, silently. */
  async query<T>(name: string, text: string, variables: Bag = {}, environmentId?: string): Promise<T> {
    return (await this.#send(name, text, variables, true, environmentId)) as T;
  }

  /**
   * One mutation. `members` are the members of its result's union with what to select of each; the first is success.
   * @param repeatable Doing it twice comes to the same.
   */
  async mutate<T>(
    name: string,
    input: Bag,
    members: readonly string[],
    { repeatable = false, environmentId }: { repeatable?: boolean; environmentId?: string | undefined } = {},
  ): Promise<T> {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const fragments = members.map((member) => `... on ${member}`).join(" ");
    const text = `mutation Golive($input: ${type}!) { ${name}(input: $input) { __typename ${fragments} } }`;
    const data = (await this.#send(name, text, { input }, repeatable, environmentId)) as Record<string, Failure>;
    const result = data[name]!;
    const success = members[0]!.split(/[\s{]/)[0];
    if (result.__typename !== success) throw failureOf(name, result, { method: "POST", url: name });
    return result as T;
  }

  async #send(
    name: string,
    query: string,
    variables: Bag,
    repeatable: boolean,
    environmentId?: string,
  ): Promise<unknown> {
    const { body, headers } = await this.http.send({
      method: "POST",
      path: "graphql",
      json: { query, variables },
      credential: this.token,
      repeatable,
      name,
      ...(environmentId && { headers: { "x-url-environment-id": environmentId } }),
    });
    const { data, errors } = (body ?? {}) as {
      data?: unknown;
      errors?: { message: string; extensions?: { code?: string } }[];
    };
    if (!errors?.length && data) return data;
    const requestId = headers.get("x-request-id") ?? undefined;
    const exchange = { method: "POST", url: name, requestId };
    const words = redact(
      `${name} was refused: ${
        errors
          ?.map((e) => e.message)
          .join("; ")
          .slice(0, 256) ?? "the answer holds no data"
      }`,
    );
    const code = errors?.[0]?.extensions?.code;
    const from = `The token came from ${this.token.origin}.`;
    if (code === "UNAUTHENTICATED") throw new Unauthorized(words, exchange, `Log in again. ${from}`);
    if (code === "FORBIDDEN") throw new Forbidden(words, exchange, `Use a token that may do this. ${from}`);
    if (errors?.length) throw new Invalid(words, exchange);
    throw new GoliveError(words, "Check that the endpoint is a management API.");
  }
}

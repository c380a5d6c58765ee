import { executeSync, type ExecutionResult, GraphQLError } from "graphql";
import { Refusal } from "../../http/exchange";
import { documentOf, isErrors, operationOf, schemaOf } from "./documents";
import { mutations } from "./mutations";
import { queries } from "./queries";
import type { ResolverContext } from "./scope";

/** A fault of the server's own among the errors: anything but what GraphQL or a resolver says on purpose. */
const ownFault = ({ errors = [] }: ExecutionResult): Error | undefined =>
  errors.map(({ originalError }) => originalError).find((error) => error && !(error instanceof GraphQLError)) ??
  undefined;

interface Body {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  /** Which of several operations is asked for. */
  readonly operationName?: string;
}

const isForbidden = ({ errors = [] }: ExecutionResult) =>
  errors.some(({ extensions }) => extensions["code"] === "FORBIDDEN");

/** Runs one request. A write is one transaction; a fault of our own undoes all of it, and so does a refusal of the person. */
export function execute(context: ResolverContext, body: Body): ExecutionResult {
  const document = documentOf(body.query);
  if (isErrors(document)) return { errors: document };
  const { isWrite } = operationOf(body.query, body.operationName);
  const run = () => {
    const result = executeSync({
      schema: schemaOf(),
      document,
      rootValue: isWrite ? mutations : queries,
      contextValue: context,
      variableValues: body.variables ?? {},
      operationName: body.operationName || undefined,
    });
    const fault = ownFault(result);
    if (fault) throw fault;
    if (isForbidden(result)) throw new Refusal({ status: 403, body: { message: "Forbidden", errors: result.errors } });
    return result;
  };
  return isWrite ? context.store.transaction(run) : run();
}

import { executeSync, type ExecutionResult, GraphQLError } from "graphql";
import type { Session } from "../../domain/session";
import { documentOf, isErrors, operationOf, schemaOf } from "./documents";
import { mutations } from "./mutations";
import { queries } from "./queries";

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

/** Runs one request. A write is one transaction; a fault of our own undoes all of it. */
export function execute(session: Session, header: string | undefined, body: Body): ExecutionResult {
  const document = documentOf(body.query);
  if (isErrors(document)) return { errors: document };
  const { isWrite } = operationOf(body.query, body.operationName);
  const run = () => {
    const result = executeSync({
      schema: schemaOf(),
      document,
      rootValue: isWrite ? mutations : queries,
      contextValue: { ...session, header },
      variableValues: body.variables ?? {},
      operationName: body.operationName || undefined,
    });
    const fault = ownFault(result);
    if (fault) throw fault;
    return result;
  };
  return isWrite ? session.store.transaction(run) : run();
}

import {
  buildSchema,
  type DocumentNode,
  executeSync,
  type ExecutionResult,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  parse,
  type SelectionSetNode,
  validate,
} from "graphql";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Session } from "../../domain/session";
import { mutations } from "./mutations";
import { queries } from "./queries";

/** The schema is a file that people read; it lies beside the compiled code, in the package's own folder. */
const schemaFile = path.join(__dirname, "../../../workos/graphql/schema.graphql");
let schema: GraphQLSchema | undefined;
const documents = new Map<string, DocumentNode | readonly GraphQLError[]>();
const mostDocuments = 500;

const deepest = 8;

/** How many levels of fields a selection has. Each level of environments of projects of environments multiplies the answer. */
function depthOf(document: DocumentNode, { selections }: SelectionSetNode): number {
  const depths = selections.map((selection) => {
    if (selection.kind === "Field") {
      const isIntrospection = selection.name.value.startsWith("__");
      return selection.selectionSet && !isIntrospection ? 1 + depthOf(document, selection.selectionSet) : 1;
    }
    if (selection.kind === "InlineFragment") return depthOf(document, selection.selectionSet);
    const { value } = selection.name;
    const fragment = document.definitions.find((d) => d.kind === "FragmentDefinition" && d.name.value === value);
    return fragment?.kind === "FragmentDefinition" ? depthOf(document, fragment.selectionSet) : 0;
  });
  return Math.max(0, ...depths);
}

/** Parsed and validated once: clients send the same few documents again and again. */
function documentOf(text: string): DocumentNode | readonly GraphQLError[] {
  const known = documents.get(text);
  if (known) return known;
  schema ??= buildSchema(readFileSync(schemaFile, "utf8"));
  let document: DocumentNode | readonly GraphQLError[];
  try {
    const ast = parse(text, { maxTokens: 5_000 });
    const errors = [...validate(schema, ast)];
    // only a valid document is sure to have no fragments in a circle
    if (
      errors.length === 0 &&
      ast.definitions.some((d) => "selectionSet" in d && depthOf(ast, d.selectionSet) > deepest)
    )
      errors.push(new GraphQLError(`The document has more than ${deepest} levels.`));
    document = errors.length > 0 ? errors : ast;
  } catch (error) {
    document = [error as GraphQLError];
  }
  if (documents.size >= mostDocuments) documents.clear();
  documents.set(text, document);
  return document;
}
const isErrors = (d: DocumentNode | readonly GraphQLError[]): d is readonly GraphQLError[] => Array.isArray(d);

/** The name of the first field, e.g. `createFlag`, by which faults and logs know the request; and whether it writes. */
export function operationOf(text: unknown): { name: string | undefined; isWrite: boolean } {
  const document = typeof text === "string" ? documentOf(text) : [];
  const operation = isErrors(document) ? undefined : getOperationAST(document);
  const [field] = operation?.selectionSet.selections ?? [];
  return {
    name: field?.kind === "Field" ? field.name.value : undefined,
    isWrite: operation?.operation === "mutation",
  };
}

/** A fault of the server's own among the errors: anything but what GraphQL or a resolver says on purpose. */
const ownFault = ({ errors = [] }: ExecutionResult): Error | undefined =>
  errors.map(({ originalError }) => originalError).find((error) => error && !(error instanceof GraphQLError)) ??
  undefined;

/** Runs one request. A write is one transaction; a fault of our own undoes all of it. */
export function execute(
  session: Session,
  header: string | undefined,
  body: { query: string; variables?: Record<string, unknown> },
): ExecutionResult {
  const document = documentOf(body.query);
  if (isErrors(document)) return { errors: document };
  const { isWrite } = operationOf(body.query);
  const run = () => {
    const result = executeSync({
      schema: schema!,
      document,
      rootValue: isWrite ? mutations : queries,
      contextValue: { ...session, header },
      variableValues: body.variables ?? {},
    });
    const fault = ownFault(result);
    if (fault) throw fault;
    return result;
  };
  return isWrite ? session.store.transaction(run) : run();
}

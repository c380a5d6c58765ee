import { buildSchema, type DocumentNode, getOperationAST, GraphQLError, type GraphQLSchema, validate } from "graphql";
import { readFileSync } from "node:fs";
import path from "node:path";
import { boundedDocument } from "./bounds";

/** The schema is a file that people read; it lies beside the compiled code, in the package's own folder. */
const schemaFile = path.join(__dirname, "../../../workos/graphql/schema.graphql");
let schema: GraphQLSchema | undefined;
export const schemaOf = (): GraphQLSchema => (schema ??= buildSchema(readFileSync(schemaFile, "utf8")));

/** A document that may be executed, or what is wrong with it. */
export type Checked = DocumentNode | readonly GraphQLError[];
export const isErrors = (document: Checked): document is readonly GraphQLError[] => Array.isArray(document);

/** Bytes of text whose documents are kept. */
const mostBytes = 500_000;

/** Clients send the same few documents again and again: these are kept, the least lately used go first. */
class Documents {
  readonly #known = new Map<string, Checked>();
  #bytes = 0;

  of(text: string): Checked {
    const known = this.#known.get(text);
    const document = known ?? checked(text);
    if (known) this.#known.delete(text);
    else this.#bytes += text.length;
    this.#known.set(text, document);
    for (const [oldest] of this.#known) {
      if (this.#bytes <= mostBytes) break;
      this.#known.delete(oldest);
      this.#bytes -= oldest.length;
    }
    return document;
  }
}
function checked(text: string): Checked {
  try {
    const document = boundedDocument(text);
    const errors = validate(schemaOf(), document, undefined, { maxErrors: 20 });
    return errors.length > 0 ? errors : document;
  } catch (error) {
    return [error instanceof GraphQLError ? error : new GraphQLError("The document cannot be read.")];
  }
}
const documents = new Documents();
/** Parsed, held against the bounds and validated. */
export const documentOf = (text: string): Checked => documents.of(text);

/** The name of the first field, e.g. `createFlag`, by which faults and logs know the request; and whether it writes. */
export function operationOf(text: unknown, operationName?: unknown): { name: string | undefined; isWrite: boolean } {
  const document = typeof text === "string" ? documentOf(text) : [];
  const named = typeof operationName === "string" && operationName !== "" ? operationName : undefined;
  const operation = isErrors(document) ? undefined : getOperationAST(document, named);
  const [field] = operation?.selectionSet.selections ?? [];
  return {
    name: field?.kind === "Field" ? field.name.value : undefined,
    isWrite: operation?.operation === "mutation",
  };
}

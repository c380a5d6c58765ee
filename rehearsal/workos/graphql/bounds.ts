import {
  type DefinitionNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  Lexer,
  parse,
  type DocumentNode,
  type SelectionNode,
  Source,
  TokenKind,
} from "graphql";

/** What a document may have. A request of golive reads 40 objects and has some 2,000 tokens, 40 aliases and 5 levels. */
export const bounds = {
  bytes: 100_000,
  tokens: 6_000,
  /** Brackets in brackets, of the text. */
  nesting: 40,
  /** Fields, with each fragment's counted wherever it is spread. */
  fields: 5_000,
  /** Fields in fields. Each level of environments of projects of environments multiplies the answer. */
  levels: 8,
  /** The same of introspection, whose standard query asks for types of types. */
  introspectionLevels: 18,
  aliases: 200,
  /** Fields that come to one place of the answer: each is compared with every other. */
  merged: 20,
} as const;
const refused = (message: string) => new GraphQLError(message, { extensions: { code: "DOCUMENT_TOO_LARGE" } });
const tooMany = (what: string, most: number) => refused(`The document has more than ${most} ${what}.`);

/** One walk over the text, before anything is made of it. */
function checkText(text: string): void {
  if (Buffer.byteLength(text) > bounds.bytes) throw tooMany("bytes", bounds.bytes);
  const lexer = new Lexer(new Source(text));
  let depth = 0;
  for (let tokens = 0; lexer.advance().kind !== TokenKind.EOF; tokens++) {
    if (tokens >= bounds.tokens) throw tooMany("tokens", bounds.tokens);
    const { kind } = lexer.token;
    if (kind === TokenKind.BRACE_L || kind === TokenKind.BRACKET_L || kind === TokenKind.PAREN_L) depth += 1;
    if (kind === TokenKind.BRACE_R || kind === TokenKind.BRACKET_R || kind === TokenKind.PAREN_R) depth -= 1;
    if (depth > bounds.nesting) throw tooMany("brackets in brackets", bounds.nesting);
  }
}

/** Fields of an answer by their place in it, and what is below each. */
class ResponsePath {
  merged = 0;
  readonly below = new Map<string, ResponsePath>();
  at(name: string): ResponsePath {
    const place = this.below.get(name) ?? new ResponsePath();
    this.below.set(name, place);
    return place;
  }
}

/**
 * Walks every selection where it takes effect. It stops at the first bound, fields that fragments repeat among them: it
 * takes no more steps than there may be fields, whatever the document says, circles of fragments too.
 */
function checkSelections({ definitions }: DocumentNode): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  let steps = 0;
  let aliases = 0;
  let depth = 0;
  const walk = (selections: readonly SelectionNode[], place: ResponsePath, level: number, deepest: number): void => {
    depth += 1;
    if (depth > bounds.nesting) throw tooMany("selections in selections", bounds.nesting);
    for (const selection of selections) {
      steps += 1;
      if (steps > bounds.fields) throw tooMany("fields", bounds.fields);
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment) walk(fragment.selectionSet.selections, place, level, deepest);
        continue;
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        walk(selection.selectionSet.selections, place, level, deepest);
        continue;
      }
      const { alias, name, selectionSet } = selection;
      if (alias && ++aliases > bounds.aliases) throw tooMany("aliases", bounds.aliases);
      const here = place.at((alias ?? name).value);
      here.merged += 1;
      if (here.merged > bounds.merged) throw tooMany("fields of one name in one place", bounds.merged);
      const most = name.value.startsWith("__") ? bounds.introspectionLevels : deepest;
      if (level > most) throw tooMany("levels", most);
      if (selectionSet) walk(selectionSet.selections, here, level + 1, most);
    }
    depth -= 1;
  };
  for (const definition of definitions) {
    if (!isExecutable(definition)) throw refused("A document holds operations and fragments, and nothing else.");
    const isFragment = definition.kind === Kind.FRAGMENT_DEFINITION;
    walk(
      definition.selectionSet.selections,
      new ResponsePath(),
      1,
      isFragment ? bounds.introspectionLevels : bounds.levels,
    );
  }
}
const isExecutable = (definition: DefinitionNode) =>
  definition.kind === Kind.OPERATION_DEFINITION || definition.kind === Kind.FRAGMENT_DEFINITION;

/** The document of a text, if its size is within bounds. @throws GraphQLError */
export function boundedDocument(text: string): DocumentNode {
  checkText(text);
  const document = parse(text, { maxTokens: bounds.tokens + 1 });
  checkSelections(document);
  return document;
}

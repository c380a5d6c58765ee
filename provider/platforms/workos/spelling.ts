import { type Failure, isUnknown } from "../../define";
import type { Inputs, Kind } from "../../resources";

/** An input that names where the object lives: it goes into the address, not into the body. */
export const scope: unique symbol = Symbol("scope");
/** An input that the platform neither takes nor keeps. */
export const own: unique symbol = Symbol("own");
/** An input that requests of its own carry, such as a rotation. */
export const apart: unique symbol = Symbol("apart");

export type Wire = Readonly<Record<string, unknown>>;
/** An input that the platform writes in another shape. */
export interface Codec<V> {
  /** What to ask for in a GraphQL selection. */
  readonly select: string;
  to(value: V): Wire;
  /** `null` when it is not set there, `undefined` when the answer does not tell. */
  from(wire: Wire): V | null | undefined;
  /** The mutation or method that writes it, when it is not the object's own. */
  readonly via?: string;
}
export interface Unsupported<V = unknown> {
  /** Why, and what to do. */
  readonly unsupported: string;
  /** Whether this value is refused. All are, when left out. */
  applies?(value: V): boolean;
}
/** An input that the rehearsal serves, and the real API does not. */
export interface Extension<V> {
  readonly extension: Word<V>;
  readonly otherwise: Unsupported<V>;
}
/** One input's word on the wire: its name there, a codec, or why there is none. */
export type Word<V> = string | Codec<V> | Unsupported<V> | Extension<V> | typeof scope | typeof own | typeof apart;

type Common = "adopt" | "environmentType";
/** Every input of a kind, spelled or refused: a new field of the definition does not compile until it is here. */
export type Spelling<K extends Kind> = {
  readonly [F in Exclude<keyof Inputs<K>, Common>]: Word<NonNullable<Inputs<K>[F]>>;
};
/** Any table. */
export type AnySpelling = Readonly<Record<string, Word<unknown>>>;

export const unsupported = <V>(reason: string, applies?: (value: V) => boolean): Unsupported<V> => ({
  unsupported: reason,
  ...(applies && { applies }),
});
export const extension = <V>(word: Word<V>, otherwise: string, applies?: (value: V) => boolean): Extension<V> => ({
  extension: word,
  otherwise: unsupported(otherwise, applies),
});

const isExtension = (word: Word<unknown>): word is Extension<unknown> =>
  typeof word === "object" && "extension" in word;
const isCodec = (word: Word<unknown> | undefined): word is Codec<unknown> => typeof word === "object" && "to" in word;

/** The table as it holds at one platform: there extensions are spelled, or refused. */
export const spelledFor = <K extends Kind>(spelling: Spelling<K>, extensions: boolean): Spelling<K> =>
  Object.fromEntries(
    Object.entries(spelling as AnySpelling).map(([name, word]) => [
      name,
      isExtension(word) ? (extensions ? word.extension : word.otherwise) : word,
    ]),
  ) as unknown as Spelling<K>;

/**
 * The table of a plane that reaches less than the dashboard's, which spells every field: what is not spelled here is
 * refused, for the reason it is refused there or else for this one.
 */
export const lesser = <K extends Kind>(full: Spelling<K>, words: Partial<Spelling<K>>, reason: string): Spelling<K> =>
  ({
    ...Object.fromEntries(
      Object.entries(full as AnySpelling).map(([name, word]) => {
        if (typeof word === "object" && "unsupported" in word) return [name, word];
        return [name, isExtension(word) ? word.otherwise : unsupported(reason)];
      }),
    ),
    ...words,
  }) as unknown as Spelling<K>;

/** What of these inputs the table refuses. */
export function refused(spelling: AnySpelling, inputs: Wire): Failure[] {
  return Object.entries(spelling).flatMap(([property, word]) => {
    const value = inputs[property];
    if (value === undefined || typeof word !== "object" || !("unsupported" in word)) return [];
    const applies = !word.applies || (!isUnknown(value) && word.applies(value));
    return applies ? [{ property, reason: word.unsupported }] : [];
  });
}

/** Which mutation or method writes an input; `undefined` when none does. */
export function writerOf(spelling: AnySpelling, name: string, main: string): string | undefined {
  const word = spelling[name];
  return typeof word === "string" ? main : isCodec(word) ? (word.via ?? main) : undefined;
}

/** The named inputs on the wire, by what writes them; `main` is what writes the object itself. */
export function toWire<K extends Kind>(
  spelling: Spelling<K>,
  inputs: Partial<Inputs<K>>,
  names: Iterable<string>,
  main: string,
): Map<string, Wire> {
  const writes = new Map<string, Wire>();
  for (const name of names) {
    const via = writerOf(spelling as AnySpelling, name, main);
    const value = (inputs as Wire)[name];
    if (via === undefined || value === undefined) continue;
    const word = (spelling as AnySpelling)[name] as string | Codec<unknown>;
    writes.set(via, { ...writes.get(via), ...(isCodec(word) ? word.to(value) : { [word]: value }) });
  }
  return writes;
}

/** The inputs that an answer tells, in golive's words. */
export function fromWire<K extends Kind>(
  spelling: Spelling<K>,
  wire: Wire,
): Partial<{ [F in keyof Inputs<K>]: Inputs<K>[F] | null }> {
  const told = Object.entries(spelling as AnySpelling).flatMap(([name, word]) => {
    const value = isCodec(word) ? word.from(wire) : typeof word === "string" ? wire[word] : undefined;
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(told);
}

/** The GraphQL selection of everything that is spelled. */
export const selection = <K extends Kind>(spelling: Spelling<K>): string =>
  Object.values(spelling as AnySpelling)
    .flatMap((word) => (isCodec(word) ? [word.select] : typeof word === "string" ? [word] : []))
    .join(" ");

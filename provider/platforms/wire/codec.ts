import { type Failure, isUnknown } from "../../define";
import type { Inputs, Kind } from "../../resources";
import type { Changed, ChangedInputs } from "../platform";

/** An input that names where the object lives: it goes into the address, not into the body. */
export const scope: unique symbol = Symbol("scope");
/** An input that the platform neither takes nor keeps. */
export const own: unique symbol = Symbol("own");
/** An input that requests of its own carry, such as a rotation. */
export const apart: unique symbol = Symbol("apart");

export type Wire = Readonly<Record<string, unknown>>;
/** An input that the platform writes in another shape. */
export interface Mapping<V> {
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
  readonly extension: FieldCodec<V>;
  readonly otherwise: Unsupported<V>;
}
/** An input that the platform takes, and from which it does not take everything back. */
export interface Lasting<V> {
  readonly word: FieldCodec<V>;
  /** Why, and what to do. */
  readonly lasting: string;
  /** Whether this change is refused. */
  applies(held: V, value: V | undefined, inputs: Wire, olds: Wire): boolean;
}
/** One input's word on the wire: its name there, a codec, or why there is none. */
export type FieldCodec<V> =
  | string
  | Mapping<V>
  | Unsupported<V>
  | Extension<V>
  | Lasting<V>
  | typeof scope
  | typeof own
  | typeof apart;

type Common = "adopt" | "environmentType" | "deletionProtection";
/**
 * Every input of a kind, with a codec or refused: a new field of the definition does not compile until it is here, and one
 * that may leave the program not until its codec writes what it is cleared to.
 */
export type Codecs<K extends Kind> = {
  readonly [F in Exclude<keyof Inputs<K>, Common>]: FieldCodec<
    undefined extends Inputs<K>[F] ? Changed<NonNullable<Inputs<K>[F]>> : Inputs<K>[F]
  >;
} & { readonly deletionProtection?: typeof own };
/** Any table. */
export type AnyCodecs = Readonly<Record<string, FieldCodec<unknown>>>;

export const unsupported = <V>(reason: string, applies?: (value: V) => boolean): Unsupported<V> => ({
  unsupported: reason,
  ...(applies && { applies }),
});
export const extension = <V>(
  word: FieldCodec<V>,
  otherwise: string,
  applies?: (value: V) => boolean,
): Extension<V> => ({
  extension: word,
  otherwise: unsupported(otherwise, applies),
});
/** @param applies Whether this change is refused; one that drops the field is, when left out */
export const lasting = <V>(
  word: FieldCodec<V>,
  reason: string,
  applies: Lasting<V>["applies"] = (_held, value) => value === undefined,
): Lasting<V> => ({ word, lasting: reason, applies });

const isLasting = (word: FieldCodec<unknown> | undefined): word is Lasting<unknown> =>
  typeof word === "object" && "lasting" in word;
const isExtension = (word: FieldCodec<unknown>): word is Extension<unknown> =>
  typeof word === "object" && "extension" in word;
const isMapping = (word: FieldCodec<unknown> | undefined): word is Mapping<unknown> =>
  typeof word === "object" && "to" in word;
/** How it is written, whether or not it can be taken back. */
const bare = (word: FieldCodec<unknown>): FieldCodec<unknown> => (isLasting(word) ? bare(word.word) : word);

/** The table as it holds at one platform: there extensions have a codec, or are refused. */
export const codecsFor = <K extends Kind>(codecs: Codecs<K>, extensions: boolean): Codecs<K> => {
  const here = (word: FieldCodec<unknown>): FieldCodec<unknown> => {
    if (isLasting(word)) return { ...word, word: here(word.word) };
    return isExtension(word) ? (extensions ? word.extension : word.otherwise) : word;
  };
  const words = Object.entries(codecs as AnyCodecs).map(([name, word]) => [name, here(word)]);
  return Object.fromEntries(words) as unknown as Codecs<K>;
};

/**
 * The table of an API that reaches less than the dashboard's, which has a codec for every field: what has none here is
 * refused, for the reason it is refused there or else for this one.
 */
export const lesser = <K extends Kind>(full: Codecs<K>, words: Partial<Codecs<K>>, reason: string): Codecs<K> =>
  ({
    ...Object.fromEntries(
      Object.entries(full as AnyCodecs).map(([name, codec]) => {
        const word = bare(codec);
        if (typeof word === "object" && "unsupported" in word) return [name, word];
        return [name, isExtension(word) ? word.otherwise : unsupported(reason)];
      }),
    ),
    ...words,
  }) as unknown as Codecs<K>;

/** What of these inputs the table refuses, and what of the change from the old ones. */
export function refused(codecs: AnyCodecs, inputs: Wire, olds: Wire = {}): Failure[] {
  return Object.entries(codecs).flatMap(([property, codec]) => {
    const value = inputs[property];
    const held = olds[property];
    if (isLasting(codec) && held !== undefined && !isUnknown(value) && codec.applies(held, value, inputs, olds))
      return [{ property, reason: codec.lasting }];
    const word = bare(codec);
    if (value === undefined || typeof word !== "object" || !("unsupported" in word)) return [];
    const applies = !word.applies || (!isUnknown(value) && word.applies(value));
    return applies ? [{ property, reason: word.unsupported }] : [];
  });
}

/** Which mutation or method writes an input; `undefined` when none does. */
export function writerOf(codecs: AnyCodecs, name: string, main: string): string | undefined {
  const word = codecs[name] && bare(codecs[name]);
  return typeof word === "string" ? main : isMapping(word) ? (word.via ?? main) : undefined;
}

/** The named inputs on the wire, by what writes them; `main` is what writes the object itself. */
export function toWire<K extends Kind>(
  codecs: Codecs<K>,
  inputs: Partial<ChangedInputs<K>>,
  names: Iterable<string>,
  main: string,
): Map<string, Wire> {
  const writes = new Map<string, Wire>();
  for (const name of names) {
    const via = writerOf(codecs as AnyCodecs, name, main);
    const value = (inputs as Wire)[name];
    if (via === undefined || value === undefined) continue;
    const word = bare((codecs as AnyCodecs)[name]!) as string | Mapping<unknown>;
    writes.set(via, { ...writes.get(via), ...(isMapping(word) ? word.to(value) : { [word]: value }) });
  }
  return writes;
}

/** The inputs that an answer tells, in golive's words. */
export function fromWire<K extends Kind>(
  codecs: Codecs<K>,
  wire: Wire,
): Partial<{ [F in keyof Inputs<K>]: Inputs<K>[F] | null }> {
  const told = Object.entries(codecs as AnyCodecs).flatMap(([name, codec]) => {
    const word = bare(codec);
    const value = isMapping(word) ? word.from(wire) : typeof word === "string" ? wire[word] : undefined;
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(told);
}

/** The GraphQL selection of everything that has a codec. */
export const selection = <K extends Kind>(codecs: Codecs<K>): string =>
  Object.values(codecs as AnyCodecs)
    .map(bare)
    .flatMap((word) => (isMapping(word) ? [word.select] : typeof word === "string" ? [word] : []))
    .join(" ");

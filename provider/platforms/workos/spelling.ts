import type { Inputs, Kind } from "../../resources";

/** An input that names where the object lives: it goes into the address, not into the body. */
export const scope: unique symbol = Symbol("scope");
/** An input of golive's own, which reaches no platform. */
export const own: unique symbol = Symbol("own");

/** An input that the platform writes in another shape. */
export interface Codec<V> {
  /** What to ask for in a GraphQL selection. */
  readonly select: string;
  to(value: V): Record<string, unknown>;
  /** `null` when it is not set there, `undefined` when the answer does not tell. */
  from(wire: Readonly<Record<string, unknown>>): V | null | undefined;
  /** The mutation that writes it, when it is not the object's own. */
  readonly via?: string;
}
export interface Unsupported {
  readonly unsupported: string;
}
/** One input's word on the wire: its name there, a codec, or why there is none. */
export type Word<V> = string | Codec<V> | Unsupported | typeof scope | typeof own;

type Common = "adopt" | "environmentType";
/** Every input of a kind, spelled or refused: a new field of the definition does not compile until it is here. */
export type Spelling<K extends Kind> = {
  readonly [F in Exclude<keyof Inputs<K>, Common>]: Word<NonNullable<Inputs<K>[F]>>;
};
type AnySpelling = Readonly<Record<string, Word<unknown>>>;
type Bag = Readonly<Record<string, unknown>>;

const isCodec = (word: Word<unknown>): word is Codec<unknown> => typeof word === "object" && "to" in word;
/** Why the platform has no such field, if it has none. */
export const unsupportedBy = (word: Word<unknown> | undefined): string | undefined =>
  typeof word === "object" && "unsupported" in word ? word.unsupported : undefined;

/** The named inputs on the wire, by the mutation that writes them; `main` is the object's own. */
export function toWire<K extends Kind>(
  spelling: Spelling<K>,
  inputs: Partial<Inputs<K>>,
  names: Iterable<string>,
  main: string,
): Map<string, Record<string, unknown>> {
  const writes = new Map<string, Record<string, unknown>>();
  for (const name of names) {
    const word = (spelling as AnySpelling)[name];
    const value = (inputs as Bag)[name];
    if (word === undefined || value === undefined) continue;
    const via = (isCodec(word) && word.via) || main;
    const wire = isCodec(word) ? word.to(value) : typeof word === "string" ? { [word]: value } : undefined;
    if (wire) writes.set(via, { ...writes.get(via), ...wire });
  }
  return writes;
}

/** The inputs that an answer tells, in golive's words. */
export function fromWire<K extends Kind>(
  spelling: Spelling<K>,
  wire: Bag,
): Partial<{ [F in keyof Inputs<K>]: Inputs<K>[F] | null }> {
  const told = Object.entries(spelling as AnySpelling).flatMap(([name, word]) => {
    const value = isCodec(word) ? word.from(wire) : typeof word === "string" ? wire[word] : undefined;
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(told);
}

/** The GraphQL selection of everything that is spelled. */
export const selection = (spelling: AnySpelling): string =>
  Object.values(spelling)
    .flatMap((word) => (isCodec(word) ? [word.select] : typeof word === "string" ? [word] : []))
    .join(" ");

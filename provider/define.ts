import type { z } from "zod";

/** How a field crosses from staging to production when a stack's config is cloned. */
export type Crossing =
  /** The value is right in both. */
  | "copy"
  /** A person decides: the field is listed as required production config. */
  | "ask"
  /** Makes no sense in production, or the platform makes it anew. */
  | "drop"
  /** A URL: https, and its host mapped. */
  | "transform";

/** What one field means, said once. The comment over a field is its documentation in editors, schema.json and docs. */
export interface Rules {
  /** A change makes a new resource. */
  readonly replace?: true;
  /** A change is refused; the sentence says what to do instead. */
  readonly fixed?: string;
  /** Never printed, encrypted in state. */
  readonly secret?: true;
  /** Part of the natural key, which finds the object without its id. */
  readonly key?: true;
  /** Holds the id of a resource of this type; the SDK also takes the resource itself. */
  readonly ref?: string;
  /** The SDK fills it with `[input, property]` when that input is given as a resource. */
  readonly from?: readonly [input: string, property: string];
  /** golive's own: it is kept in state and reaches no platform. */
  readonly local?: true;
  /** Read when the object is made or taken over; a later change is no change. */
  readonly createOnly?: true;
  /** A list whose order carries no meaning: a set, which holds each member once. */
  readonly unordered?: true;
  /** What a new object has where this is not declared, and so what it is cleared to when it leaves the program. Nothing, when not said. */
  readonly fresh?: unknown;
  /** The values of the input `kind` that it belongs to. All, when left out. */
  readonly kinds?: readonly string[];
  /** A moment at which this of the object ends, e.g. `the key`: one that is past is refused where it is new, one within a day warns. */
  readonly ends?: string;
  /** While true in state, delete is refused; the text says what would be lost with the object. */
  readonly protects?: string;
  /** An object that says, field by field, who owns it: `"code"`, or `"people"` for a field that is written once, at creation. */
  readonly owners?: true;
  /** Raising it makes new credentials. */
  readonly rotates?: true;
  /** Declared where this other input is true. Elsewhere the platform gives it: an output of the same name. */
  readonly declaredWhere?: string;
  /** An output that the platform gives once, or that golive keeps: what state holds survives a read without it. */
  readonly kept?: true;
  /** An output that is the resource's id under its public name. */
  readonly id?: true;
  /** @default "copy" */
  readonly crossing?: Crossing;
}

export interface Field<S extends z.ZodType = z.ZodType> extends Rules {
  readonly schema: S;
}
export type Fields = Readonly<Record<string, Field>>;
/** Values by field name. At preview a value may be {@link UNKNOWN}. */
export type Bag = Record<string, unknown>;
/** Whether a value has parts by name, and is no list. */
export const isBag = (value: unknown): value is Bag =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export type Parsed<F extends Fields> = { [K in keyof F]: z.output<F[K]["schema"]> };

/** One reason why inputs are refused, with the path of the property, e.g. `redirectUris[2].uri`. */
export interface Failure {
  readonly property: string;
  readonly reason: string;
}
/** A rule across fields. It must let unknown values pass: see {@link isUnknown}. */
export type Rule<I extends Fields> = (inputs: Partial<Parsed<I>>) => readonly Failure[];

export interface Definition<T extends string = string, I extends Fields = Fields, O extends Fields = Fields> {
  readonly type: T;
  readonly inputs: I;
  readonly outputs: O;
  /** Defaults that depend on other fields. Must leave fields whose source is unknown alone. */
  complete?(inputs: Partial<Parsed<I>>): Partial<Parsed<I>>;
  readonly rules?: readonly Rule<I>[];
  /** The platform has one object of a natural key at a time. */
  readonly sole?: true;
  /** Inputs of the usage that the docs show, apart from those that name another resource: that one is shown with it. */
  readonly example?: Bag;
}
export type State<D extends Definition> = Parsed<D["inputs"]> & Parsed<D["outputs"]>;

export const field = <S extends z.ZodType>(schema: S, rules: Rules = {}): Field<S> => ({ schema, ...rules });

/** A field that holds the id of another resource, and in a program takes the resource itself. */
export interface Reference<S extends z.ZodType = z.ZodType> extends Field<S> {
  readonly ref: string;
}
export const reference = <S extends z.ZodType>(type: string, schema: S, rules: Rules = {}): Reference<S> => ({
  schema,
  ...rules,
  ref: type,
});

/** The engine's placeholder for a value that is not known until `up`. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value is, or anywhere holds, one that is not known until `up`. */
export const isUnknown = (value: unknown): boolean =>
  value === UNKNOWN || (typeof value === "object" && value !== null && Object.values(value).some(isUnknown));

/** The names of the fields for which `keep` answers true, in the order of the definition. */
export const namesOf = (fields: Fields, keep: (field: Field, name: string) => boolean): string[] =>
  Object.entries(fields).flatMap(([name, f]) => (keep(f, name) ? [name] : []));

import type { z } from "zod";
import { type Bag, type Field, type Fields, isUnknown, type Parsed, type Rule } from "../define";
import { lookedUp } from "../lifecycle/lookup";
import type { Platform } from "../platforms/platform";
import type { Kind } from "../resources";

/** A question to the platform. It writes nothing; both doors and every language have it from here. */
export interface FunctionDefinition<T extends string = string, I extends Fields = Fields, O extends Fields = Fields> {
  /** The function's name, e.g. `getProject`. */
  readonly type: T;
  /** The resource type whose fields it answers. */
  readonly about?: Kind;
  readonly inputs: I;
  readonly outputs: O;
  readonly rules?: readonly Rule<I>[];
  /** Arguments of the usage that the docs show, and the answer that it goes on with. */
  readonly example: { readonly args: Bag; readonly answer: keyof O & string };
  run(platform: Platform, args: Parsed<I>): Promise<Partial<Parsed<O>>>;
}

export const defineFunction = <const T extends string, I extends Fields, O extends Fields>(
  own: FunctionDefinition<T, I, O>,
): FunctionDefinition<T, I, O> => own;

/** Of an object: what is asked for, as state would hold it, without what the platform does not tell. */
export async function found(platform: Platform, kind: Kind, args: Bag, outputs: Fields): Promise<Bag> {
  const asked = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
  const { state } = await lookedUp(platform, kind, asked);
  const told = Object.entries(state as Bag).filter(([name, value]) => name in outputs && value != null);
  return { ...Object.fromEntries(told), ...("account" in outputs && { account: (await platform.account()).id }) };
}

/** By its id alone, or by something that it has. */
export const byIdOrNames =
  (...names: readonly string[]): Rule<Fields> =>
  (inputs: Bag) => {
    const given = names.filter((name) => inputs[name] !== undefined);
    const words = names.map((name) => `\`${name}\``).join(", ");
    if (inputs["id"] === undefined && given.length === 0)
      return [{ property: "id", reason: `is required where nothing of ${words} is given` }];
    return inputs["id"] !== undefined && given.length > 0 && !isUnknown(inputs)
      ? given.map((property) => ({ property, reason: "stands beside `id`, which says all: leave it out" }))
      : [];
  };

/** A field as an answer has it: what a platform may leave out. */
type Told<F> = F extends Field<infer S> ? Field<z.ZodOptional<S>> : never;
/**
 * The fields of a resource as answers, apart from `left`: golive's own, what is secret, and what the platform tells once.
 * Their comments are those of the resource.
 */
export function toldOf<F extends Fields, const L extends keyof F & string>(
  fields: F,
  left: readonly L[],
): { readonly [K in Exclude<keyof F, L>]: Told<F[K]> } {
  const kept = Object.entries(fields).filter(([name]) => !left.some((one) => one === name));
  return Object.fromEntries(kept.map(([name, field]) => [name, { ...field, schema: answered(field) }])) as unknown as {
    readonly [K in Exclude<keyof F, L>]: Told<F[K]>;
  };
}
/** Without its default: an answer is what there is. */
function answered({ schema }: Field): z.ZodType {
  const inner = schema.type === "default" ? (schema as z.ZodDefault<z.ZodType>).unwrap() : schema;
  return inner.optional();
}

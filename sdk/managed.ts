import type { Definition, Field, FunctionDefinition, Reference } from "@golive/provider";
import * as pulumi from "@pulumi/pulumi";
import { doorOf, otherDoor, tokenOf } from "./doors";
import { stopOffline } from "./offline";
import { isProtected, remember } from "./protection";
import { type Shape, shapes } from "./shapes";

// The one file of clever types: a definition's fields become the arguments and outputs of a class. Mapping straight over
// the fields keeps their comments, which editors show.
type In<F> = F extends Field<infer S> ? S["_zod"]["input"] : never;
type Out<F> = F extends Field<infer S> ? S["_zod"]["output"] : never;
/** A value of which every part may be an output. */
type Deep<T> = pulumi.Input<
  T extends readonly (infer E)[] ? Deep<E>[] : T extends object ? { [K in keyof T]: Deep<Exclude<T[K], undefined>> } : T
>;
/** An id also comes as the resource that has it. */
type Argument<F> = Deep<Exclude<In<F>, undefined>> | (F extends Reference ? pulumi.CustomResource : never);
type OptionalKey<I> = { [K in keyof I]: undefined extends In<I[K]> ? K : never }[keyof I];
/** What a program declares of a resource. */
export type Args<D extends Definition> = {
  [K in keyof D["inputs"] as K extends OptionalKey<D["inputs"]> ? never : K]: Argument<D["inputs"][K]>;
} & { [K in keyof D["inputs"] as K extends OptionalKey<D["inputs"]> ? K : never]?: Argument<D["inputs"][K]> };
/** The settings of the provider, each as an input. */
export type Settings<F> = { [K in keyof F]?: pulumi.Input<Exclude<In<F[K]>, undefined>> };
type Outputs<F> = { readonly [K in keyof F]: pulumi.Output<Out<F[K]>> };
export type Managed<D extends Definition> = pulumi.CustomResource & Outputs<D["inputs"]> & Outputs<D["outputs"]>;

/** What a function is asked with, each value at hand. */
export type FunctionArgs<F extends FunctionDefinition> = {
  [K in keyof F["inputs"] as K extends OptionalKey<F["inputs"]> ? never : K]: In<F["inputs"][K]>;
} & { [K in keyof F["inputs"] as K extends OptionalKey<F["inputs"]> ? K : never]?: In<F["inputs"][K]> };
/** The same of outputs, and of the resources themselves. */
export type FunctionOutputArgs<F extends FunctionDefinition> = {
  [K in keyof F["inputs"] as K extends OptionalKey<F["inputs"]> ? never : K]: Argument<F["inputs"][K]>;
} & { [K in keyof F["inputs"] as K extends OptionalKey<F["inputs"]> ? K : never]?: Argument<F["inputs"][K]> };
/** What a function answers. */
export type FunctionResult<F extends FunctionDefinition> = {
  readonly [K in keyof F["outputs"]]: Out<F["outputs"][K]>;
};

export interface ManagedClass<D extends Definition> {
  new (name: string, args: Args<D>, opts?: pulumi.CustomResourceOptions): Managed<D>;
  /** Reads an object that another program or person manages; nothing is created, changed or deleted. */
  get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Managed<D>;
  isInstance(value: unknown): value is Managed<D>;
}

type Bag = Record<string, unknown>;
const isResource = (value: unknown): value is pulumi.CustomResource => pulumi.CustomResource.isInstance(value);

/** The written arguments as the engine gets them: ids in place of resources, and what those resources tell. */
function propertiesOf({ refs, from, secrets }: Shape, written: Bag): Bag {
  const properties = { ...written };
  for (const [input, [source, property]] of Object.entries(from)) {
    const resource = written[source];
    if (properties[input] === undefined && isResource(resource)) properties[input] = Reflect.get(resource, property);
  }
  for (const ref of refs)
    if (isResource(properties[ref])) properties[ref] = (properties[ref] as pulumi.CustomResource).id;
  // an input that is a secret is one in state, however the program holds it
  for (const name of secrets) if (properties[name] !== undefined) properties[name] = pulumi.secret(properties[name]);
  return properties;
}

/**
 * All that state holds of the provider: one line that names the SDK, the program's own dependency. No code, no path and
 * no secret, the same in every version.
 */
export const loaderOf = (type: string): string =>
  `exports.handler=()=>require("@golive/pulumi/door").${type[0]!.toLowerCase()}${type.slice(1)}()`;

/**
 * The resource's URN, by which golive tells whose an object is; a dynamic provider is not told it otherwise. Its text alone,
 * without the dependency on the parent that an output of it has: a child would wait for a component that waits for it.
 */
const urnOf = (name: string, token: string, { parent }: pulumi.CustomResourceOptions): pulumi.Output<string> => {
  const urn = pulumi.createUrn(name, token, parent) as pulumi.Output<string> & { promise(): Promise<string> };
  return pulumi.output(urn.promise());
};

/** The class of a resource, from its definition. */
export function managed<D extends Definition>(type: D["type"]): ManagedClass<D> {
  const shape = shapes[type]!;
  const tokens = { dynamic: tokenOf("dynamic", type), plugin: tokenOf("plugin", type) };
  const named = {
    [type]: class extends pulumi.CustomResource {
      constructor(name: string, args: Bag | undefined, opts: pulumi.CustomResourceOptions = {}) {
        stopOffline();
        const properties = {
          ...Object.fromEntries(shape.properties.map((property) => [property, undefined])),
          ...propertiesOf(shape, args ?? {}),
          __provider: loaderOf(type),
          // what another program manages is read, and has no owner here; the same owner behind either door
          ...(opts.id === undefined && { origin: urnOf(name, tokens.dynamic, opts) }),
        };
        const guard = isProtected(shape, args ?? {}) ? { protect: true } : {};
        // the engine asks no provider when a user forces a replacement, and two objects cannot share a natural key
        const order = { deleteBeforeReplace: true };
        const door = doorOf(opts);
        const always = { additionalSecretOutputs: [...shape.secrets], aliases: [{ type: tokens[otherDoor(door)] }] };
        super(tokens[door], name, properties, pulumi.mergeOptions({ ...guard, ...order, ...opts }, always));
        remember(this, args ?? {});
      }
      static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions) {
        return new this(name, undefined, { ...opts, id });
      }
      static override isInstance(value: unknown): value is Managed<D> {
        return isResource(value) && Object.values(tokens).includes(Reflect.get(value, "__pulumiType") as string);
      }
    },
  };
  return named[type] as unknown as ManagedClass<D>;
}

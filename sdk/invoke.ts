import type { FunctionDefinition, FunctionName } from "@golive/provider";
import type * as direct from "@golive/provider/doors/direct";
import * as pulumi from "@pulumi/pulumi";
import { doorOf, packages, tokenOf } from "./doors";
import type { FunctionArgs, FunctionOutputArgs, FunctionResult } from "./managed";
import { settingsGiven } from "./provider";
import { refusal } from "./stop";

type Bag = Record<string, unknown>;
/** Asks with values at hand. */
export type Direct<F extends FunctionDefinition> = (
  args: FunctionArgs<F>,
  opts?: pulumi.InvokeOptions,
) => Promise<FunctionResult<F>>;
/** Asks once every argument is known. */
export type Lifted<F extends FunctionDefinition> = (
  args: FunctionOutputArgs<F>,
  opts?: pulumi.InvokeOutputOptions,
) => pulumi.Output<FunctionResult<F>>;

interface Settings {
  readonly isExplicit: boolean;
  readonly values: pulumi.Output<Readonly<Record<string, string>>>;
}
/** An output whose value a program may wait for. */
type Waiting<T> = pulumi.Output<T> & { promise(): Promise<T>; readonly isKnown: Promise<boolean> };

/** What the dynamic door would be told: the settings of an explicit provider, itself or through a parent. */
function settingsOf({ provider, parent }: pulumi.InvokeOptions): Settings {
  const given = settingsGiven(provider ?? parent?.getProvider(`${packages.dynamic}:index:Any`));
  return { isExplicit: given !== undefined, values: given ?? pulumi.output<Record<string, string>>({}) };
}

/** Asks in this process: through the dynamic door the engine has no functions. What it takes is loaded when one is asked. */
async function askHere(
  name: FunctionName,
  { isExplicit }: Settings,
  values: Readonly<Record<string, string>>,
  args: Bag,
) {
  // eslint-disable-next-line typescript/no-require-imports -- the provider, which `import` of the SDK must not load
  const { askDirectly } = require("@golive/provider/doors/direct") as typeof direct;
  const config = new pulumi.Config("golive");
  const get = (setting: string): string | undefined => {
    if (setting === "explicit") return String(isExplicit);
    return isExplicit ? values[setting] : config.get(setting);
  };
  try {
    return await askDirectly(name, get, args);
  } catch (error) {
    throw refusal((error as Error).message);
  }
}

/** The direct form of a function. */
export const asked =
  <F extends FunctionDefinition>(name: F["type"] & FunctionName): Direct<F> =>
  async (args, opts = {}) => {
    if (doorOf(opts) === "plugin")
      return (await pulumi.runtime.invoke(tokenOf("plugin", name), args as pulumi.Inputs, opts)) as FunctionResult<F>;
    const settings = settingsOf(opts);
    const values = settings.values as Waiting<Readonly<Record<string, string>>>;
    if (!(await values.isKnown))
      throw refusal(`${name}: the settings of the provider are not known before \`up\`. Ask with ${name}Output.`);
    return (await askHere(name, settings, await values.promise(), args as Bag)).outputs as FunctionResult<F>;
  };

/** Ids in place of resources. */
const plain = (args: Bag): Bag =>
  Object.fromEntries(
    Object.entries(args).map(([key, value]) => [key, pulumi.CustomResource.isInstance(value) ? value.id : value]),
  );
/** What the question waits for; a resource that is not made yet is not known. */
const made = (dependsOn: pulumi.InvokeOutputOptions["dependsOn"]): pulumi.Output<unknown> =>
  pulumi.output(dependsOn as pulumi.Input<pulumi.Input<pulumi.Resource>[]>).apply((all) => {
    const list = ([] as pulumi.Resource[]).concat((all as unknown as pulumi.Resource[] | undefined) ?? []);
    return pulumi.all(list.map((one) => (pulumi.CustomResource.isInstance(one) ? one.id : one.urn)));
  });

/** The output form of a function: nothing is asked while an argument is not known before `up`. */
export const askedOutput =
  <F extends FunctionDefinition>(name: F["type"] & FunctionName): Lifted<F> =>
  (args, opts = {}) => {
    const inputs = plain(args as Bag) as pulumi.Inputs;
    if (doorOf(opts) === "plugin") return pulumi.runtime.invokeOutput(tokenOf("plugin", name), inputs, opts);
    const settings = settingsOf(opts);
    const known = pulumi.all([pulumi.output(inputs), settings.values, made(opts.dependsOn)]);
    return known.apply(async ([values, told]) => {
      const { outputs, isSecret } = await askHere(name, settings, told, values as Bag);
      return (isSecret ? pulumi.secret(outputs) : outputs) as FunctionResult<F>;
    }) as pulumi.Output<FunctionResult<F>>;
  };

import { resolveConfig } from "../config";
import type { Bag } from "../define";
import { Refused } from "../errors";
import { call } from "../functions/call";
import { type FunctionDefinition, type FunctionName, functions } from "../functions";
import { connectionOf } from "./connection";

/**
 * Asks a function in the program's own process: a dynamic provider has none. @param get Settings of an explicit provider or
 * of stack config, told apart by `explicit`.
 * @throws with every fault of the arguments in one sentence
 */
export async function askDirectly(
  name: FunctionName,
  get: (setting: string) => string | undefined,
  args: Bag,
): Promise<{ outputs: Bag; isSecret: boolean }> {
  const definition = functions[name] as unknown as FunctionDefinition;
  const told = await call(
    definition,
    connectionOf(resolveConfig(get), () => undefined),
    args,
  );
  if ("failures" in told) {
    const faults = told.failures.map(({ property, reason }) => `${property} ${reason}`);
    throw new Refused(`${name}: ${faults.join("; ")}`);
  }
  return { outputs: told.outputs, isSecret: Object.values(definition.outputs).some(({ secret }) => secret) };
}

import { type Bag, type Definition, type Failure, isUnknown, UNKNOWN } from "../define";
import { ConfigError, prefixed } from "../errors";
import { check } from "../lifecycle/check";
import { nearest } from "../nearest";
import type { Connection } from "../platforms/platform";
import { packageName, tokenOf } from "../token";
import { type FunctionDefinition, functions } from ".";

/** What was asked cannot be answered as it was written, or the answer. */
export type Answer = { readonly failures: readonly Failure[] } | { readonly outputs: Bag };

const all = Object.values(functions) as unknown as readonly FunctionDefinition[];

/** The function of a token, e.g. `golive:index:getProject`. */
export function functionOf(token: string): FunctionDefinition {
  const found = all.find(({ type }) => tokenOf(type) === token);
  if (found) return found;
  const tokens = all.map(({ type }) => tokenOf(type));
  const close = nearest(token, tokens);
  throw new ConfigError(
    `${packageName} has no function ${token}`,
    close ? `Did you mean ${close}?` : `It has ${tokens.join(", ")}.`,
  );
}

/** Asks a function. Nothing is sent while an argument, or where to send it, is not known before `up`. */
export async function call(definition: FunctionDefinition, connection: Connection, args: Bag): Promise<Answer> {
  const { type, inputs: fields, rules } = definition;
  // an answer is no input: its names are as unknown as any
  const asked: Definition = { type, inputs: fields, outputs: {}, ...(rules && { rules }) };
  const { inputs, failures } = check(asked, {}, args);
  if (failures.length > 0) return { failures };
  const { platform, problems, isOpen } = connection;
  if (isUnknown(inputs) || isOpen)
    return { outputs: Object.fromEntries(Object.keys(definition.outputs).map((name) => [name, UNKNOWN])) };
  if (!platform)
    throw new ConfigError(problems.map((p) => `${p.property} ${p.reason}`).join("; ") || "no platform is configured");
  try {
    return { outputs: await definition.run(platform, inputs) };
  } catch (error) {
    throw error instanceof Error ? prefixed(error, `${type}: `) : error;
  }
}

import { type Bag, type Definition, isUnknown, UNKNOWN } from "../../define";

/** What an object that `up` will make is known to be: what is declared. */
export const previewOfCreate = (definition: Definition, inputs: Bag): Bag => ({
  ...Object.fromEntries(Object.keys(definition.outputs).map((name) => [name, UNKNOWN])),
  ...inputs,
});

/**
 * What an object will be after an update. Only new credentials change an output; all else that the platform set stays, so
 * that what depends on it shows no change of its own.
 */
export function previewOfUpdate(definition: Definition, held: Bag, inputs: Bag, changed: readonly string[]): Bag {
  const rotates = changed.some((name) => definition.inputs[name]?.rotates || isUnknown(inputs[name]));
  const outputs = Object.entries(definition.outputs).flatMap(([name, field]) => {
    if (rotates && !field.id && name !== "account") return [[name, UNKNOWN]];
    return held[name] === undefined ? [] : [[name, held[name]]];
  });
  return { ...Object.fromEntries(outputs), ...inputs };
}

import type { Bag, Definition } from "../define";
import { asWritten, isDeclared, isPeoples } from "./compare";

type Observed = Readonly<Record<string, unknown>>;

/** The outputs after a read or write: what the platform told, and of what it tells once what state already held. */
function outputsOf(definition: Definition, told: Observed, held: Bag): Bag {
  return Object.fromEntries(
    Object.entries(definition.outputs).flatMap(([name, field]) => {
      const value = told[name] === undefined && (field.kept || !Object.hasOwn(told, name)) ? held[name] : told[name];
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
}

/** State after a write: the inputs as declared, and where people own one as it is, beside the outputs. */
export function declaredState(definition: Definition, inputs: Bag, told: Observed, held: Bag): Bag {
  const peoples = Object.keys(inputs).filter((name) => isPeoples(definition.inputs, inputs, name));
  const kept = Object.fromEntries(peoples.map((name) => [name, told[name] ?? held[name] ?? inputs[name]]));
  const written = Object.entries(definition.inputs).flatMap(([name, field]) =>
    field.declaredWhere !== undefined && isDeclared(field, inputs) ? [[name, inputs[name]]] : [],
  );
  return { ...inputs, ...kept, ...outputsOf(definition, told, held), ...Object.fromEntries(written) };
}

/**
 * State after a read. Reports the fields that were declared, in their written form unless they drifted; on import,
 * when nothing was declared yet, every field that the platform tells.
 */
export function importedState(definition: Definition, held: Bag, told: Observed): { inputs: Bag; outs: Bag } {
  const fresh = !Object.entries(definition.inputs).some(([name, field]) => field.key && held[name] !== undefined);
  const inputs: Bag = {};
  for (const [name, field] of Object.entries(definition.inputs)) {
    if ((!fresh && held[name] === undefined) || !isDeclared(field, held)) continue;
    const value = field.local || field.createOnly ? held[name] : asWritten(field, held[name], told[name]);
    if (value !== undefined) inputs[name] = value;
  }
  // what is imported is as safe as what is declared: production is protected from the first moment
  if (fresh) Object.assign(inputs, definition.complete?.(inputs));
  return { inputs, outs: declaredState(definition, inputs, told, held) };
}

import { type Bag, type Definition, isUnknown } from "../define";

/** How a message names a resource: its type and what people call it, e.g. `Application "web" (app_01…)`. */
export function label(definition: Definition, values: Bag, id?: string): string {
  const [, called] =
    Object.entries(definition.inputs)
      .filter(
        ([name, field]) => field.key && !field.ref && typeof values[name] === "string" && !isUnknown(values[name]),
      )
      .map(([name]) => [name, values[name]])
      .at(0) ?? [];
  return [definition.type, called === undefined ? [] : JSON.stringify(called), id ? `(${id})` : []].flat().join(" ");
}

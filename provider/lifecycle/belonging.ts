import { type Bag, type Definition, type Failure, isUnknown } from "../define";

const listed = new Intl.ListFormat("en", { type: "conjunction" });

/** The fields that do not belong to an object of this `kind`. */
export function foreignFields({ type, inputs: fields }: Definition, inputs: Bag): Failure[] {
  const { kind } = inputs;
  if (typeof kind !== "string" || isUnknown(kind)) return [];
  return Object.entries(fields).flatMap(([property, { kinds }]) => {
    if (!kinds || kinds.includes(kind) || inputs[property] === undefined) return [];
    const those = listed.format(kinds.map((one) => `\`${one}\``)).replace(", and", " and");
    return [{ property, reason: `belongs to ${those} ${type.toLowerCase()}s, not to \`${kind}\`: leave it out` }];
  });
}

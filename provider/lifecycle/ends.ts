import { type Bag, type Failure, type Fields, isUnknown } from "../define";

const dayMs = 86_400_000;
/** A moment in milliseconds, of a value that is one. */
const momentOf = (value: unknown): number | undefined => {
  const at = typeof value === "string" ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? undefined : at;
};

/** The moments among the inputs at which something ends: what is refused of them, and what is worth a word. */
export function endsOf(fields: Fields, olds: Bag, inputs: Bag, now = Date.now()) {
  const failures: Failure[] = [];
  const warnings: Failure[] = [];
  // new credentials begin anew: what their end was before says nothing
  const renews = Object.entries(fields).some(
    ([name, field]) => field.rotates && olds[name] !== undefined && olds[name] !== inputs[name],
  );
  const rotating = Object.keys(fields).find((name) => fields[name]!.rotates);
  for (const [property, { ends }] of Object.entries(fields)) {
    if (!ends || isUnknown(inputs[property])) continue;
    const [was, is] = [momentOf(olds[property]), momentOf(inputs[property])];
    const isNew = was !== is || renews;
    const hasEnded = was !== undefined && was <= now && !renews;
    if (hasEnded && isNew)
      failures.push({
        property,
        reason: `${ends} ended at ${String(olds[property])}, and what has ended stays so: raise \`${rotating}\` in the same change for a new one`,
      });
    else if (is === undefined) continue;
    else if (isNew && is <= now)
      failures.push({
        property,
        reason: `is past: ${ends} would end at once. Write a later date, or leave it out`,
      });
    else if (is <= now)
      warnings.push({
        property,
        reason: `${ends} ended at ${String(inputs[property])}: raise \`${rotating}\`, with a later date, for a new one`,
      });
    else if (is - now < dayMs)
      warnings.push({ property, reason: `${ends} ends within a day, at ${String(inputs[property])}` });
  }
  return { failures, warnings };
}

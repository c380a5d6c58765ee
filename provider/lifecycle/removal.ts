import { type Bag, type Fields, isBag } from "../define";

/** An object without some of its parts, or without all: of what was never declared of it nothing is said. */
const withoutParts = (held: Bag, declared: Bag = {}): Bag => ({
  ...Object.fromEntries(Object.keys(held).map((part) => [part, null])),
  ...declared,
});

/** The inputs as a change carries them: what leaves the program is what a new object would have. */
export function changeOf(inputs: Fields, held: Bag, declared: Bag, changed: readonly string[]): Bag {
  const carried = { ...declared };
  for (const name of changed) {
    const [was, is] = [held[name], declared[name]];
    if (isBag(was) && (is === undefined || isBag(is))) carried[name] = withoutParts(was, is);
    else if (is === undefined) carried[name] = inputs[name]!.fresh ?? null;
  }
  return carried;
}

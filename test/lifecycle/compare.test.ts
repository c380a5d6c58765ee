import type { Field } from "@golive/provider/define";
import { asWritten, same } from "@golive/provider/lifecycle/compare";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const ordered: Field = { schema: z.unknown() };
const unordered: Field = { schema: z.unknown(), unordered: true };
const uri = (name: string, isDefault?: boolean | null) => ({ uri: name, default: isDefault });

describe("same", () => {
  test.each<[string, Field, unknown, unknown, boolean]>([
    ["equal texts", ordered, "a", "a", true],
    ["a text and a number", ordered, "1", 1, false],
    ["false and nothing", ordered, false, undefined, false],
    ["null and nothing", ordered, null, undefined, true],
    ["an empty list and nothing", ordered, [], undefined, false],
    ["lists in another order", ordered, ["a", "b"], ["b", "a"], false],
    ["sets in another order", unordered, ["a", "b"], ["b", "a"], true],
    ["sets with a member more", unordered, ["a", "b"], ["a", "b", "c"], false],
    ["sets with a member twice", unordered, ["a", "b"], ["a", "b", "b"], true],
    ["lists with a member twice", ordered, ["a", "b"], ["a", "b", "b"], false],
    ["an empty text and nothing", ordered, "", undefined, true],
    ["an object without a part and nothing", ordered, { maxAge: null }, undefined, true],
    [
      "sets of objects in another order",
      unordered,
      [uri("a", true), uri("b", false)],
      [uri("b", false), uri("a", true)],
      true,
    ],
    ["sets of objects with parts in another order", unordered, [{ a: 1, b: 2 }], [{ b: 2, a: 1 }], true],
    ["sets of objects, one part differs", unordered, [uri("a", true)], [uri("a", false)], false],
    ["a part that is null, and one left out", unordered, [uri("a", null)], [{ uri: "a" }], true],
    ["objects with parts in another order", ordered, { a: 1, b: 2 }, { b: 2, a: 1 }, true],
    ["objects, one with a part that is undefined", ordered, { a: 1, b: undefined }, { a: 1 }, true],
    ["objects, one with a part more", ordered, { a: 1, b: 2 }, { a: 1 }, false],
  ])("%s", (_, field, a, b, expected) => {
    expect([same(field, a, b), same(field, b, a)]).toEqual([expected, expected]);
  });
});

describe("asWritten: what a read reports", () => {
  test.each<[string, Field, unknown, unknown, unknown]>([
    ["as declared", ordered, "a", "a", "a"],
    ["drifted", ordered, "a", "b", "b"],
    ["unset at the platform", ordered, "a", null, undefined],
    ["not told by the platform", ordered, "a", undefined, "a"],
    ["reordered set: the written order", unordered, ["b", "a"], ["a", "b"], ["b", "a"]],
    ["reordered list: drift", ordered, ["b", "a"], ["a", "b"], ["a", "b"]],
    ["a part that nobody declared", ordered, { maxAge: 60 }, { maxAge: 60, inactivity: 30 }, { maxAge: 60 }],
    ["a declared part drifted", ordered, { maxAge: 60 }, { maxAge: 90, inactivity: 30 }, { maxAge: 90 }],
    [
      "a declared part was unset",
      ordered,
      { maxAge: 60, inactivity: 30 },
      { maxAge: null, inactivity: 30 },
      { inactivity: 30 },
    ],
    ["nothing declared, as on import", ordered, undefined, { maxAge: 60, inactivity: null }, { maxAge: 60 }],
  ])("%s", (_, field, declared, live, expected) => {
    expect(asWritten(field, declared, live)).toEqual(expected);
  });
});

/** Values as fields have them. */
const scalar = fc.oneof(fc.string({ maxLength: 3 }), fc.integer({ min: 0, max: 3 }), fc.boolean());
const part = fc.record({ uri: fc.string({ maxLength: 2 }), default: fc.boolean() }, { requiredKeys: ["uri"] });
const list = fc.oneof(fc.array(fc.string({ maxLength: 2 }), { maxLength: 4 }), fc.array(part, { maxLength: 4 }));
const object = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.option(fc.nat(2), { nil: undefined }));
const value = fc.oneof(scalar, list, object, fc.constant(undefined));
const field = fc.constantFrom(ordered, unordered);
const shuffled = list.chain((members) =>
  fc.tuple(
    fc.constant<readonly unknown[]>(members),
    fc.shuffledSubarray<unknown>([...members], { minLength: members.length }),
  ),
);

describe("laws", () => {
  const hold = <T>(property: fc.IProperty<T>) => fc.assert(property, { numRuns: 500 });

  test("a value is the same as itself, and as its copy", () => {
    hold(fc.property(field, value, (f, a) => same(f, a, a) && same(f, a, structuredClone(a))));
  });
  test("same reads alike from both sides", () => {
    hold(fc.property(field, value, value, (f, a, b) => same(f, a, b) === same(f, b, a)));
  });
  test("the order of a set means nothing", () => {
    hold(fc.property(shuffled, ([a, b]) => same(unordered, a, b)));
  });
  test("what means the same is reported as written", () => {
    hold(fc.property(shuffled, ([declared, live]) => asWritten(unordered, declared, live) === declared));
  });
  test("a second read of the same object reports no change", () => {
    hold(
      fc.property(field, value, value, (f, declared, live) => {
        const once = asWritten(f, declared, live);
        return same(f, asWritten(f, once, live), once);
      }),
    );
  });
  test("drift is never hidden: what is reported means what the platform has", () => {
    const told = fc.oneof(scalar, list);
    hold(fc.property(field, told, told, (f, declared, live) => same(f, asWritten(f, declared, live), live)));
  });
});

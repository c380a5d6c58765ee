// Keys end. The clock of these tests stands still.
import { UNKNOWN } from "@golive/provider/define";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Bag, checked } from "./declared";

const now = new Date("2027-06-01T12:00:00Z");
beforeAll(() => void vi.useFakeTimers({ toFake: ["Date"], now }));
afterAll(() => void vi.useRealTimers());

const past = "2027-06-01T11:59:59Z";
const longAgo = "2026-01-01T00:00:00Z";
const soon = "2027-06-02T11:59:59Z";
const later = "2028-01-01T00:00:00Z";

const said = (given: Bag, olds: Bag) => {
  const { failures, warnings } = checked(
    "ApiKey",
    given,
    Object.keys(olds).length > 0 ? { ...checked("ApiKey", {}).inputs, ...olds } : {},
  );
  const words = (list: readonly { property: string; reason: string }[]) =>
    list.map(({ property, reason }) => `${property}: ${reason}`);
  return { failures: words(failures), warnings: words(warnings) };
};

describe("the end of a key", () => {
  test.each<[string, Bag, Bag, RegExp | undefined, RegExp | undefined]>([
    ["never", {}, {}, undefined, undefined],
    ["later", { expiresAt: later }, {}, undefined, undefined],
    ["not known yet", { expiresAt: UNKNOWN }, {}, undefined, undefined],
    ["a new key in the past", { expiresAt: past }, {}, /^expiresAt: is past: the key would end at once/, undefined],
    ["this very moment", { expiresAt: "2027-06-01T14:00:00+02:00" }, {}, /is past/, undefined],
    ["a key that there is, now in the past", { expiresAt: past }, { expiresAt: later }, /is past/, undefined],
    ["the same of one that never ended", { expiresAt: past }, { version: 1 }, /is past/, undefined],
    [
      "unchanged, and past",
      { expiresAt: past },
      { expiresAt: past },
      undefined,
      /^expiresAt: the key ended at .*raise `version`/,
    ],
    [
      "the same moment in other words",
      { expiresAt: "2027-06-01T13:59:59+02:00" },
      { expiresAt: past },
      undefined,
      /the key ended/,
    ],
    ["extended in time", { expiresAt: later }, { expiresAt: soon }, undefined, undefined],
    [
      "extended after its end",
      { expiresAt: later },
      { expiresAt: past },
      /^expiresAt: the key ended at .*raise `version` in the same change/,
      undefined,
    ],
    ["to never after its end", {}, { expiresAt: past }, /raise `version` in the same change/, undefined],
    ["not known yet, after its end", { expiresAt: UNKNOWN }, { expiresAt: past }, undefined, undefined],
    [
      "the next version after its end, later",
      { expiresAt: later, version: 2 },
      { expiresAt: past, version: 1 },
      undefined,
      undefined,
    ],
    ["the next version after its end, never", { version: 2 }, { expiresAt: past, version: 1 }, undefined, undefined],
    [
      "the next version with the old date",
      { expiresAt: past, version: 2 },
      { expiresAt: past, version: 1 },
      /is past/,
      undefined,
    ],
    ["replaced with the old date", { expiresAt: past, kind: "publishable" }, { expiresAt: past }, /is past/, undefined],
    [
      "within a day",
      { expiresAt: soon },
      {},
      undefined,
      /^expiresAt: the key ends within a day, at 2027-06-02T11:59:59Z/,
    ],
    ["within a day, unchanged", { expiresAt: soon }, { expiresAt: soon }, undefined, /within a day/],
    ["in a day", { expiresAt: "2027-06-02T12:00:00Z" }, {}, undefined, undefined],
    [
      "long ago, replaced by a later date only",
      { expiresAt: later },
      { expiresAt: longAgo },
      /raise `version`/,
      undefined,
    ],
  ])("%s", (_, given, olds, failure, warning) => {
    const { failures, warnings } = said(given, olds);
    expect(failures).toEqual(failure ? [expect.stringMatching(failure)] : []);
    expect(warnings).toEqual(warning ? [expect.stringMatching(warning)] : []);
  });
});

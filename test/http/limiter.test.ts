// The rate at which requests leave, on a clock of the test's own.
import { Limiter, unlimited } from "@golive/provider/http/limiter";
import { posthog } from "@golive/provider/platforms/posthog/index";
import { workos } from "@golive/provider/platforms/workos/index";
import { backoff } from "@golive/provider/http/retry";
import { beforeEach, describe, expect, it } from "vitest";

let now: number;
beforeEach(() => (now = 1_000_000));
const limiter = (burst: number, perSecond: number) => new Limiter({ burst, perSecond }, () => now);
const take = (of: Limiter, times: number) => Array.from({ length: times }, () => of.take());

describe("the limiter", () => {
  it("lets a burst through, then one after the other at the steady rate", () => {
    expect(take(limiter(3, 10), 6)).toEqual([0, 0, 0, 100, 200, 300]);
  });

  it.each([
    { what: "what comes back in half a second", after: 500, free: 2 },
    { what: "never more than the burst", after: 3_600_000, free: 3 },
  ])("has again $what", ({ after, free }) => {
    const of = limiter(3, 4);
    take(of, 3);
    now += after;
    expect(take(of, 4).filter((ms) => ms === 0)).toHaveLength(free);
  });

  it("holds everybody back for as long as the server said, and no longer", () => {
    const of = limiter(3, 10);
    of.pause(5_000);
    of.pause(1_000);
    expect(of.take()).toBe(5_000);
    now += 5_000;
    expect(of.take()).toBe(0);
  });

  it("holds nobody back where no limit is known, but for what the server says", () => {
    const of = new Limiter(unlimited, () => now);
    expect(new Set(take(of, 1_000))).toEqual(new Set([0]));
    of.pause(5_000);
    expect(of.take()).toBe(5_000);
    now += 5_000;
    expect(of.take()).toBe(0);
  });

  it("as WorkOS asks for it, lets no more than 6,000 go in any minute", () => {
    const at = take(new Limiter(workos.limits, () => 0), 20_000);
    const shortest = Math.min(...at.slice(6_000).map((ms, i) => ms - at[i]!));
    expect(shortest).toBeGreaterThanOrEqual(60_000);
  });

  it.each([
    [480, 60_000],
    [4_800, 3_600_000],
  ])(
    "as PostHog asks for it, lets no more than %i go in any %i ms, and the first two hundred at once",
    (most, window) => {
      const at = take(new Limiter(posthog.limits, () => 0), 12_000);
      const shortest = Math.min(...at.slice(most).map((ms, i) => ms - at[i]!));
      expect(shortest).toBeGreaterThanOrEqual(window);
      expect(at[199]).toBe(0);
    },
  );
});

describe("backoff", () => {
  it.each([
    [1, 500],
    [2, 1_000],
    [4, 4_000],
    [5, 8_000],
    [10, 8_000],
  ])("before try %i more waits from 0 to %i ms", (attempt, most) => {
    expect([0, 0.5, 1].map((chance) => backoff(attempt, () => chance))).toEqual([0, most / 2, most]);
  });
});

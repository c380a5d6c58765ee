import { Batches, sharedBy, Turns } from "@golive/provider/platforms/wire/batching";
import { describe, expect, test } from "vitest";

/** A server that answers when told to, with how many requests it has had. */
function server() {
  const open: (() => void)[] = [];
  let count = 0;
  return {
    asked: () => count,
    ask: () => {
      count += 1;
      const mine = count;
      return new Promise<number>((resolve) => open.push(() => resolve(mine)));
    },
    answer: async () => {
      // a request is made in a microtask of its own
      while (open.length === 0) await Promise.resolve();
      open.shift()!();
    },
  };
}

describe("batches", () => {
  test("those who ask while a request is under way share the next one, which is from after their question", async () => {
    const { ask, answer, asked } = server();
    const batches = new Batches<string, number>(ask);
    const first = batches.add("a");
    await Promise.resolve();
    const [second, third] = [batches.add("b"), batches.add("c")];
    await answer();
    expect(await first).toBe(1);
    await answer();
    expect([await second, await third]).toEqual([2, 2]);
    expect(asked()).toBe(2);
  });

  test("each request gets its own questions", async () => {
    const seen: (readonly string[])[] = [];
    const batches = new Batches<string, void>(async (questions) => void seen.push(questions));
    await Promise.all([batches.add("a"), batches.add("b")]);
    await batches.add("c");
    expect(seen).toEqual([["a", "b"], ["c"]]);
  });

  test("a failure reaches those who asked, and no one after them", async () => {
    let calls = 0;
    const batches = new Batches<void, number>(async () => {
      calls += 1;
      if (calls === 1) throw new Error("down");
      return calls;
    });
    const [first, second] = [batches.add(), batches.add()];
    await expect(first).rejects.toThrow("down");
    await expect(second).rejects.toThrow("down");
    expect(await batches.add()).toBe(2);
  });

  test("keys do not wait for one another", async () => {
    const asked: string[] = [];
    const shared = sharedBy((key) => {
      asked.push(key);
      return key === "slow" ? new Promise<string>(() => undefined) : Promise.resolve(key);
    });
    void shared("slow");
    expect(await shared("quick")).toBe("quick");
    expect(asked).toEqual(["slow", "quick"]);
  });
});

test("turns: one after the other for a key, whatever came of the one before", async () => {
  const turns = new Turns();
  const log: string[] = [];
  const step =
    (name: string, fails = false) =>
    async () => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
    };
  const first = turns.take("k", step("a", true));
  const second = turns.take("k", step("b"));
  await expect(first).rejects.toThrow("a");
  await second;
  expect(log).toEqual(["a begins", "a ends", "b begins", "b ends"]);
});

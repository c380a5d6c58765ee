// A key that ends: refresh after it, extending it, and its next version. The clock is the test's, and the rehearsal's too.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { deploys } from "./deploys";
import { fresh } from "./fresh";
import { storeOf } from "./rig";

const here = fresh();
const now = new Date("2027-06-01T12:00:00Z");
const soon = "2027-06-02T00:00:00Z";
const afterIt = new Date("2027-06-03T00:00:00Z");
const later = "2028-01-01T00:00:00Z";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now }));
afterEach(() => void vi.useRealTimers());

/** A key that has ended on the declared day. */
async function ended() {
  const stack = deploys(here.platform, "ApiKey");
  const inputs = { environment: here.staging, name: "backend" };
  await stack.up({ ...inputs, expiresAt: soon });
  vi.setSystemTime(afterIt);
  const { keyId, value } = stack.outs()!;
  const live = async () =>
    (await storeOf(here.platform, "ApiKey").list!({ environment: here.staging }))
      .filter(({ state }) => state.name === "backend")
      .map(({ id, state }) => [id, state.expiresAt]);
  return { stack, inputs, keyId, value, live };
}

describe("a key that has ended on the day that was declared", () => {
  test("stays in state at a refresh, and the program that declares it changes nothing", async () => {
    const { stack, inputs, keyId, value, live } = await ended();
    expect(await live()).toEqual([]);
    await stack.refresh();
    expect(stack.outs()).toMatchObject({ keyId, value, expiresAt: soon, secretHeld: true });
    expect(await stack.up({ ...inputs, expiresAt: soon })).toBe(0);
    await stack.destroy();
    expect(stack.outs()).toBeUndefined();
  });

  test.each([
    ["a later date", later],
    ["no end", undefined],
  ])("is replaced by its next version, with %s; the old one stays over", async (_, expiresAt) => {
    const { stack, inputs, keyId, value, live } = await ended();
    await stack.refresh();
    const declared = { ...inputs, ...(expiresAt && { expiresAt }), version: 2 };
    expect(await stack.up(declared)).toBe(1);
    const outs = stack.outs()!;
    expect([keyId, value]).not.toContain(outs["keyId"]);
    expect(outs["value"]).not.toBe(value);
    // there is no old one to wait for
    for (const name of ["previousKeyId", "previousValue", "previousExpiresAt"]) expect(outs).not.toHaveProperty(name);
    expect(await live()).toEqual([[outs["keyId"], expiresAt ? new Date(expiresAt).toISOString() : null]]);
    await stack.refresh();
    expect(await stack.up(declared)).toBe(0);
  });

  test("can still get another name, and that is all that changes", async () => {
    const { stack, inputs, keyId, value } = await ended();
    expect(await stack.up({ ...inputs, name: "old backend", expiresAt: soon })).toBe(1);
    expect(stack.outs()).toMatchObject({ keyId, value, name: "old backend", expiresAt: soon });
  });

  test("is not extended: preview says how to get a new one, before anything is sent", async () => {
    const { stack, inputs, keyId } = await ended();
    const asked = here.rehearsal.requestCount();
    await expect(stack.up({ ...inputs, expiresAt: later })).rejects.toThrow(/ended at .*raise `version`/);
    await expect(stack.up(inputs)).rejects.toThrow(/ended at .*raise `version`/);
    expect(here.rehearsal.requestCount()).toBe(asked);
    expect(stack.outs()).toMatchObject({ keyId, expiresAt: soon });
  });

  test("whose environment is gone is gone with it", async () => {
    const { stack } = await ended();
    const gone = await storeOf(here.platform, "ApiKey").read(stack.id(), {
      ...stack.outs(),
      environment: "environment_01HZX3QK5S0000000000000000",
    } as never);
    expect(gone).toBeUndefined();
  });
});

test("a key that somebody ended before its day is gone, and is made again", async () => {
  const stack = deploys(here.platform, "ApiKey");
  const inputs = { environment: here.staging, name: "cut", expiresAt: later };
  await stack.up(inputs);
  await storeOf(here.platform, "ApiKey").delete(stack.id(), stack.outs() as never);
  await stack.refresh();
  expect(stack.outs()).toBeUndefined();
  expect(await stack.up(inputs)).toBe(1);
});

test("a key is extended in time", async () => {
  const stack = deploys(here.platform, "ApiKey");
  const inputs = { environment: here.staging, name: "longer" };
  await stack.up({ ...inputs, expiresAt: soon });
  const { keyId } = stack.outs()!;
  expect(await stack.up({ ...inputs, expiresAt: later })).toBe(1);
  vi.setSystemTime(afterIt);
  await stack.refresh();
  expect(stack.outs()).toMatchObject({ keyId, expiresAt: later });
  expect(await stack.up({ ...inputs, expiresAt: later })).toBe(0);
});

test("a new key with a day that is past is refused at check", async () => {
  const stack = deploys(here.platform, "ApiKey");
  const inputs = { environment: here.staging, name: "late", expiresAt: "2027-05-31T00:00:00Z" };
  await expect(stack.up(inputs)).rejects.toThrow("expiresAt is past");
  expect(stack.outs()).toBeUndefined();
});

import { describe, expect, test } from "vitest";
import { fresh } from "./fresh";
import { object, storeOf } from "./rig";

const here = fresh();

describe("keys", () => {
  const rotating = async (overlap: number) => {
    const { platform, staging } = here;
    const inputs = { environment: staging, name: "backend", overlap };
    const declared = object(platform, "ApiKey", inputs);
    const first = await declared.create();
    // state holds nothing for what is not set
    const held = Object.fromEntries(Object.entries(first.state).filter(([, value]) => value !== null));
    return { declared, first, held, rotated: () => declared.update(first.id, { version: 2 }, held) };
  };
  test("a rotation keeps the id of the resource, and the old key for the overlap", async () => {
    const { declared, first, rotated } = await rotating(3600);
    const { id, state } = await rotated();
    expect(id).toBe(first.id);
    expect(state).toMatchObject({ previousKeyId: first.id, previousValue: first.state.value, secretHeld: true });
    expect([state.keyId, state.value]).not.toContain(first.state.value);
    const left = Date.parse(state.previousExpiresAt!) - Date.now();
    expect(left).toBeGreaterThan(3500_000);
    expect(left).toBeLessThanOrEqual(3600_000);
    expect(await declared.store.read(id, state as never)).toMatchObject({ id, state: { keyId: state.keyId } });
    await declared.store.delete(id, state as never);
    expect(await declared.store.read(id, state as never)).toBeUndefined();
    expect(await declared.store.read(first.id, {})).toBeUndefined();
  });
  test("without overlap the old key ends at once", async () => {
    const { declared, first, rotated } = await rotating(0);
    const { state } = await rotated();
    expect(state).toMatchObject({ previousKeyId: null, previousValue: null, previousExpiresAt: null });
    expect(await declared.store.read(first.id, {})).toBeUndefined();
  });
  test("a rotation that fails leaves the old key as it was, and no new one", async () => {
    const { rehearsal, staging } = here;
    const { declared, first, rotated } = await rotating(0);
    rehearsal.faults.add({ operation: "expireKey", status: 422, times: 1 });
    await expect(rotated()).rejects.toThrow(/422/);
    expect((await declared.store.list!({ environment: staging })).map(({ id }) => id)).toContain(first.id);
    const named = (await declared.store.list!({ environment: staging })).filter(
      ({ state }) => state.name === "backend",
    );
    expect(named).toHaveLength(1);
  });
  test("once the old key is over, state forgets it", async () => {
    const { declared, first } = await rotating(3600);
    const held = { ...first.state, previousKeyId: "api_key_old", previousExpiresAt: "2020-01-01T00:00:00Z" };
    expect(await declared.store.read(first.id, held as never)).toMatchObject({
      state: { previousKeyId: null, previousValue: null, previousExpiresAt: null },
    });
  });
  test("a date that means the same stays as it was written", async () => {
    const { platform, staging } = here;
    const expiresAt = "2099-01-01T02:00:00+02:00";
    const declared = object(platform, "ApiKey", { environment: staging, name: "dated", expiresAt });
    const { id, state } = await declared.create();
    expect(state.expiresAt).toBe(expiresAt);
    expect(await declared.store.read(id, { environment: staging, expiresAt })).toMatchObject({ state: { expiresAt } });
    expect((await declared.store.read(id, {}))?.state.expiresAt).toBe("2099-01-01T00:00:00.000Z");
  });
  test("gone with its environment is gone, not an error", async () => {
    const { platform, project } = here;
    const qa = await object(platform, "Environment", { project, name: "QA", type: "staging" }).create();
    const key = await object(platform, "ApiKey", { environment: qa.id, name: "k" }).create();
    await storeOf(platform, "Environment").delete(qa.id, {});
    expect(await storeOf(platform, "ApiKey").read(key.id, key.state as never)).toBeUndefined();
    await storeOf(platform, "ApiKey").delete(key.id, key.state as never);
  });
});

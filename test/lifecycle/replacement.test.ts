// A replacement that the user forces: the engine asks for no diff, and deletes before or after it creates.
import { existsSync, rmSync } from "node:fs";
import { DeletionProtected, definitions, type Kind, ObjectExists, Refused } from "@golive/provider";
import { lifecycle } from "@golive/provider/lifecycle";
import { Journal } from "@golive/provider/lifecycle/journal";
import { describe, expect, test } from "vitest";
import { inputsOf } from "./declared";
import { refusal, rig, urn } from "./rig";

const kinds = Object.keys(definitions) as Kind[];
const owner = urn("one");

/** An object that was made by a process before, on this computer or on another. */
async function deployed(kind: Kind, where: "this computer" | "another") {
  const r = rig(kind);
  const inputs = inputsOf(kind);
  r.store.once = { value: "first" };
  const { id, outs } = await r.life.create(inputs, owner);
  r.store.once = { value: "second" };
  r.store.calls.length = 0;
  if (where === "another") rmSync(r.folder, { recursive: true, force: true });
  expect(existsSync(r.folder)).toBe(where === "this computer");
  const next = lifecycle(
    kind,
    () => ({ platform: r.platform, problems: [] }),
    new Journal(r.folder),
    async () => {},
  );
  return { ...r, inputs, id, outs, next };
}

describe.each(["this computer", "another"] as const)("forced, deployed from %s", (where) => {
  test.each(kinds)("%s: deleted first, as the SDK asks for, it is made anew", async (kind) => {
    const { next, store, inputs, id, outs } = await deployed(kind, where);
    expect(next.check({}, inputs).failures).toEqual([]);
    expect(await next.delete(id, outs, owner)).toBeUndefined();
    const made = await next.create(inputs, owner);
    expect(made.id).not.toBe(id);
    expect([...store.objects.keys()]).toEqual([made.id]);
    expect(store.calls).toEqual(["delete", "find", "create"]);
  });

  test.each(kinds)("%s: made beside its old one, after a diff, it ends that first", async (kind) => {
    const { next, store, inputs, id, outs } = await deployed(kind, where);
    // `replaceOnChanges`, with `deleteBeforeReplace: false`: the diff sees an update
    next.diff(outs, inputs, { id, owner, formerly: owner });
    const made = await next.create(inputs, owner);
    expect(made.id).not.toBe(id);
    expect(await next.delete(id, outs, owner)).toBeUndefined();
    expect([...store.objects.keys()]).toEqual([made.id]);
    expect(store.calls).toEqual(["delete", "find", "create"]);
  });

  test("what changes its natural key is made beside the old one, which goes last", async () => {
    const { next, store, inputs, id, outs } = await deployed("Application", where);
    const moved = { ...inputs, environment: "environment_2" };
    expect(next.diff(outs, moved, { id, owner, formerly: owner })).toMatchObject({ deleteBeforeReplace: false });
    const made = await next.create(moved, owner);
    expect(await next.delete(id, outs, owner)).toBeUndefined();
    expect(store.calls).toEqual(["find", "create", "delete"]);
    expect([...store.objects.keys()]).toEqual([made.id]);
  });

  test("production's protection holds, whichever goes first", async () => {
    const { life, next, store, inputs } = await deployed("Environment", where);
    const guarded = { ...inputs, name: "Live", type: "production", deletionProtection: true };
    const { id, outs } = await life.create(guarded, urn("live"));
    expect(await refusal(next.delete(id, outs, urn("live")))).toBeInstanceOf(DeletionProtected);
    next.diff(outs, guarded, { id, owner: urn("live"), formerly: urn("live") });
    expect(await refusal(next.create(guarded, urn("live")))).toBeInstanceOf(DeletionProtected);
    expect(store.objects.has(id)).toBe(true);
  });

  test("state of an earlier build names no owner: it is replaced all the same", async () => {
    const { next, store, inputs, id, outs } = await deployed("Application", where);
    expect(await next.delete(id, outs)).toBeUndefined();
    const made = await next.create(inputs, owner);
    expect([...store.objects.keys()]).toEqual([made.id]);
  });

  test("what is reset and kept is claimed again", async () => {
    const { platform, store, folder, inputs } = await deployed("Application", where);
    store.objects.clear();
    store.seed("app_default", { ...inputs, isDefault: true });
    store.builtIn = "app_default";
    store.keeps = "it was reset and kept";
    const over = () => lifecycle("Application", () => ({ platform, problems: [] }), new Journal(folder));
    const { id, outs } = await over().create({ ...inputs, isDefault: true }, owner);
    const next = over();
    expect(await next.delete(id, outs, owner)).toBe("it was reset and kept");
    expect(await next.create({ ...inputs, isDefault: true }, owner)).toMatchObject({ id });
    // and beside its old one: that is the same
    const last = over();
    last.diff(outs, { ...inputs, isDefault: true }, { id, owner, formerly: owner });
    store.calls.length = 0;
    expect(await last.create({ ...inputs, isDefault: true }, owner)).toMatchObject({ id });
    expect(await last.delete(id, outs, owner)).toBeUndefined();
    expect(store.calls).toEqual(["delete", "claim"]);
  });
});

describe("forced, made beside its old one, with no diff: another program's option", () => {
  test("on a computer without its journal it is refused, and nothing is lost", async () => {
    const { next, store, inputs } = await deployed("Application", "another");
    expect(await refusal(next.create(inputs, owner))).toBeInstanceOf(ObjectExists);
    expect(store.calls).toEqual(["find"]);
  });

  test("with its journal it cannot be told from a run that died: it is kept, and the deletion says so", async () => {
    const { next, store, inputs, id, outs, restarted } = await deployed("Application", "this computer");
    const { outs: again } = await next.create(inputs, owner);
    const error = await refusal(next.delete(id, outs, owner));
    expect(error).toBeInstanceOf(Refused);
    expect(error.message).toContain("deleteBeforeReplace: true");
    expect([...store.objects.keys()]).toEqual([id]);
    // the engine keeps the old entry as one to delete: the next run has the object, and keeps it
    const later = restarted();
    later.diff(again, inputs, { id, owner, formerly: owner });
    expect(await later.delete(id, outs, owner)).toMatch(/is what this resource has, and stays/);
    expect([...store.objects.keys()]).toEqual([id]);
  });
});

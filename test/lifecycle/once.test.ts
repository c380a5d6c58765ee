// What issues a credential: of each try another is left, and none may live that nobody knows.
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Ambiguous, Forbidden } from "@golive/provider";
import { Journal } from "@golive/provider/lifecycle/journal";
import { Once } from "@golive/provider/lifecycle/once";
import type { Single } from "@golive/provider/platforms/platform";
import { expect, onTestFinished, test } from "vitest";
import { refusal, urn } from "./rig";

const exchange = { method: "POST", url: "https://api.example.com/keys" };
type Fate = "answered" | "lost" | "never" | "refused" | number;

/** Keys of one name; each send has a fate: a number makes it so many looks later. */
function keys(...fates: Fate[]) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "golive-journal-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const live = new Set(["mine"]);
  const ended: string[] = [];
  const late: { id: string; looks: number }[] = [];
  let sent = 0;
  const single: Single<string> = {
    name: "the rotation of key_1",
    async there() {
      for (const one of late) if (one.looks-- === 0) live.add(one.id);
      return [...live];
    },
    async send() {
      const id = `new_${++sent}`;
      const fate = fates.shift() ?? "answered";
      if (fate === "refused") throw new Forbidden("may not", { ...exchange, status: 403 });
      if (fate === "answered" || fate === "lost") live.add(id);
      if (typeof fate === "number") late.push({ id, looks: fate });
      if (fate === "answered") return id;
      throw new Ambiguous("the connection was lost", exchange);
    },
    async end(id) {
      live.delete(id);
      ended.push(id);
    },
  };
  const once = () => new Once(new Journal(folder), "key", urn("key"), async () => {});
  return { single, once, live, ended, sent: () => sent };
}

test("what is answered is all there is", async () => {
  const { single, once, live, ended } = keys("answered");
  expect(await once().issue(single)).toBe("new_1");
  expect([[...live], ended]).toEqual([["mine", "new_1"], []]);
});

test.each<[string, Fate[], string[]]>([
  ["lost once", ["lost"], ["new_1"]],
  ["lost twice", ["lost", "lost"], ["new_1", "new_2"]],
  ["late, while golive looks", [3], ["new_1"]],
  ["late and lost", [2, "lost"], ["new_1", "new_2"]],
])("%s: it is ended, and issued anew", async (_, fates, gone) => {
  const { single, once, live, ended } = keys(...fates);
  const id = await once().issue(single);
  expect(ended).toEqual(gone);
  expect([...live]).toEqual(["mine", id]);
});

test("lost each time: all are ended, and it says so", async () => {
  const { single, once, live, sent } = keys("lost", "lost", "lost");
  const error = await refusal(once().issue(single));
  expect(error).toBeInstanceOf(Ambiguous);
  expect(error.message).toContain("answered too late 3 times, and what it had issued was ended each time");
  expect([[...live], sent()]).toEqual([["mine"], 3]);
});

test("not seen in all the looks: it is not sent again, and the next run ends it before it sends", async () => {
  const { single, once, live, ended, sent } = keys("never");
  expect((await refusal(once().issue(single))).message).toContain("saw nothing. Nothing was sent twice");
  expect(sent()).toBe(1);
  live.add("new_1");
  expect(await once().issue(single)).toBe("new_2");
  expect([[...live], ended]).toEqual([["mine", "new_2"], ["new_1"]]);
});

test("what a run before ended with is not touched by the next", async () => {
  const { single, once, live, ended } = keys("answered", "answered");
  await once().issue(single);
  await once().issue(single);
  expect([[...live], ended]).toEqual([["mine", "new_1", "new_2"], []]);
});

test("what is refused was not done: nothing is looked for, nor ended later", async () => {
  const { single, once, live, ended } = keys("refused", "answered");
  expect(await refusal(once().issue(single))).toBeInstanceOf(Forbidden);
  live.add("somebody's");
  await once().issue(single);
  expect(ended).toEqual([]);
});

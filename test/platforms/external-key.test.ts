// Keys that were made by hand: golive holds their value, looks whether they are there, and sends nothing else.
import { definitions } from "@golive/provider";
import { UNKNOWN } from "@golive/provider/define";
import { lifecycle } from "@golive/provider/lifecycle";
import { Journal } from "@golive/provider/lifecycle/journal";
import { check } from "@golive/provider/lifecycle/check";
import { Http } from "@golive/provider/http";
import { workos } from "@golive/provider/platforms/workos/index";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { adapter, configOf, tokenOf } from "./rig";

type Bag = Record<string, unknown>;
let rehearsal: Rehearsal;
let folder: string;
let environment: string;
let byHand: string;
beforeAll(async () => {
  rehearsal = await createRehearsal();
  folder = mkdtempSync(path.join(tmpdir(), "golive-external-"));
  const staging = rehearsal.projects[0]!.environments.find(({ type }) => type === "staging")!;
  environment = staging.id;
  // as a person makes one in the dashboard
  const keys = adapter(rehearsal, tokenOf(rehearsal)).stores.ApiKey!;
  const made = await keys.create(check(definitions.ApiKey, {}, { environment, name: "backend" }).inputs as never);
  byHand = made.id;
});
afterAll(async () => {
  await rehearsal.close();
  rmSync(folder, { recursive: true });
});
let written: number;
beforeEach(() => {
  written = rehearsal.requests().filter(({ status }) => status >= 0).length;
});
/** Names of the operations sent since the test began. */
const sent = () =>
  rehearsal
    .requests()
    .slice(written)
    .map(({ operation }) => operation);

const lives = {
  "a token": () => adapter(rehearsal, tokenOf(rehearsal), "workos"),
  "a key alone": () => {
    const { apiKey } = rehearsal.projects[0]!.environments.find(({ id }) => id === environment)!;
    const config = configOf({ apiKey: apiKey! }, "workos", rehearsal.url);
    return workos.connect(config, new Http(config));
  },
};
const lifeOf = (who: keyof typeof lives) => {
  const platform = lives[who]();
  return lifecycle("ApiKey", () => ({ platform, problems: [] }), new Journal(path.join(folder, "journal")));
};
const declared = (more: Bag = {}): Bag => ({ environment, name: "backend", value: "sk_test_byhand1", ...more });

describe.each(Object.keys(lives) as (keyof typeof lives)[])("with %s", (who) => {
  test("it is taken as it is, read, given another value and let go, and nothing is written", async () => {
    const life = lifeOf(who);
    const { inputs, failures } = life.check({}, declared());
    expect([failures, inputs["external"]]).toEqual([[], true]);
    const { id, outs } = await life.create(inputs);
    expect(id).toBe(who === "a token" ? byHand : `external/${environment}/backend`);
    expect(outs).toMatchObject({ value: "sk_test_byhand1", last4: "and1", secretHeld: true, external: true });
    const read = (await life.read(id, outs))!;
    expect([read.id, read.outs, read.inputs["value"]]).toEqual([id, outs, "sk_test_byhand1"]);
    expect(life.diff(outs, inputs, { id }).changes).toBe(false);
    const next = life.check(inputs, declared({ value: "sk_test_byhand2" })).inputs;
    expect(life.diff(outs, next, { id })).toMatchObject({ changed: ["value"], replaces: [] });
    const updated = await life.update(id, outs, next);
    expect(updated.outs).toMatchObject({ value: "sk_test_byhand2", last4: "and2" });
    // by the process of the next deploy
    expect(await lifeOf(who).delete(id, updated.outs)).toMatch(/stays valid: it was made by hand/);
    expect(sent().filter((name) => name !== "keys" && name !== "currentTeam")).toEqual([]);
  });
});

test("a name that no key has is an error, with those that are there, and never gone", async () => {
  const life = lifeOf("a token");
  const { inputs } = life.check({}, declared({ name: "other" }));
  await expect(life.create(inputs)).rejects.toThrow(/no key "other" in environment .*"backend".*dashboard/);
  await expect(life.read("key_1", { ...inputs, keyId: "key_1" })).rejects.toThrow(/no key "other"/);
});

test.each<[what: string, inputs: Bag, property: string, reason: RegExp]>([
  ["no value", { value: undefined, external: true }, "value", /is required of an external key/],
  ["a version", { version: 2 }, "version", /rotates no external key: make a new one/],
  ["an end", { expiresAt: "2099-01-01T00:00:00Z" }, "expiresAt", /ends no external key/],
])("%s is refused", (_, more, property, reason) => {
  const { failures } = check(definitions.ApiKey, {}, declared(more));
  expect(failures).toEqual([{ property, reason: expect.stringMatching(reason) as string }]);
});
test("a value that is not known yet makes it external too", () => {
  const { inputs, failures } = check(definitions.ApiKey, {}, declared({ value: UNKNOWN }));
  expect([failures, inputs["external"]]).toEqual([[], true]);
});

test("from a key that golive made to one that it did not is a replacement, and the other way round", () => {
  const life = lifeOf("a token");
  const made = life.check({}, { environment, name: "backend" }).inputs;
  const held = { ...made, keyId: "key_1", value: "sk_test_minted1", secretHeld: true };
  const external = life.check({}, declared()).inputs;
  expect(life.diff(held, external).replaces).toEqual(["external"]);
  expect(life.diff({ ...external, keyId: "key_1", secretHeld: true }, made).replaces).toEqual(["external"]);
});
test("state of an earlier build, which knows of no such thing, is previewed without a change", async () => {
  const life = lifeOf("a token");
  const made = life.check({}, { environment, name: "backend" }).inputs;
  const { external: _, ...earlier } = made;
  const held = { ...earlier, keyId: byHand, value: "sk_test_minted1", secretHeld: true };
  expect(life.diff(held, made, { id: byHand }).changed).toEqual([]);
  // a refresh makes no input of what the platform gave
  const read = (await life.read(byHand, held))!;
  expect(read.inputs).not.toHaveProperty("value");
  expect(read.outs["value"]).toBe("sk_test_minted1");
});
test("no Platform API credentials are asked for, and of others' keys the way by hand is named", () => {
  const config = configOf({ token: "t" }, "workos");
  const { refusals } = workos.connect(config, new Http(config));
  expect(refusals("ApiKey", { ...declared(), external: true, kind: "publishable" })).toEqual([]);
  expect(refusals("ApiKey", { environment, name: "backend", external: false })[0]?.reason).toMatch(
    /teams that they create.*everybody else makes the key in the dashboard.*`external`/,
  );
});

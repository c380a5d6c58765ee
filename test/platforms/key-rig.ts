// A project with two environments and a key or two of each, and computers on which processes use them.
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Kind } from "@golive/provider";
import { Http } from "@golive/provider/http";
import { type Lifecycle, lifecycle } from "@golive/provider/lifecycle";
import { Journal } from "@golive/provider/lifecycle/journal";
import { KeyEnvironments } from "@golive/provider/lifecycle/key-environment";
import type { Platform } from "@golive/provider/platforms/platform";
import { workos } from "@golive/provider/platforms/workos/index";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished } from "vitest";
import { adapter, configOf, object, tokenOf } from "./rig";

export type Bag = Record<string, unknown>;
export interface World {
  rehearsal: Rehearsal;
  /** With a token. */
  dashboard: Platform;
  /** Production, and staging. */
  here: string;
  there: string;
  /** Fresh ones for each test: what is remembered of a key is another test's. */
  keys: Record<"here" | "again" | "there", string>;
}

/** The world of a test file. */
export function world(): World {
  const w = {} as World;
  beforeAll(async () => {
    w.rehearsal = await createRehearsal({ billing: true });
    w.dashboard = adapter(w.rehearsal, tokenOf(w.rehearsal));
    const project = await object(w.dashboard, "Project", { name: "Keyed" }).create();
    w.here = project.state.productionEnvironmentId!;
    w.there = project.state.stagingEnvironmentId!;
    await object(w.dashboard, "FeatureFlag", { project: project.id, slug: "beta", name: "Beta" }).create();
  });
  afterAll(() => w.rehearsal.close());
  let minted = 0;
  beforeEach(async () => {
    const mint = async (environment: string) =>
      (await object(w.dashboard, "ApiKey", { environment, name: `key ${++minted}` }).create()).state.value!;
    w.keys = { here: await mint(w.here), again: await mint(w.here), there: await mint(w.there) };
  });
  return w;
}

/** A computer: its journal stays between processes. */
export function computer(w: World) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "golive-keys-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const connect = (apiKey: string, environment?: string): Platform => {
    const config = {
      ...configOf({ apiKey }, "rehearsal", w.rehearsal.url),
      ...(environment !== undefined && { environment: { value: environment, origin: "GOLIVE_ENVIRONMENT" } }),
    };
    return workos.connect(config, new Http(config));
  };
  /** One process, in which each kind may have a platform of its own. */
  const process = () => {
    const memory = new KeyEnvironments();
    return (kind: Kind, apiKey: string, environment?: string): Lifecycle => {
      const platform = connect(apiKey, environment);
      return lifecycle(kind, () => ({ platform, problems: [] }), new Journal(folder), undefined, memory);
    };
  };
  return { folder, process };
}
let hooks = 0;
export const hook = (environment: string, url = `https://example.com/${++hooks}`): Bag => ({
  environment,
  url,
  events: ["user.created"],
});
export const rule = (environment: string, enabled = true): Bag => ({ flag: "beta", environment, enabled });
export const web = (environment: string): Bag => ({ environment, name: "web", isDefault: true });
export const refusalsOf = (life: Lifecycle, inputs: Bag, olds: Bag = {}) => life.check(olds, inputs).failures;
export const made = async (life: Lifecycle, inputs: Bag) => {
  const { inputs: complete, failures } = life.check({}, inputs);
  expect(failures).toEqual([]);
  return { ...(await life.create(complete)), inputs: complete };
};
/** URLs of the endpoints that an environment has. */
export const endpoints = async (w: World, environment: string) =>
  (await w.dashboard.stores.WebhookEndpoint!.list!({ environment })).map(({ state }) => state.url);

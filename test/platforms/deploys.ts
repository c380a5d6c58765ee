// One resource through the lifecycle on a platform, over real HTTP: `up`, `refresh` and what state holds after each.
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Kind } from "@golive/provider";
import type { Bag } from "@golive/provider/define";
import { type Lifecycle, lifecycle } from "@golive/provider/lifecycle";
import { Journal } from "@golive/provider/lifecycle/journal";
import { workos } from "@golive/provider/platforms/workos/index";
import type { Platform } from "@golive/provider/platforms/platform";
import { onTestFinished } from "vitest";
import { Engine, inputsOf } from "../model/engine";

export interface Deploys {
  /** A deploy of these inputs; how many steps changed something. What fails is thrown. */
  up(inputs: Bag): Promise<number>;
  refresh(): Promise<void>;
  /** What check says of these inputs now. */
  check(inputs: Bag): ReturnType<Lifecycle["check"]>;
  /** What state holds, if it holds the resource. */
  outs(): Bag | undefined;
  id(): string;
  destroy(): Promise<void>;
}

/** A journal of its own, which goes with the test. */
export function journal(): Journal {
  const folder = mkdtempSync(path.join(os.tmpdir(), "golive-journal-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return new Journal(folder);
}

export function deploys(platform: Platform, kind: Kind, log: Journal = journal()): Deploys {
  const life = lifecycle(kind, () => ({ platform, rules: workos.rules, problems: [] }), log);
  let engine = new Engine(() => platform, log);
  /** A plugin process of its own for each operation. */
  const next = (): Engine => {
    const { state } = engine;
    engine = new Engine(() => platform, log);
    for (const [name, entry] of state) engine.state.set(name, entry);
    return engine;
  };
  const done = <T>(answer: T): T => {
    const failed = engine.errors.splice(0);
    if (failed.length > 0) throw new Error(failed.join("; "));
    return answer;
  };
  return {
    up: async (inputs) => done(await next().up(new Map([["one", { kind, inputs }]]))),
    check: (inputs) => life.check(inputsOf(kind, engine.state.get("one")?.outs ?? {}), inputs),
    refresh: async () => done(await next().refresh()),
    outs: () => engine.state.get("one")?.outs,
    id: () => engine.state.get("one")!.id,
    destroy: async () => void done(await next().up(new Map())),
  };
}

// One resource through the lifecycle on a platform, over real HTTP: `up`, `refresh` and what state holds after each.
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Kind } from "@golive/provider";
import type { Bag } from "@golive/provider/define";
import { Journal } from "@golive/provider/lifecycle/journal";
import type { Platform } from "@golive/provider/platforms/platform";
import { onTestFinished } from "vitest";
import { Engine } from "../model/engine";

export interface Deploys {
  /** A deploy of these inputs; how many steps changed something. What fails is thrown. */
  up(inputs: Bag): Promise<number>;
  refresh(): Promise<void>;
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
  const engine = new Engine(() => platform, log);
  const done = <T>(answer: T): T => {
    const failed = engine.errors.splice(0);
    if (failed.length > 0) throw new Error(failed.join("; "));
    return answer;
  };
  return {
    up: async (inputs) => done(await engine.up(new Map([["one", { kind, inputs }]]))),
    refresh: async () => done(await engine.refresh()),
    outs: () => engine.state.get("one")?.outs,
    id: () => engine.state.get("one")!.id,
    destroy: async () => void done(await engine.up(new Map())),
  };
}

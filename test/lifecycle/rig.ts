import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Kind } from "@golive/provider";
import { definitions } from "@golive/provider";
import { type Lifecycle, lifecycle } from "@golive/provider/lifecycle";
import { Journal, journalKey } from "@golive/provider/lifecycle/journal";
import type { Account } from "@golive/provider/platforms/platform";
import { onTestFinished } from "vitest";
import { throughPlugin } from "../doors/through-plugin";
import { type Bag, inputsOf } from "./declared";
import { MemoryPlatform, type MemoryStore } from "./memory-platform";

export interface Rig {
  readonly platform: MemoryPlatform;
  readonly store: MemoryStore;
  readonly journal: Journal;
  /** Where the journal is kept. */
  readonly folder: string;
  readonly life: Lifecycle;
  /** The journal's key of an object with these inputs, of nobody in particular, or of this owner. */
  keyOf(inputs: Bag, owner?: string): string;
  /** How long each look for the outcome of a write waited, in milliseconds. */
  readonly waits: readonly number[];
  /** What the next process on this computer sees: the same platform and journal, nothing in memory. */
  restarted(): Lifecycle;
}

/** A lifecycle of one kind over a platform in memory, with a journal in a temporary folder. */
export function rig(kind: Kind): Rig {
  const folder = mkdtempSync(path.join(os.tmpdir(), "golive-journal-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const platform = new MemoryPlatform();
  const journal = new Journal(folder);
  const waits: number[] = [];
  const wait = (ms: number) => Promise.resolve(waits.push(ms));
  const over = (log: Journal) => {
    const life = lifecycle(kind, () => ({ platform, problems: [] }), log, wait);
    // test/doors/tables.test.ts runs these tables through the plugin door
    return process.env["GOLIVE_TEST_DOOR"] === "plugin" ? throughPlugin(kind, life) : life;
  };
  return {
    waits,
    platform,
    store: platform.memory[kind],
    journal,
    folder,
    life: over(journal),
    keyOf: (inputs, owner) => journalKey(platform.who.id, definitions[kind], inputs, owner),
    restarted: () => over(new Journal(folder)),
  };
}

/** The URN of a resource. */
export const urn = (name: string, stack = "dev", project = "shop"): string =>
  `urn:pulumi:${stack}::${project}::pulumi-nodejs:dynamic/golive:Any::${name}`;

/** State of an object that was made with these inputs. */
export async function made(kind: Kind, given: Bag = {}) {
  const r = rig(kind);
  const { id, outs } = await r.life.create(inputsOf(kind, given));
  r.store.calls.length = 0;
  r.platform.accountCalls = 0;
  return { ...r, id, outs };
}

/** Whom the credentials belong to: by `key:`, as a key is known that does not tell its account. */
export const known = (id: string): Account => ({
  id,
  name: "Shop Ltd",
  ...(id.startsWith("key:") && { proof: "key" as const }),
});

/** What a verb is refused with. */
export async function refusal(promise: Promise<unknown>): Promise<Error> {
  const answer: unknown = await promise.then(
    (value) => ({ value }),
    (error: unknown) => error,
  );
  if (answer instanceof Error) return answer;
  throw new Error(`it succeeded: ${JSON.stringify(answer)}`);
}

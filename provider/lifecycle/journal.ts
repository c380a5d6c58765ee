import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Bag, type Definition, namesOf } from "../define";
import type { Owner } from "./owner";

/** An object by account and natural key. */
export const naturalKey = (account: string, { type, inputs }: Definition, values: Bag): readonly unknown[] => [
  account,
  type,
  namesOf(inputs, (field) => Boolean(field.key)).map((name) => values[name]),
];

/**
 * The same, hashed: of names and URLs the journal says nothing. Where the owner is not known, the program's folder, in
 * which the plugin runs, stands for it.
 */
export const journalKey = (account: string, definition: Definition, values: Bag, owner?: Owner): string => {
  const key = naturalKey(account, definition, values);
  return createHash("sha256")
    .update(JSON.stringify(owner === undefined ? [process.cwd(), ...key] : key))
    .digest("base64url");
};

interface Entry {
  readonly key: string;
  /** URN of the resource that it was done for. */
  readonly owner?: string;
  /** Something was begun; the entry that ends it follows, unless its outcome is unknown. */
  readonly open?: true;
  /** What there was before, of which there may be several, e.g. keys of one name. */
  readonly before?: readonly string[];
  /** What the creation made, or took over. */
  readonly id?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}
/** What an earlier process, on this computer, had to do with an object. */
export interface Trace {
  readonly owner: Owner;
  /** `begun`: nobody had the platform's answer. `made`: a process had it, and state may hold the object. */
  readonly step: "begun" | "made";
  /** An object whose creation ended well is in state, unless the engine died in that moment: the next `up` is not far. */
  readonly isFresh: boolean;
}

/** A key, and the environment that what it made is in. Beside the days of the journal, as it holds for longer. */
const keysFile = "keys.jsonl";
const isDay = (file: string): boolean => /^\d/.test(file);

const freshMs = 3_600_000;
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

/** A line of the journal; nothing of one that a full disk or a power cut left torn. */
function entryOf(line: string): Entry[] {
  try {
    const entry = JSON.parse(line) as Partial<Entry> | null;
    return typeof entry?.key === "string" && typeof entry.at === "number" ? [entry as Entry] : [];
  } catch {
    return [];
  }
}

/** The same of a key. */
function keyEntryOf(line: string): { readonly account: string; readonly environment: string }[] {
  try {
    const { account, environment } = JSON.parse(line) as { account?: unknown; environment?: unknown };
    return typeof account === "string" && typeof environment === "string" ? [{ account, environment }] : [];
  } catch {
    return [];
  }
}

/**
 * What was begun on this computer in the last two days, and for whom. A process can die between the platform's write and
 * the engine's state; the next `up` then meets an object that no state knows, and the journal says whose it is. Losing the
 * journal loses nothing else: the object is then reported as existing, with the line that adopts it.
 */
export class Journal {
  /** What this process itself began: found again, it is another resource's of the same program. */
  readonly #here = new Set<string>();

  constructor(
    private readonly folder = process.env["GOLIVE_JOURNAL"] ?? path.join(os.homedir(), ".golive", "journal"),
  ) {}

  /** Writes down that something is about to be made, beside what there is. */
  begin(key: string, owner?: Owner, before?: readonly string[]): void {
    this.#here.add(key);
    this.#write({ key, ...(owner !== undefined && { owner }), open: true, ...(before && { before }) });
  }

  /** Writes down the object that was made or taken over; without an id, that there is none. */
  end(key: string, id?: string, owner?: Owner): void {
    this.#here.add(key);
    this.#write({ key, ...(owner !== undefined && { owner }), ...(id !== undefined && { id }) });
  }

  /** What a process before this one had to do with the object of this id, under the first of the keys that has a trace of it. */
  trace(keys: readonly string[], id: string): Trace | undefined {
    for (const key of keys.filter((one) => !this.#here.has(one))) {
      const last = this.#last(key);
      if (!last || !(last.open || last.id === id)) continue;
      const { owner, at, open } = last;
      return { owner, step: open ? "begun" : "made", isFresh: Date.now() - at < freshMs };
    }
    return undefined;
  }

  /** What there was before a process before this one began what nobody knows the end of. */
  before(key: string): readonly string[] | undefined {
    const last = this.#here.has(key) ? undefined : this.#last(key);
    return last?.open ? last.before : undefined;
  }

  /** Writes down which environment a key has been seen to be of. */
  remember(account: string, environment: string): void {
    if (this.remembered(account) !== environment) this.#append(keysFile, { account, environment });
  }

  /** The environment that a key was last seen to be of, on this computer. */
  remembered(account: string): string | undefined {
    try {
      const lines = readFileSync(path.join(this.folder, keysFile), "utf8").split("\n");
      const seen = lines.flatMap(keyEntryOf).findLast((entry) => entry.account === account);
      return seen?.environment;
    } catch {
      return undefined;
    }
  }

  #last(key: string): Entry | undefined {
    return this.#read().findLast((entry) => entry.key === key);
  }

  #write(entry: Omit<Entry, "at">): void {
    this.#append(`${day(0)}.jsonl`, { ...entry, at: Date.now() });
  }

  #append(file: string, line: object): void {
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      // a line of its own, also behind one that was torn
      appendFileSync(path.join(this.folder, file), `\n${JSON.stringify(line)}\n`, { mode: 0o600 });
    } catch {
      // a home folder that cannot be written must not stop a deploy
    }
  }

  #read(): Entry[] {
    try {
      const files = readdirSync(this.folder).filter(isDay).toSorted();
      for (const old of files.filter((file) => file < day(1))) rmSync(path.join(this.folder, old), { force: true });
      return files
        .filter((file) => file >= day(1))
        .flatMap((file) => readFileSync(path.join(this.folder, file), "utf8").split("\n").flatMap(entryOf));
    } catch {
      return [];
    }
  }
}

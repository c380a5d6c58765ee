import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Bag, type Definition, namesOf } from "../define";

/**
 * Objects by program, account and natural key, hashed: the journal names nothing. The plugin runs in the program's
 * folder, and knows no stack.
 */
export const journalKey = (account: string, { type, inputs }: Definition, values: Bag): string => {
  const key = namesOf(inputs, (field) => Boolean(field.key)).map((name) => values[name]);
  return createHash("sha256")
    .update(JSON.stringify([process.cwd(), account, type, key]))
    .digest("base64url");
};

interface Entry {
  readonly key: string;
  /** A creation was begun; the entry that ends it follows, unless the process died. */
  readonly open?: true;
  /** What the creation made, if it made anything. */
  readonly id?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}
/** `begun`: nobody had the platform's answer. `made`: a process had it, and state may hold the object. */
export type Trace = "begun" | "made";

/** An object whose creation ended well is in state, unless the engine died in that moment: the next `up` is not far. */
const freshMs = 3_600_000;
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

/**
 * What was begun on this computer in the last two days. A process can die between the platform's write and the engine's
 * state; the next `up` then meets an object that no state knows, and the journal says whose it is. Losing the journal
 * loses nothing else: the object is then reported as existing, with the line that adopts it.
 */
export class Journal {
  /** What this process itself began: found again, it is another resource's of the same program. */
  readonly #here = new Set<string>();

  constructor(
    private readonly folder = process.env["GOLIVE_JOURNAL"] ?? path.join(os.homedir(), ".golive", "journal"),
  ) {}

  /** Writes down that an object is about to be made. */
  begin(key: string): void {
    this.#here.add(key);
    this.#write({ key, open: true });
  }

  /** Writes down the object that was made; without an id, that the platform refused to. */
  end(key: string, id?: string): void {
    this.#here.add(key);
    this.#write(id === undefined ? { key } : { key, id });
  }

  /** What a process before this one, on this computer, had to do with the object of this key and id. */
  trace(key: string, id: string): Trace | undefined {
    if (this.#here.has(key)) return undefined;
    const entries = this.#read().filter((entry) => entry.key === key);
    if (entries.at(-1)?.open === true) return "begun";
    return entries.some((entry) => entry.id === id && Date.now() - entry.at < freshMs) ? "made" : undefined;
  }

  #write(entry: Omit<Entry, "at">): void {
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      appendFileSync(path.join(this.folder, `${day(0)}.jsonl`), `${JSON.stringify({ ...entry, at: Date.now() })}\n`, {
        mode: 0o600,
      });
    } catch {
      // a home folder that cannot be written must not stop a deploy
    }
  }

  #read(): Entry[] {
    try {
      const files = readdirSync(this.folder).toSorted();
      for (const old of files.filter((file) => file < day(1))) rmSync(path.join(this.folder, old), { force: true });
      return files
        .filter((file) => file >= day(1))
        .flatMap((file) => readFileSync(path.join(this.folder, file), "utf8").split("\n").slice(0, -1))
        .map((line) => JSON.parse(line) as Entry);
    } catch {
      return [];
    }
  }
}

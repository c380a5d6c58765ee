/** One request of the log: what was asked, never with what. */
export interface LogEntry {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly operation?: string;
  /** 0: the connection was dropped. */
  readonly status: number;
  readonly ms: number;
}
const kept = 500;
const keptOfStrangers = 20;
const longest = 500;

/** The last requests. Those that were not let in are kept apart: they push no other out. */
export class Log {
  readonly #entries: LogEntry[] = [];
  readonly #refused: LogEntry[] = [];
  #count = 0;

  /** Of those let in, oldest first. */
  get entries(): readonly LogEntry[] {
    return this.#entries;
  }
  get refused(): readonly LogEntry[] {
    return this.#refused;
  }
  /** Requests that were let in since the start. */
  get count(): number {
    return this.#count;
  }
  /** One more was let in. */
  letIn(): void {
    this.#count += 1;
  }
  add(entry: LogEntry): void {
    push(this.#entries, entry, kept);
  }
  addRefused(entry: LogEntry): void {
    push(this.#refused, entry, keptOfStrangers);
  }
}
function push(list: LogEntry[], entry: LogEntry, most: number): void {
  list.push({ ...entry, path: entry.path.slice(0, longest) });
  if (list.length > most) list.shift();
}

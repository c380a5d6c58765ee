const drops = ["before", "after", "late"] as const;

/** A fault that somebody asked for, to see what happens then. */
export interface Fault {
  /** Any method, when left out. */
  readonly method?: string;
  /** A path, with `*` for any part of it. Any path, when left out. */
  readonly path?: string;
  /** The name of a GraphQL operation, e.g. `createFlag`. */
  readonly operation?: string;
  /** Answers this status instead of the real answer. */
  readonly status?: number;
  /** Sent along as `Retry-After`, in seconds. */
  readonly retryAfter?: number;
  /** Waits before the request is carried out, in milliseconds. */
  readonly latencyMs?: number;
  /** Drops the connection without an answer: before the request is carried out, after it, or before it and carries it out late. */
  readonly drop?: (typeof drops)[number];
  /** Carried out late: once so many further requests have come. @default 1 */
  readonly requests?: number;
  /** How often it strikes; always, when left out. */
  readonly times?: number;
  /** From 0 to 1. @default 1 */
  readonly probability?: number;
  /** Makes the same dice for every run. */
  readonly seed?: number;
}
interface Request {
  readonly method: string;
  readonly path: string;
  readonly operation?: string | undefined;
}

/** A fault that cannot be played: it would strike wrongly, or hang a request. */
export class InvalidFault extends Error {}

const kinds: Readonly<Record<keyof Fault, "string" | "number">> = {
  method: "string",
  path: "string",
  operation: "string",
  drop: "string",
  requests: "number",
  status: "number",
  retryAfter: "number",
  latencyMs: "number",
  times: "number",
  probability: "number",
  seed: "number",
};
function check(fault: Fault): void {
  for (const [name, value] of Object.entries(fault)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name as keyof Fault] : undefined;
    if (typeof value !== kind || (kind === "number" && !Number.isFinite(value)))
      throw new InvalidFault(`'${name}' is no field of a fault, or not a ${kind ?? "known field"}.`);
  }
  const { status, drop, latencyMs } = fault;
  if (drop !== undefined && !drops.includes(drop)) throw new InvalidFault(`drop is one of ${drops.join(", ")}.`);
  if (status !== undefined && (!Number.isInteger(status) || status < 400 || status > 599))
    throw new InvalidFault("status is from 400 to 599.");
  if (status === undefined && drop === undefined && latencyMs === undefined)
    throw new InvalidFault("A fault has a status, a drop or a latencyMs.");
}

/** Dice from a seed (mulberry32). */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
/** Whether a path is of a pattern, in time that grows with both and no faster: `*` goes back to the last one only. */
function matches(pattern: string, path: string): boolean {
  let at = 0;
  let star = -1;
  let taken = 0;
  for (let i = 0; i < path.length; i++) {
    if (pattern[at] === "*") {
      star = at++;
      taken = i--;
    } else if (pattern[at] === path[i]) at += 1;
    else if (star < 0) return false;
    else {
      at = star + 1;
      i = taken++;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}

export class Faults {
  #active: { fault: Fault; left: number; roll: () => number }[] = [];
  /** Requests whose clients gave up, and that are carried out late. */
  #held: { requests: number; readonly run: () => void }[] = [];

  /** @throws InvalidFault when it is none that can be played. */
  add(fault: Fault): void {
    check(fault);
    this.#active.push({
      fault,
      left: fault.times ?? Infinity,
      roll: fault.seed === undefined ? Math.random : dice(fault.seed),
    });
  }
  /** Ends all faults; what is still to be carried out is done now. */
  clear(): void {
    this.#active = [];
    for (const { run } of this.#held.splice(0)) run();
  }
  /** Ends all faults, and what was to be carried out never is. */
  forget(): void {
    this.#held = [];
    this.clear();
  }
  /** Keeps what is to be carried out once so many further requests have come. */
  hold(requests: number, run: () => void): void {
    this.#held.push({ requests, run });
  }
  /** A request has come: what has waited long enough is carried out before it. */
  tick(): void {
    for (const entry of this.#held) entry.requests -= 1;
    const due = this.#held.filter(({ requests }) => requests <= 0);
    this.#held = this.#held.filter(({ requests }) => requests > 0);
    for (const { run } of due) run();
  }
  get list(): readonly Fault[] {
    return this.#active.map(({ fault }) => fault);
  }

  /** The fault that strikes this request, if one does. */
  strike({ method, path, operation }: Request): Fault | undefined {
    for (const entry of this.#active) {
      const { fault } = entry;
      if (entry.left <= 0 || (fault.method && fault.method.toUpperCase() !== method)) continue;
      if ((fault.path && !matches(fault.path, path)) || (fault.operation && fault.operation !== operation)) continue;
      if (entry.roll() >= (fault.probability ?? 1)) continue;
      entry.left -= 1;
      return fault;
    }
    return undefined;
  }
}

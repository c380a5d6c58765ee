/** What may be sent. */
export interface Limit {
  /** Requests that may go at once. */
  readonly burst: number;
  /** Requests per second after that. */
  readonly perSecond: number;
}
/** Of a server that nobody says anything of. */
export const unlimited: Limit = { burst: Infinity, perSecond: Infinity };

/** Lets requests through at a steady rate, in the order in which they ask, so that a big stack waits instead of failing. */
export class Limiter {
  #free: number;
  #at: number;
  #pausedUntil = 0;

  constructor(
    private readonly limit: Limit,
    private readonly now: () => number = Date.now,
  ) {
    this.#free = limit.burst;
    this.#at = now();
  }

  /** Takes one place and answers how many milliseconds to wait before using it. */
  take(): number {
    const now = this.now();
    const { burst, perSecond } = this.limit;
    // an endless rate times no time at all is no number
    const back = now > this.#at ? ((now - this.#at) / 1000) * perSecond : 0;
    this.#free = Math.min(burst, this.#free + back) - 1;
    this.#at = now;
    const turn = this.#free >= 0 ? 0 : (-this.#free / perSecond) * 1000;
    return Math.max(turn, this.#pausedUntil - now, 0);
  }

  /** The server said to wait: nobody goes before. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.now() + ms);
  }
}

/** What the documented limit of the platform leaves: 6,000 requests in any 60 seconds per key, the first burst included. */
export const platformLimit = { burst: 300, perSecond: 95 } as const;

/** Lets requests through at a steady rate, in the order in which they ask, so that a big stack waits instead of failing. */
export class Limiter {
  #free: number;
  #at: number;
  #pausedUntil = 0;

  /** @param burst Requests that may go at once. @param perSecond Requests per second after that. */
  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
    private readonly now: () => number = Date.now,
  ) {
    this.#free = burst;
    this.#at = now();
  }

  /** Takes one place and answers how many milliseconds to wait before using it. */
  take(): number {
    const now = this.now();
    this.#free = Math.min(this.burst, this.#free + ((now - this.#at) / 1000) * this.perSecond) - 1;
    this.#at = now;
    const turn = this.#free >= 0 ? 0 : (-this.#free / this.perSecond) * 1000;
    return Math.max(turn, this.#pausedUntil - now, 0);
  }

  /** The server said to wait: nobody goes before. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.now() + ms);
  }
}

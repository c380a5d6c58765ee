/** What may be sent. */
export interface Limit {
  /** Requests that may go at once. */
  readonly burst: number;
  /** Requests per second after that. */
  readonly perSecond: number;
}
/** Of a server that nobody says anything of. */
export const unlimited: Limit = { burst: Infinity, perSecond: Infinity };

/** One limit: what is free of it fills up again. */
class Bucket {
  #free: number;
  #at: number;

  constructor(
    private readonly limit: Limit,
    now: number,
  ) {
    this.#free = limit.burst;
    this.#at = now;
  }

  /** Takes one place and answers how many milliseconds it is away. */
  take(now: number): number {
    const { burst, perSecond } = this.limit;
    // an endless rate times no time at all is no number
    const back = now > this.#at ? ((now - this.#at) / 1000) * perSecond : 0;
    this.#free = Math.min(burst, this.#free + back) - 1;
    this.#at = now;
    return this.#free >= 0 ? 0 : (-this.#free / perSecond) * 1000;
  }
}

/** Lets requests through at a steady rate, in the order in which they ask, so that a big stack waits instead of failing. */
export class Limiter {
  readonly #buckets: readonly Bucket[];
  #pausedUntil = 0;

  constructor(
    limits: Limit | readonly Limit[],
    private readonly now: () => number = Date.now,
  ) {
    this.#buckets = [limits].flat().map((limit) => new Bucket(limit, now()));
  }

  /** Takes one place and answers how many milliseconds to wait before using it. */
  take(): number {
    const now = this.now();
    return Math.max(...this.#buckets.map((bucket) => bucket.take(now)), this.#pausedUntil - now, 0);
  }

  /** The server said to wait: nobody goes before. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.now() + ms);
  }
}

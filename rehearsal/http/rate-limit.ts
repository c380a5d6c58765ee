/** So many requests in a window of time, for one key. */
export interface Limit {
  readonly requests: number;
  readonly windowMs: number;
}
interface Window {
  readonly until: number;
  used: number;
}

/** Counts requests per key in fixed windows. */
export class RateLimiter {
  readonly #windows = new Map<string, Window>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Seconds to wait when the limit is reached, or nothing. */
  hit(key: string, { requests, windowMs }: Limit): number | undefined {
    const now = this.now();
    let window = this.#windows.get(key);
    if (!window || window.until <= now) {
      if (this.#windows.size > 10_000) this.#windows.clear();
      window = { until: now + windowMs, used: 0 };
      this.#windows.set(key, window);
    }
    window.used += 1;
    return window.used > requests ? Math.ceil((window.until - now) / 1000) : undefined;
  }
}

const baseMs = 250;
const capMs = 8_000;
const longestMs = 60_000;

/** Milliseconds before the next try: full jitter under an exponential bound. @param attempt From 1. */
export const backoff = (attempt: number, random: () => number = Math.random): number =>
  Math.round(random() * Math.min(capMs, baseMs * 2 ** attempt));

/** Milliseconds that a `Retry-After` header asks for, in seconds or as an HTTP date; at most a minute. */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === "") return undefined;
  const ms = /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestMs);
}

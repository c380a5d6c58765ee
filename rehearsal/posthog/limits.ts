import { bearerOf, type Head } from "../http/exchange";
import { type Limit, RateLimiter } from "../http/rate-limit";
import { throttled } from "./errors";

/** The documented limits of a personal key. A person who is signed in has none. */
const ordinary: readonly (readonly [name: string, limit: Limit])[] = [
  ["burst", { requests: 480, windowMs: 60_000 }],
  ["sustained", { requests: 4_800, windowMs: 3_600_000 }],
];
const definitions: readonly (readonly [name: string, limit: Limit])[] = [
  ["definitions", { requests: 600, windowMs: 60_000 }],
];
const isDefinitions = (path: string) => path === "/flags/definitions" || path.includes("/local_evaluation");

/** Refuses what goes beyond a documented limit, by key. */
export function rateLimits(now: () => number = Date.now): (head: Head) => void {
  const limiter = new RateLimiter(now);
  return (head) => {
    const key = bearerOf(head);
    if (key === "" || !(head.path.startsWith("/api/") || isDefinitions(head.path))) return;
    for (const [name, limit] of isDefinitions(head.path) ? definitions : ordinary) {
      const wait = limiter.hit(`${name} ${key}`, limit);
      if (wait !== undefined) throw throttled(wait);
    }
  };
}

import { bearerOf, type Exchange, HttpError } from "../http/exchange";
import { type Limit, RateLimiter } from "../http/rate-limit";

/** The documented limits: per key, and for some paths per environment, which is the key's. */
const limits: readonly (readonly [name: string, applies: (exchange: Exchange) => boolean, limit: Limit])[] = [
  ["all", () => true, { requests: 6_000, windowMs: 60_000 }],
  [
    "reads",
    ({ method, path }) => path.startsWith("/user_management/") && method === "GET",
    { requests: 1_000, windowMs: 10_000 },
  ],
  [
    "writes",
    ({ method, path }) => path.startsWith("/user_management/") && method !== "GET",
    { requests: 500, windowMs: 10_000 },
  ],
  [
    "organizations",
    ({ method, path }) => path.startsWith("/organizations/") && method === "DELETE",
    { requests: 50, windowMs: 60_000 },
  ],
];

/** Refuses what goes beyond a documented limit. */
export function rateLimits(): (exchange: Exchange) => void {
  const limiter = new RateLimiter();
  return (exchange) => {
    const key = bearerOf(exchange);
    for (const [name, applies, limit] of limits) {
      const wait = applies(exchange) ? limiter.hit(`${name} ${key}`, limit) : undefined;
      if (wait !== undefined)
        throw new HttpError(429, "Rate limit exceeded.", "rate_limit_exceeded", undefined, {
          "retry-after": String(wait),
        });
    }
  };
}

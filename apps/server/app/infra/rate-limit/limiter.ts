import type { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { CallLimit } from "../../core/shared/limit.ts";
import type { Budget } from "./budgets.ts";

/** A limiter within this process, or over all nodes when there is a Redis. */
export function createLimiter(budget: Budget, redis: Redis | undefined): CallLimit {
  const options = { keyPrefix: `im:limit:${budget.name}`, points: budget.points, duration: budget.seconds };
  const local = new RateLimiterMemory(options);
  // With Redis away the insurance limiter goes on counting within each process.
  const limiter = redis ? new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: local }) : local;
  return {
    async take(key) {
      try {
        await limiter.consume(key);
        return 0;
      } catch (refusal) {
        return refusal instanceof RateLimiterRes ? Math.max(1, refusal.msBeforeNext) : 0;
      }
    },
  };
}

import { once } from "node:events";
import type { Redis } from "ioredis";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connectRedis } from "../redis.ts";
import { testRedisUrl } from "../testing/redis-url.ts";
import { createLimiter } from "./limiter.ts";
import { limiterConformance, smallBudget, take } from "./testing/limiter.conformance.ts";

let redis: Redis;

beforeAll(async () => {
  redis = connectRedis(testRedisUrl(), "limits", pino({ level: "silent" }));
  await once(redis, "ready");
});
afterAll(() => {
  redis.disconnect();
});

limiterConformance((budget) => createLimiter(budget, redis));

it("limiters of all nodes count together", async () => {
  const budget = smallBudget();
  const [west, east] = [createLimiter(budget, redis), createLimiter(budget, redis)];
  expect(await take(west, "ann", 2)).toEqual([true, true]);
  expect(await take(east, "ann", 2)).toEqual([true, false]);
  expect(await west.take("ann")).toBeGreaterThan(0);
});

it("what it counts goes by itself", async () => {
  const budget = smallBudget(60);
  await createLimiter(budget, redis).take("ann");
  const keys = await redis.keys(`im:limit:${budget.name}*`);
  expect(keys).toHaveLength(1);
  expect(await redis.ttl(keys[0]!)).toBeGreaterThan(0);
});

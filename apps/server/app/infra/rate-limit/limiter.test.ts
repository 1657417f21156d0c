import { pino } from "pino";
import { expect, it } from "vitest";
import { connectRedis } from "../redis.ts";
import { createLimiter } from "./limiter.ts";
import { limiterConformance, smallBudget, take } from "./testing/limiter.conformance.ts";

limiterConformance((budget) => createLimiter(budget, undefined));

it("two limiters of one process count apart", async () => {
  const budget = smallBudget();
  const [one, other] = [createLimiter(budget, undefined), createLimiter(budget, undefined)];
  await take(one, "ann", 4);
  expect(await other.take("ann")).toBe(0);
});

it("with its Redis away a limiter goes on counting within the process", async () => {
  const redis = connectRedis("redis://127.0.0.1:1", "limits", pino({ level: "silent" }));
  try {
    expect(await take(createLimiter(smallBudget(), redis), "ann", 5)).toEqual([true, true, true, false, false]);
  } finally {
    redis.disconnect();
  }
});

import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { CallLimit } from "../../../core/shared/limit.ts";
import type { Budget } from "../budgets.ts";

/** Few points and a short time; the name keeps tests that share a Redis apart. */
export const smallBudget = (seconds = 60): Budget => ({ name: `test-${randomUUID()}`, points: 3, seconds });

/** Takes so many points, and says of each whether it was given. */
export async function take(limit: CallLimit, key: string, times: number): Promise<boolean[]> {
  const given: boolean[] = [];
  for (let n = 0; n < times; n += 1) given.push((await limit.take(key)) === 0);
  return given;
}

/** What every limiter guarantees. */
export function limiterConformance(create: (budget: Budget) => CallLimit): void {
  describe("a limiter", () => {
    it("gives a key its points, and then says how long to wait", async () => {
      const limit = create(smallBudget());
      expect(await take(limit, "ann", 5)).toEqual([true, true, true, false, false]);
      const wait = await limit.take("ann");
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(60_000);
    });

    it("counts each key by itself, whatever it looks like", async () => {
      const limit = create(smallBudget());
      const keys = ["ann", "bob", "a:b", "a", "::1", "中文", "x".repeat(300)];
      for (const key of keys) expect([key, await take(limit, key, 4)]).toEqual([key, [true, true, true, false]]);
    });

    it("gives the points again when the time is over", async () => {
      const limit = create(smallBudget(1));
      await take(limit, "ann", 4);
      await expect.poll(() => limit.take("ann"), { timeout: 5_000 }).toBe(0);
      expect(await take(limit, "ann", 3)).toEqual([true, true, false]);
    });

    it("gives no point twice to those who ask at once", async () => {
      const limit = create(smallBudget());
      const waits = await Promise.all(Array.from({ length: 20 }, () => limit.take("ann")));
      expect(waits.filter((wait) => wait === 0)).toHaveLength(3);
    });
  });
}

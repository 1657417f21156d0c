import { ImError } from "./errors.ts";

/** Counts calls against a budget that refills. */
export interface CallLimit {
  /**
   * Takes one point of the key's budget; resolves with 0, or with the milliseconds after which to try again. When the
   * counter itself cannot be reached it lets the call pass: a limit is not worth an outage.
   */
  take(key: string): Promise<number>;
}

/** Never refuses: `RATE_LIMIT=off`. */
export const unlimited: CallLimit = { take: () => Promise.resolve(0) };

/** @throws {ImError} `RATE_LIMITED` when the budget is used up */
export async function requireBudget(limit: CallLimit, key: string): Promise<void> {
  const wait = await limit.take(key);
  if (wait > 0) throw new ImError("RATE_LIMITED", "too many calls", { retryAfterMs: wait });
}

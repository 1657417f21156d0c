import { setTimeout as sleep } from "node:timers/promises";

/** How long a condition may take when the caller names no bound, in milliseconds. Generous: two busy cores. */
const DEFAULT_TIMEOUT_MS = 15_000;

/** Pause between two looks, in milliseconds. Short enough not to show in a test's duration. */
const POLL_MS = 20;

export interface WaitOptions {
  timeoutMs?: number;
  /** Named in the error, with what was seen last. */
  what?: string;
}

/**
 * Polls until `condition` gives something truthy, and resolves with it. What `condition` throws counts as "not yet".
 *
 * @throws Error after `timeoutMs`, naming `what` and the last value or error.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = DEFAULT_TIMEOUT_MS, what = "the condition" }: WaitOptions = {},
): Promise<Exclude<T, false | null | undefined | 0 | "">> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    let seen: unknown;
    try {
      const value = await condition();
      if (value) return value as Exclude<T, false | null | undefined | 0 | "">;
      seen = value;
    } catch (error) {
      seen = error;
    }
    if (performance.now() >= deadline) {
      throw new Error(`${what} did not come about within ${timeoutMs} ms; last seen: ${String(seen)}`, {
        cause: seen,
      });
    }
    await sleep(POLL_MS);
  }
}

/** Rejects with `message` when `promise` is not settled after `timeoutMs`. */
export async function within<T>(promise: Promise<T>, timeoutMs: number, message: string): Promise<T> {
  const timer = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: timer.signal }).then(
    () => {
      throw new Error(`${message} (${timeoutMs} ms)`);
    },
    // Aborted: the other promise was first, and the race is over.
    () => new Promise<never>(() => undefined),
  );
  try {
    return await Promise.race([promise, late]);
  } finally {
    timer.abort();
  }
}

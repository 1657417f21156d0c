import type { ImError } from "../errors.ts";

/** First delay of a series, in milliseconds: short enough not to be felt after a lone hiccup. */
const BACKOFF_BASE_MS = 500;

/** Longest delay, in milliseconds: how long after a long outage the last client may take to come back. */
export const BACKOFF_CAP_MS = 30_000;

/**
 * Exponential back-off with full jitter: a random delay of 0 to min(cap, base · 2^attempt) milliseconds, which spreads
 * the clients of a restarted server evenly. `attempt` counts from 0.
 * Rule: AWS Architecture Blog, "Exponential Backoff And Jitter".
 */
export function backoffDelay(attempt: number, random: () => number = Math.random): number {
  return Math.floor(random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** attempt));
}

/** When to send a refused call again: the server's own word if it gave one, else the back-off. In milliseconds. */
export function retryDelay(error: ImError, attempt: number): number {
  return error.retryAfterMs ?? backoffDelay(attempt);
}

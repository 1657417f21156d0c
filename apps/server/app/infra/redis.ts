import { Redis } from "ioredis";
import type { Logger } from "pino";

/** Longest pause between two attempts to reach Redis, in milliseconds. */
const MAX_RECONNECT_MS = 2_000;

/**
 * How long an answer may take, in milliseconds: a Redis that hangs, or whose connection has lost its other end, must not
 * make callers wait or commands pile up.
 */
const ANSWER_WITHIN_MS = 1_000;

/**
 * A connection that comes back by itself. Credentials come from the URL; nothing is queued while it is away unless
 * `queue` says so.
 */
export function connectRedis(url: string, name: string, log: Logger, queue = false): Redis {
  const redis = new Redis(url, {
    connectionName: `im-${name}`,
    enableOfflineQueue: queue,
    maxRetriesPerRequest: null,
    connectTimeout: ANSWER_WITHIN_MS,
    socketTimeout: ANSWER_WITHIN_MS,
    retryStrategy: (attempt) => Math.min(attempt * 100, MAX_RECONNECT_MS),
  });
  redis.on("error", (error: Error) => {
    log.warn({ connection: name, reason: error.message }, "redis is away");
  });
  return redis;
}

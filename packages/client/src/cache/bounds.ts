/** How much is cached of messages at most. Both hold. */
export interface CacheBounds {
  /** Number of messages, of all conversations together. */
  readonly messages: number;
  /** Their size in bytes: each as JSON, and about 100 for its row. */
  readonly bytes: number;
}

/** A year of a busy user; IndexedDB stays quick up to here. */
const MAX_CACHED_MESSAGES = 200_000;

/** 200 MB. */
const MAX_CACHED_BYTES = 200_000_000;

/** What the platform grants and what is taken of it, in bytes. */
export interface StorageQuota {
  readonly quota: number;
  readonly usage: number;
}

/**
 * The bounds asked for, with defaults for the rest.
 *
 * @throws {RangeError} for a bound that is not a positive number; `Infinity` is one
 */
export function cacheBounds({ messages, bytes }: Partial<CacheBounds> = {}): CacheBounds {
  const bounds = { messages: messages ?? MAX_CACHED_MESSAGES, bytes: bytes ?? MAX_CACHED_BYTES };
  if (!(bounds.messages > 0 && bounds.bytes > 0)) throw new RangeError("The bounds of the cache must be above 0");
  return bounds;
}

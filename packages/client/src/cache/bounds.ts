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

/** Share of what the platform grants to the origin that messages may take: files and other pages need some, too. */
const QUOTA_SHARE = 0.5;

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

/**
 * The bounds narrowed to half of what the platform grants, and to what is free beside the `held` bytes that the cache
 * takes now. Where the platform tells nothing, as they are.
 */
export function boundsWithin(bounds: CacheBounds, held: number, granted: StorageQuota | undefined): CacheBounds {
  if (!granted) return bounds;
  const free = held + Math.max(0, granted.quota - granted.usage);
  return { ...bounds, bytes: Math.min(bounds.bytes, Math.floor(granted.quota * QUOTA_SHARE), free) };
}

export function scaled({ messages, bytes }: CacheBounds, factor: number): CacheBounds {
  return { messages: messages * factor, bytes: bytes * factor };
}

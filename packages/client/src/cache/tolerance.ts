import type { CacheBounds, StorageQuota } from "./bounds.ts";

/** Share of what the platform grants to the origin that messages may take: files and other pages need some, too. */
const QUOTA_SHARE = 0.5;

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

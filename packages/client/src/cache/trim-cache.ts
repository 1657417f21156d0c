import type { CacheKeeperContext } from "./cache-keeper-context.ts";
import { nextEviction, totalOf } from "./eviction-plan.ts";
import { boundsWithin, scaled } from "./tolerance.ts";

/** How far a bound may be passed before anything goes, and how far below it the cache then gets: share of the bound. */
const SLACK = 0.05;

/** Brings the cache below its bounds, in small steps with a `pause` after each, if it is over them, until `stopped`. */
export async function trimCache(
  { store, bounds: asked, quota, isKept }: Omit<CacheKeeperContext, "tasks">,
  stopped: AbortSignal,
  pause: () => Promise<void>,
): Promise<void> {
  const cached = new Map((await store.cached()).map((counts) => [counts.conversationId, counts]));
  const total = totalOf(cached.values());
  const bounds = boundsWithin(asked, total.bytes, await quota());
  const tolerated = scaled(bounds, 1 + SLACK);
  if (total.messages <= tolerated.messages && total.bytes <= tolerated.bytes) return;
  while (!stopped.aborted) {
    const step = nextEviction(cached.values(), scaled(bounds, 1 - SLACK), isKept);
    if (!step) return;
    const before = cached.get(step.conversationId)?.messages ?? 0;
    const left = await store.evict(step);
    // Filled again as fast as it is emptied, or emptied by another tab: not worth a second step now.
    if (left.messages >= before || left.messages === 0) cached.delete(step.conversationId);
    else cached.set(step.conversationId, left);
    await pause();
  }
}

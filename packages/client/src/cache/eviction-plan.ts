import type { ConversationId } from "@im-webapp/protocol";
import type { CachedConversation, Eviction } from "../store/local-store.ts";
import type { CacheBounds } from "./bounds.ts";

/** The newest messages of a conversation, which go last: what it shows when it is opened, also offline. */
export const LAST_TO_GO = 50;

/** Most messages that one step removes: a transaction of some milliseconds. */
export const STEP_MESSAGES = 500;

/**
 * The next step on the way below `bounds`; undefined where they hold, or nothing may go. Conversations opened longest
 * ago lose their oldest messages first, down to their newest page; only when all are down to that do these go, in the
 * same order. Those that `isKept` names lose nothing.
 */
export function nextEviction(
  cached: Iterable<CachedConversation>,
  bounds: CacheBounds,
  isKept: (id: ConversationId) => boolean,
): Eviction | undefined {
  const all = [...cached];
  const { messages, bytes } = totalOf(all);
  if (messages <= bounds.messages && bytes <= bounds.bytes) return undefined;
  for (const keep of [LAST_TO_GO, 0]) {
    let next: CachedConversation | undefined;
    for (const candidate of all) {
      if (candidate.messages <= keep || isKept(candidate.conversationId)) continue;
      if (!next || goesBefore(candidate, next)) next = candidate;
    }
    if (!next) continue;
    // By the mean size of a message; what that misses, the steps that follow find.
    const forBytes = Math.ceil((bytes - bounds.bytes) / (next.bytes / next.messages || 1));
    const wanted = Math.max(1, Math.ceil(messages - bounds.messages), forBytes);
    const limit = Math.min(STEP_MESSAGES, next.messages - keep, wanted);
    return { conversationId: next.conversationId, limit, keep };
  }
  return undefined;
}

export function totalOf(cached: Iterable<CachedConversation>): CacheBounds {
  let messages = 0;
  let bytes = 0;
  for (const conversation of cached) {
    messages += conversation.messages;
    bytes += conversation.bytes;
  }
  return { messages, bytes };
}

function goesBefore(a: CachedConversation, b: CachedConversation): boolean {
  return a.openedAt === b.openedAt ? a.conversationId < b.conversationId : a.openedAt < b.openedAt;
}

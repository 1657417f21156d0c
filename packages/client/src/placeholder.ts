import type { ConversationId, Target, UserId } from "@im-webapp/protocol";
import type { ConversationRecord } from "./sync/conversation-record.ts";

/**
 * A direct conversation that the server has not made yet goes by the id `peer:<userId>`. The server makes the real one
 * on the first message to that user.
 */
const PREFIX = "peer:";

export function placeholderFor(userId: UserId): ConversationId {
  return PREFIX + userId;
}

/** The other user of a placeholder; undefined for the id of a real conversation. */
export function placeholderPeer(conversationId: ConversationId): UserId | undefined {
  return conversationId.startsWith(PREFIX) ? conversationId.slice(PREFIX.length) : undefined;
}

/** Where a message for this conversation or placeholder is sent to. */
export function targetOf(conversationId: ConversationId): Target {
  const userId = placeholderPeer(conversationId);
  return userId === undefined ? { conversationId } : { userId };
}

/** The direct conversation with a user, or its placeholder while there is none. */
export function directWith(records: ReadonlyMap<ConversationId, ConversationRecord>, userId: UserId): ConversationId {
  for (const [id, { conversation }] of records) {
    if (conversation.type === "direct" && conversation.peerId === userId) return id;
  }
  return placeholderFor(userId);
}

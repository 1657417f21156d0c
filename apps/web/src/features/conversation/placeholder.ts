import type { ConversationView } from "@im-webapp/client";
import type { ConversationId, UserId } from "@im-webapp/protocol";

import { conversationPath } from "./conversation-path.ts";

/** How the client library marks a direct conversation that nobody has written in yet. */
const PREFIX = "peer:";

/** Whom a placeholder's id is for; null when it is a conversation's own id. */
export function peerOf(conversationId: ConversationId): UserId | null {
  return conversationId.startsWith(PREFIX) ? conversationId.slice(PREFIX.length) : null;
}

/** The address of the conversation with oneself, where one keeps what one wants to find again. */
export function savedPath(ownId: UserId): string {
  return conversationPath(PREFIX + ownId);
}

/** An empty direct conversation to show until the first message makes the real one. */
export function placeholderConversation(conversationId: ConversationId, peerId: UserId): ConversationView {
  return {
    conversationId,
    type: "direct",
    peerId,
    lastSeq: 0,
    changeSeq: 0,
    readSeq: 0,
    unread: 0,
    pinned: false,
    muted: false,
    hidden: false,
    activeAt: 0,
    receipts: new Map(),
  };
}

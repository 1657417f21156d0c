import type { ConversationView } from "@im-webapp/client";
import { useEffect, useRef } from "react";
import { useClient } from "@im-webapp/react";

/** Whoever opens a conversation has it in the list again, and has seen what they marked as unread. */
export function useOpened({ conversationId, hidden, markedUnread = false, lastSeq }: ConversationView): void {
  const client = useClient();
  const isNew = useRef(true);
  useEffect(() => {
    // Once, at the opening: what is put away or marked later shall stay so.
    if (!isNew.current) return;
    isNew.current = false;
    if (hidden) client.setConversation(conversationId, { hidden: false }).catch(() => undefined);
    if (markedUnread) client.markRead(conversationId, lastSeq).catch(() => undefined);
  }, [client, conversationId, hidden, markedUnread, lastSeq]);
}

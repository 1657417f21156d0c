import type { ConversationView } from "@im-webapp/client";
import type { Seq } from "@im-webapp/protocol";
import { useState } from "react";
import { useClientState } from "@im-webapp/react";

/**
 * After which message the divider "new messages" stands; null for none. It is set when the conversation is opened, and
 * again when messages arrive while nobody looks or while catching up; it stays until the conversation is left.
 */
export function useUnreadStart({ unread, readSeq }: Pick<ConversationView, "unread" | "readSeq">): Seq | null {
  const isLive = useClientState(({ connection }) => connection.status === "online");
  const [start, setStart] = useState(unread > 0 ? readSeq : null);
  const [unreadBefore, setUnreadBefore] = useState(unread);
  if (unread !== unreadBefore) {
    setUnreadBefore(unread);
    const isUnseen = document.visibilityState === "hidden" || !isLive;
    if (unreadBefore === 0 && isUnseen) setStart(readSeq);
  }
  return start;
}

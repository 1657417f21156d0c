import type { ConversationSettings, ConversationView } from "@im-webapp/client";
import { useLocation, useNavigate } from "react-router";
import { useClient } from "@im-webapp/react";
import { conversationPath } from "../conversation/conversation-path.ts";

/** What one can do with a conversation in one's own list. */
export interface Keeping {
  readonly isUnread: boolean;
  readonly set: (settings: ConversationSettings) => void;
  readonly markRead: () => void;
  readonly markUnread: () => void;
  readonly hide: () => void;
}

/** The ways to keep a conversation. What is put away while it is open is left as well, or it would be back at once. */
export function useKeeping({ conversationId, lastSeq, unread, markedUnread = false }: ConversationView): Keeping {
  const client = useClient();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const leave = () => {
    const path = conversationPath(conversationId);
    if (pathname === path || pathname.startsWith(`${path}/`)) void navigate("/");
  };
  // What the server refuses is shown as it was; there is nothing else to say of a switch.
  const set = (settings: ConversationSettings) =>
    void client.setConversation(conversationId, settings).catch(() => null);
  return {
    isUnread: unread > 0 || markedUnread,
    set,
    markRead: () => void client.markRead(conversationId, lastSeq).catch(() => null),
    markUnread: () => {
      leave();
      set({ markedUnread: true });
    },
    hide: () => {
      leave();
      set({ hidden: true });
    },
  };
}

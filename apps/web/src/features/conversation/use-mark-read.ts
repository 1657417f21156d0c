import type { ConversationView } from "@im-webapp/client";
import { useLayoutEffect, useSyncExternalStore } from "react";
import { useClient } from "@im-webapp/react";

function subscribeVisibility(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}

const isVisible = () => document.visibilityState === "visible";

/** Marks a conversation as read while its newest message is in view and somebody can see the page. */
export function useMarkRead({ conversationId, lastSeq, unread }: ConversationView, isNewestInView: boolean): void {
  const client = useClient();
  const isSeen = useSyncExternalStore(subscribeVisibility, isVisible);
  const hasUnread = unread > 0;
  // Before the screen is painted, so that the badge of the open conversation never flashes.
  useLayoutEffect(() => {
    if (isSeen && isNewestInView && hasUnread) void client.markRead(conversationId, lastSeq);
  }, [client, conversationId, lastSeq, hasUnread, isSeen, isNewestInView]);
}

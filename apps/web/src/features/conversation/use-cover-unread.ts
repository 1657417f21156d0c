import type { MessageWindow } from "@im-webapp/client";
import type { ConversationId, Seq } from "@im-webapp/protocol";
import { useEffect, useState } from "react";
import { useClient } from "@im-webapp/react";

/** Pages that are fetched to open at the first unread message. Beyond them, one reads upwards from the newest. */
const MOST_PAGES = 8;

/**
 * Loads earlier messages until the first unread one is in memory, so that the conversation can open there. Tells when
 * that is done, or has been given up.
 */
export function useCoverUnread(
  conversationId: ConversationId,
  window: MessageWindow,
  unreadStart: Seq | null,
): boolean {
  const client = useClient();
  const [pages, setPages] = useState(0);
  const [isDone, setDone] = useState(false);
  const { messages, more, loading, error } = window;
  const first = messages[0]?.seq;
  const isLoaded = loading !== "first" && (first !== undefined || !more.before || error !== undefined);
  const isCovered = unreadStart === null || first === undefined || first <= unreadStart + 1 || !more.before;
  const isEnough = isLoaded && (isCovered || error !== undefined || pages >= MOST_PAGES);

  // Once open, the conversation stays open, whatever arrives later.
  if (isEnough && !isDone) setDone(true);
  const isWanting = !isDone && !isEnough && isLoaded && loading === "none";

  useEffect(() => {
    if (isWanting) void client.loadBefore(conversationId).then(() => setPages((count) => count + 1));
  }, [client, conversationId, isWanting]);

  return isDone || isEnough;
}

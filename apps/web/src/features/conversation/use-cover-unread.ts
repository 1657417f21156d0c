import type { MessageWindow } from "@im-webapp/client";
import type { ConversationId, Seq } from "@im-webapp/protocol";
import { useEffect, useState } from "react";
import { useClient } from "@im-webapp/react";
import type { Opening } from "./use-opening.ts";

/**
 * Tells when the messages to open with are in memory: those around the message that was asked for, those of the end,
 * or, where the first unread message lies before these, those around it, for which the window is moved there.
 */
export function useCoverUnread(
  conversationId: ConversationId,
  window: MessageWindow,
  opening: Opening,
  unreadStart: Seq | null,
): boolean {
  const client = useClient();
  const [isGivenUp, setGivenUp] = useState(false);
  const [isDone, setDone] = useState(false);
  const { messages, more, loading, error, around } = window;
  const first = messages[0]?.seq;
  const firstUnread = opening.at === "unread" && unreadStart !== null ? unreadStart + 1 : undefined;
  const isAtUnread = around !== undefined && around === firstUnread;
  const isInPlace = isAtUnread || around === (opening.seq ?? undefined);
  const isLoaded = isInPlace && loading !== "first" && (first !== undefined || !more.before || error !== undefined);
  const isRefused = isLoaded && isAtUnread && first === undefined;
  const isCovered = firstUnread === undefined || first === undefined || first <= firstUnread || !more.before;
  const isEnough = isLoaded && !isRefused && (isCovered || isGivenUp || error !== undefined);

  // Once open, the conversation stays open, whatever arrives later.
  if (isEnough && !isDone) setDone(true);
  // It is not to be seen, or not now: one reads upwards from the newest.
  if (isRefused && !isGivenUp) setGivenUp(true);
  const isWanting = !isDone && !isEnough && isLoaded && loading === "none";

  useEffect(() => {
    if (!isWanting || firstUnread === undefined) return;
    if (isRefused) void client.showNewest(conversationId);
    else void client.showAround(conversationId, firstUnread);
  }, [client, conversationId, firstUnread, isRefused, isWanting]);

  return isDone || isEnough;
}

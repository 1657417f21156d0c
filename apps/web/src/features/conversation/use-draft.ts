import type { ClientState } from "@im-webapp/client";
import type { ConversationId } from "@im-webapp/protocol";
import { useCallback, useEffect, useRef, useState } from "react";
import { useClient, useClientState } from "@im-webapp/react";
import { heldTyped, holdTyped, releaseTyped } from "./typed-text.ts";

/** What stands in a conversation's composer. */
export function draftOf({ conversations }: ClientState, conversationId: ConversationId): string {
  return conversations.find((conversation) => conversation.conversationId === conversationId)?.draft ?? "";
}

/** The text to put, or what makes it of the text that stands there now. */
type SetDraft = (next: string | ((current: string) => string)) => void;

/**
 * The text of a conversation's composer. The client library keeps it, over visits to other conversations and reloads;
 * the field has a copy, for a controlled field that lags behind the typing loses its caret.
 */
export function useDraft(conversationId: ConversationId): [string, SetDraft] {
  const client = useClient();
  const userId = useClientState((state) => state.me?.userId) ?? "";
  const held = useClientState((state) => draftOf(state, conversationId));
  const [text, setText] = useState(held);
  const written = useRef(held);

  useEffect(() => {
    // What is held now, and not when this was rendered: somebody may have typed since.
    const current = draftOf(client.getState(), conversationId);
    if (current === written.current) return;
    written.current = current;
    setText(current);
  }, [client, conversationId, held]);

  const set: SetDraft = useCallback(
    (next) => {
      const value = typeof next === "string" ? next : next(written.current);
      const place = { userId, conversationId };
      written.current = value;
      setText(value);
      holdTyped(place, value);
      // Where it cannot be stored it still stands in the field, and lasts as long as the page.
      client.setDraft(conversationId, value).then(
        () => releaseTyped(place, value),
        () => undefined,
      );
    },
    [client, userId, conversationId],
  );

  useEffect(() => {
    // Typed just before the page went, and not stored by then.
    const typed = heldTyped({ userId, conversationId });
    if (typed !== undefined && typed !== written.current) set(typed);
  }, [userId, conversationId, set]);
  return [text, set];
}

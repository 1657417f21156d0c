import type { ConversationView } from "@im-webapp/client";
import { useCallback, useEffect, useRef } from "react";
import { useClient } from "@im-webapp/react";
import { draftOf } from "../conversation/use-draft.ts";
import type { Composing } from "./message-control.ts";

/**
 * Keeps what is being answered with the draft, so that whoever comes back to the conversation, or reloads the page,
 * goes on with the answer. Gives what changes what is being composed.
 */
export function useKeptReply(
  { conversationId, draftReplyTo }: Pick<ConversationView, "conversationId" | "draftReplyTo">,
  set: (composing: Composing) => void,
): (composing: Composing) => void {
  const client = useClient();
  const found = useRef(draftReplyTo);
  /** Whether the user has begun something since, which is not to be replaced. */
  const isTouched = useRef(false);

  useEffect(() => {
    const seq = found.current;
    if (seq === undefined) return undefined;
    let isCurrent = true;
    client.getMessage(conversationId, seq).then(
      (message) => {
        if (isCurrent && !isTouched.current && message.recalledAt === undefined) set({ kind: "reply", message });
      },
      // Not to be read any more, or not here: what was typed is then a message like any other.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [client, conversationId, set]);

  return useCallback(
    (composing) => {
      isTouched.current = true;
      set(composing);
      const replyTo = composing.kind === "reply" ? composing.message.seq : null;
      client.setDraft(conversationId, draftOf(client.getState(), conversationId), replyTo).catch(() => undefined);
    },
    [client, conversationId, set],
  );
}

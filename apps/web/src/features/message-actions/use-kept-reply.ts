import type { ConversationId } from "@im-webapp/protocol";
import { useCallback, useEffect, useRef } from "react";
import { useClient } from "@im-webapp/react";
import { keepReply, keptReply } from "./kept-replies.ts";
import type { Composing } from "./message-control.ts";

/**
 * Keeps what is being answered beside the draft, so that whoever comes back to the conversation, or reloads the page,
 * goes on with the answer. Gives what changes what is being composed.
 */
export function useKeptReply(
  conversationId: ConversationId,
  set: (composing: Composing) => void,
): (composing: Composing) => void {
  const client = useClient();
  /** Whether the user has begun something since, which is not to be replaced. */
  const isTouched = useRef(false);

  useEffect(() => {
    const seq = keptReply(conversationId);
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
      keepReply(conversationId, composing.kind === "reply" ? composing.message.seq : undefined);
    },
    [conversationId, set],
  );
}

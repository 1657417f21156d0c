import type { ConversationId, Message } from "@im-webapp/protocol";
import { useCallback } from "react";
import { useClient } from "@im-webapp/react";

/** Finds the newest own message of text among those in memory, as of the moment of asking. */
export function useLastOwnText(conversationId: ConversationId): () => Message | undefined {
  const client = useClient();
  return useCallback(() => {
    const { me, windows } = client.getState();
    return windows
      .get(conversationId)
      ?.messages.findLast(({ senderId, content }) => senderId === me?.userId && content.kind === "text");
  }, [client, conversationId]);
}

import type { MessageWindow } from "@im-webapp/client";
import type { ConversationId } from "@im-webapp/protocol";
import { useEffect } from "react";
import { useClient } from "./client-context.ts";
import { useClientState } from "./use-client-state.ts";

/**
 * The messages of a conversation: what is cached at once, then the server's, kept current while the component is there.
 * Undefined for the moment before the first of them. Earlier ones come by `client.loadBefore(conversationId)`;
 * `client.showAround` moves to a message, `client.loadAfter` on from there, `client.showNewest` back to the end.
 */
export function useMessages(conversationId: ConversationId): MessageWindow | undefined {
  const client = useClient();
  useEffect(() => {
    client.openConversation(conversationId);
    return () => client.closeConversation(conversationId);
  }, [client, conversationId]);
  return useClientState((state) => state.windows.get(client.resolveConversationId(conversationId)));
}

import type { ConversationView } from "@im-webapp/client";
import type { ConversationId } from "@im-webapp/protocol";
import { useClient } from "./client-context.ts";
import { useClientState } from "./use-client-state.ts";

/** One conversation as the list shows it; undefined while this device does not know it. Placeholders are followed. */
export function useConversation(conversationId: ConversationId): ConversationView | undefined {
  const client = useClient();
  return useClientState((state) => {
    const id = client.resolveConversationId(conversationId);
    return state.conversations.find((conversation) => conversation.conversationId === id);
  });
}

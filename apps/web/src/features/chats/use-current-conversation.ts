import { useState } from "react";
import { useClient } from "@im-webapp/react";

/** The conversation that is open, and the one that was open last: where the focus returns to on a phone. */
export function useCurrentConversationId(address: string | undefined) {
  const client = useClient();
  const conversationId = address === undefined ? undefined : client.resolveConversationId(address);
  const [lastConversationId, setLast] = useState(conversationId);
  if (conversationId !== undefined && conversationId !== lastConversationId) setLast(conversationId);
  return { conversationId, lastConversationId };
}

import type { ConversationId, Seq } from "@im-webapp/protocol";

/** Names what is kept; the conversation's id follows. */
const STORAGE_KEY = "im:reply:";

/** What is being answered in a conversation, in this tab and until it is closed; undefined for nothing. */
export function keptReply(conversationId: ConversationId): Seq | undefined {
  const seq = Number(sessionStorage.getItem(STORAGE_KEY + conversationId));
  return Number.isSafeInteger(seq) && seq > 0 ? seq : undefined;
}

/** Keeps what is being answered, a `seq` and nothing of what it says; undefined for nothing. */
export function keepReply(conversationId: ConversationId, seq: Seq | undefined): void {
  if (seq === undefined) sessionStorage.removeItem(STORAGE_KEY + conversationId);
  else sessionStorage.setItem(STORAGE_KEY + conversationId, String(seq));
}

import type { Message, UserId } from "@im-webapp/protocol";
import type { ConversationRecord } from "../sync/conversation-record.ts";

/** Everybody whose name a message shows. */
export function usersOfMessage({ senderId, mentions, content }: Message): UserId[] {
  const users = [senderId];
  if (Array.isArray(mentions)) users.push(...mentions);
  if (content.kind === "card" && content.userId !== undefined) users.push(content.userId);
  if (content.kind === "system") {
    if ("by" in content) users.push(content.by);
    if ("userIds" in content) users.push(...content.userIds);
  }
  return users;
}

/** Everybody whose name a conversation's row in the list shows. */
export function usersOfConversation({ conversation }: ConversationRecord): UserId[] {
  const users = conversation.lastMessage ? usersOfMessage(conversation.lastMessage) : [];
  if (conversation.peerId !== undefined) users.push(conversation.peerId);
  return users;
}

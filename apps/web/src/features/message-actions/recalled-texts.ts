import type { ConversationId, Message, Seq, UserId } from "@im-webapp/protocol";
import type { Client } from "@im-webapp/react";

const texts = new WeakMap<Client, Map<string, string>>();

const keyOf = (userId: UserId, conversationId: ConversationId, seq: Seq) => `${userId} ${conversationId} ${seq}`;

/** Keeps what an own message said that is being taken back: as long as this page, and nowhere else. */
export function keepRecalled(client: Client, { conversationId, seq, content, senderId }: Message): void {
  if (content.kind !== "text" || senderId !== client.getState().me?.userId) return;
  const held = texts.get(client) ?? new Map<string, string>();
  texts.set(client, held.set(keyOf(senderId, conversationId, seq), content.text));
}

/** What a user's message said that they have taken back on this page; undefined for any other. */
export function recalledText(
  client: Client,
  userId: UserId,
  conversationId: ConversationId,
  seq: Seq,
): string | undefined {
  return texts.get(client)?.get(keyOf(userId, conversationId, seq));
}

import type { Message } from "@im-webapp/protocol";
import { messageIdOf } from "../core/shared/ids.ts";
import type { StoredMessage } from "../core/timeline/model.ts";
import type { ColumnClock } from "../infra/database/column-clock.ts";
import { type JsonText, toJson } from "./sql.ts";

/** Selects a message `m` under names that no other table of a join has. */
export const MESSAGE_SELECT = `m.conversation_id AS m_conversation_id, m.seq AS m_seq, m.sender_id AS m_sender_id,
  m.client_message_id AS m_client_message_id, m.content AS m_content, m.version AS m_version,
  m.reply_to AS m_reply_to, m.mentions AS m_mentions, m.reactions AS m_reactions, m.sent_at AS m_sent_at,
  m.edited_at AS m_edited_at, m.recalled_at AS m_recalled_at`;

export interface MessageRow {
  m_conversation_id: string;
  m_seq: number;
  m_sender_id: string;
  m_client_message_id: string;
  m_content: JsonText<Message["content"]>;
  m_version: number;
  m_reply_to: number | null;
  m_mentions: JsonText<NonNullable<Message["mentions"]>> | null;
  m_reactions: JsonText<NonNullable<Message["reactions"]>> | null;
  m_sent_at: string;
  m_edited_at: string | null;
  m_recalled_at: string | null;
}

export function toMessage(row: MessageRow, clock: ColumnClock): Message {
  return JSON.parse(messageText(row, clock)) as Message;
}

/**
 * The JSON of a message, as it goes over the wire. What is JSON in the database stays as it is, and ids hold nothing
 * that JSON would escape, so that a page of hundreds costs little more than copying.
 */
export function messageText(row: MessageRow, clock: ColumnClock): string {
  const id = messageIdOf(row.m_conversation_id, row.m_seq);
  const place = `"messageId":"${id}","conversationId":"${row.m_conversation_id}","seq":${row.m_seq}`;
  const origin = `"senderId":"${row.m_sender_id}","sentAt":${clock.fromColumn(row.m_sent_at)}`;
  const what = `"content":${row.m_content},"version":${row.m_version},"clientMessageId":"${row.m_client_message_id}"`;
  let more = "";
  if (row.m_reply_to !== null) more += `,"replyTo":${row.m_reply_to}`;
  if (row.m_mentions !== null) more += `,"mentions":${row.m_mentions}`;
  if (row.m_reactions !== null) more += `,"reactions":${row.m_reactions}`;
  if (row.m_edited_at !== null) more += `,"editedAt":${clock.fromColumn(row.m_edited_at)}`;
  if (row.m_recalled_at !== null) more += `,"recalledAt":${clock.fromColumn(row.m_recalled_at)}`;
  return `{${place},${origin},${what}${more}}`;
}

export const MESSAGE_COLUMNS = [
  "conversation_id",
  "seq",
  "sender_id",
  "receiver_id",
  "group_id",
  "client_message_id",
  "content",
  "version",
  "reply_to",
  "mentions",
  "sent_at",
] as const;

/** A new message in the order of `MESSAGE_COLUMNS`. */
export function fromStored({ message, receiverId, groupId }: StoredMessage, clock: ColumnClock) {
  return [
    message.conversationId,
    message.seq,
    message.senderId,
    receiverId ?? null,
    groupId ?? null,
    message.clientMessageId,
    JSON.stringify(message.content),
    message.version,
    message.replyTo ?? null,
    toJson(message.mentions),
    clock.toColumn(message.sentAt),
  ];
}

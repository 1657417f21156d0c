import { DELETED_VERSION, type Message } from "@im-webapp/protocol";

/** A message as one sees it who has deleted it for themself: its place, and nothing of what it said. */
export function deletedCopy({ messageId, conversationId, seq, senderId, sentAt, clientMessageId }: Message): Message {
  return {
    messageId,
    conversationId,
    seq,
    senderId,
    sentAt,
    content: { kind: "system", event: "message.deleted" },
    version: DELETED_VERSION,
    clientMessageId,
  };
}

/** Whether it is such a copy. */
export function isDeletedCopy({ version }: Message): boolean {
  return version === DELETED_VERSION;
}

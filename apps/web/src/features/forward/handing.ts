import type { ConversationId, Message, SendableContent, Seq } from "@im-webapp/protocol";

/** What is handed on, in one or both of two ways. */
export interface Handing {
  /** Each as a message of its own; empty where that cannot be. */
  readonly single: readonly SendableContent[];
  /** All as one record. */
  readonly merged?: SendableContent;
}

const record = (conversationId: ConversationId, seqs: readonly Seq[]): SendableContent => ({
  kind: "forward",
  conversationId,
  seqs: [...seqs],
});

/** What sends a message's content anew; undefined for what cannot be handed on. */
function again({ conversationId, seq, content }: Message): SendableContent | undefined {
  switch (content.kind) {
    case "system":
      return undefined;
    case "card":
      return content.groupId === undefined
        ? { kind: "card", userId: content.userId }
        : { kind: "card", groupId: content.groupId };
    case "forward":
      // The server carries a record that is handed on alone as it is.
      return record(conversationId, [seq]);
    default:
      return content;
  }
}

/** Messages of one conversation, to be handed on in their order. */
export function handingOf(messages: readonly Message[]): Handing {
  const [first] = messages;
  const single = messages.flatMap((message) => again(message) ?? []);
  if (first === undefined || messages.length < 2) return { single };
  return {
    single,
    merged: record(
      first.conversationId,
      messages.map(({ seq }) => seq),
    ),
  };
}

/** Whether a message may be handed on at all. */
export function isForwardable({ content }: Pick<Message, "content">): boolean {
  return content.kind !== "system";
}

import type { ConversationView, OutgoingMessage } from "@im-webapp/client";
import type { Message } from "@im-webapp/protocol";

/**
 * How far an own message has come. `readers`: how many others have read it; in a direct conversation, 1. `changing`:
 * what this person has done with a message, also with another's, has not reached the server yet.
 */
export type MessageState =
  | { readonly kind: "changing" }
  | { readonly kind: "waiting" }
  | { readonly kind: "sending" }
  | { readonly kind: "failed" }
  | { readonly kind: "sent"; readonly readers: number }
  | { readonly kind: "read"; readonly readers: number };

export function outgoingState({ status }: Pick<OutgoingMessage, "status">): MessageState {
  return { kind: status };
}

/**
 * The state of an own message that the server has: read once the other one has read this far, in a group once everybody
 * else has.
 */
export function sentState(
  message: Pick<Message, "seq" | "senderId">,
  conversation: Pick<ConversationView, "type" | "receipts" | "memberCount">,
): MessageState {
  let readers = 0;
  for (const [userId, readSeq] of conversation.receipts) {
    if (userId !== message.senderId && readSeq >= message.seq) readers += 1;
  }
  const others = conversation.type === "group" ? (conversation.memberCount ?? Number.POSITIVE_INFINITY) - 1 : 1;
  return { kind: readers > 0 && readers >= others ? "read" : "sent", readers };
}

/** Whether two messages may share one mark of their state, at the later one: how many have read is no other state. */
export function isSameState(a: MessageState, b: MessageState): boolean {
  return a.kind === b.kind;
}

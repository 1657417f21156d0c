import type { ConversationView } from "@im-webapp/client";
import type { Message, Seq, UserId } from "@im-webapp/protocol";

/** Up to which message each of some people has read. */
export type Receipts = ReadonlyMap<UserId, Seq>;

/**
 * `receipts` with what else is known: whoever has written has read what stands before, and `more` besides. The same map
 * when that adds nothing.
 */
export function knownReceipts(
  { receipts }: Pick<ConversationView, "receipts">,
  messages: readonly Pick<Message, "seq" | "senderId" | "content">[],
  more: Receipts,
): Receipts {
  const known = new Map(receipts);
  let hasMore = false;
  const note = (userId: UserId, seq: Seq) => {
    if (seq <= (known.get(userId) ?? 0)) return;
    known.set(userId, seq);
    hasMore = true;
  };
  for (const { senderId, seq, content } of messages) if (content.kind !== "system") note(senderId, seq);
  for (const [userId, seq] of more) note(userId, seq);
  return hasMore ? known : receipts;
}

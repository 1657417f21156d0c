import type { ConversationId, Message, Seq } from "@im-webapp/protocol";
import type { Attempt } from "./history.ts";

/** What can be wrong with a history. */
export type ViolationKind =
  /** Something that was acknowledged is missing from a store, or from a device that has caught up. */
  | "lost"
  /** One (sender, clientMessageId) is there twice, or one message twice in a timeline. */
  | "duplicate"
  /** A sequence does not run 1, 2, 3 …: a number is missing or repeated. */
  | "hole"
  /** A timeline, or a sender's socket, has messages of a conversation in another order than the conversation. */
  | "reordered"
  /** Something that nobody sent there, or that this user may not see. */
  | "foreign"
  /** Two places show one message differently, or nothing that was asked explains what is shown. */
  | "divergent"
  /** An acknowledgement contradicts the store or another acknowledgement. */
  | "acknowledgement"
  /** Something was pushed, or is at a device or in a timeline, that is not in the store or has no place there. */
  | "phantom"
  /** A call was refused for a reason that the protocol does not allow. */
  | "refused";

export interface Violation {
  readonly kind: ViolationKind;
  readonly detail: string;
}

export type Report = (kind: ViolationKind, detail: string) => void;

export const keyOf = ({ sender, clientMessageId }: Pick<Attempt, "sender" | "clientMessageId">) =>
  `${sender} ${clientMessageId}`;

export const keyOfMessage = ({ senderId, clientMessageId }: Message) => `${senderId} ${clientMessageId}`;

export const place = ({ conversationId, seq }: { conversationId: ConversationId; seq: Seq }) =>
  `${conversationId}#${seq}`;

/** What the server says by itself, such as who joined. Nobody sends it. */
export const isSystem = ({ senderId }: Message) => senderId === "system";

/** Whether the numbers run 1, 2, 3 …; the first that does not is reported. */
export function checkRun(seqs: readonly number[], what: string, report: Report): void {
  for (const [index, seq] of seqs.entries()) {
    if (seq !== index + 1) {
      report("hole", `${what} has ${seq} where ${index + 1} should be`);
      return;
    }
  }
}

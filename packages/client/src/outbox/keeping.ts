import type { Seq } from "@im-webapp/protocol";
import { ImError } from "../errors.ts";
import { isMarkedUnread } from "../state/overlay.ts";
import type { ConversationRecord } from "../sync/conversation-record.ts";
import type { ConversationSettings } from "../types.ts";
import { newSettings } from "./pending-change.ts";
import type { Unsent } from "./unsent.ts";

/** Moves the read position forward, at most to the newest message known. */
export async function readTo(unsent: Unsent, record: ConversationRecord | undefined, seq: Seq): Promise<void> {
  if (!record) return;
  const { conversation } = record;
  const { reads, changes } = unsent;
  const readSeq = Math.min(seq, conversation.lastSeq);
  if (readSeq > conversation.readSeq) await reads.mark(conversation.conversationId, readSeq);
  // Reading alone takes the mark away where it moves the position, but not one that is still on its way.
  if (isMarkedUnread(conversation, changes.changes)) await keepAs(unsent, record, { markedUnread: false });
}

/** Queues another way of keeping a conversation; settles as `ChangeQueue.add` says. */
export async function keepAs(
  { changes }: Unsent,
  record: ConversationRecord | undefined,
  settings: ConversationSettings,
): Promise<void> {
  if (!record) throw new ImError({ code: "NOT_FOUND", message: "Not sent yet" });
  await changes.add(newSettings(record.conversation.conversationId, settings));
}

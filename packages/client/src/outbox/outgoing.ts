import type { Content, ConversationId, SendableContent, SendRequest } from "@im-webapp/protocol";
import { targetOf } from "../placeholder.ts";
import { randomUuid } from "../platform/uuid.ts";
import type { OutgoingRecord, PendingChange } from "../store/local-store.ts";
import type { OutgoingMessage, SendInput } from "../types.ts";
import type { ChangedMessage } from "./pending-change.ts";

/**
 * What is sent in place of a message that was taken back and may be on the server: if it is there, this is dropped and
 * the answer says where it is; if it is not, nobody gets to see more than this of it.
 */
const NOTHING_TO_SEE: SendableContent = { kind: "text", text: "…" };

/** A message that has just been written. */
export function newOutgoing({ conversationId, content, replyTo, mentions, afterFiles }: SendInput): OutgoingRecord {
  return {
    clientMessageId: randomUuid(),
    conversationId,
    content,
    createdAt: Date.now(),
    ...(replyTo !== undefined && { replyTo }),
    ...(mentions !== undefined && { mentions }),
    ...(afterFiles && { afterFiles }),
  };
}

/** Whether a message still has to be sent. */
export function isPending(record: OutgoingRecord): boolean {
  return !record.error && !record.accepted;
}

/**
 * What may be sent now: of each conversation that has nothing under way, the oldest message that still has to be sent and
 * whose files are at the server. Messages refused for good and those that the server has are passed over, so they never
 * hold up the ones behind. One whose file is still on its way holds up only files and what is said with them, and none
 * while it is paused.
 */
export function sendable(
  records: readonly OutgoingRecord[],
  underWay: (record: OutgoingRecord) => boolean,
): OutgoingRecord[] {
  const heads = new Map<ConversationId, OutgoingRecord>();
  const busy = new Set<ConversationId>();
  const uploading = new Set<ConversationId>();
  for (const record of records) {
    const { conversationId, parts, upload } = record;
    if (!isPending(record)) continue;
    if (underWay(record)) busy.add(conversationId);
    if (parts) {
      if (!upload?.paused) uploading.add(conversationId);
    } else if (!heads.has(conversationId) && !((upload ?? record.afterFiles) && uploading.has(conversationId))) {
      heads.set(conversationId, record);
    }
  }
  return [...heads.values()].filter(({ conversationId }) => !busy.has(conversationId));
}

/** What is sent for a message. */
export function requestFor(record: OutgoingRecord): SendRequest {
  const { clientMessageId, conversationId, content, replyTo, mentions, owes } = record;
  const to = targetOf(conversationId);
  if (owes === "recall") return { clientMessageId, to, content: NOTHING_TO_SEE };
  return {
    clientMessageId,
    to,
    content,
    ...(replyTo !== undefined && { replyTo }),
    ...(mentions !== undefined && { mentions }),
  };
}

/** What has to follow a message that the server has at `place`; undefined if that is as it should be. */
export function owedChange(
  { clientMessageId, content, owes }: OutgoingRecord,
  place: ChangedMessage & { readonly content?: Content },
): PendingChange | undefined {
  const { conversationId, seq } = place;
  // One message never owes the same twice, also when it is found to owe it in two places.
  const base = { id: `${clientMessageId}/${owes}`, conversationId, seq, createdAt: Date.now() };
  if (owes === "recall") return { ...base, kind: "recall" };
  if (owes !== "edit" || content.kind !== "text") return undefined;
  if (place.content?.kind === "text" && place.content.text === content.text) return undefined;
  return { ...base, kind: "edit", text: content.text };
}

/** The records as the screen sees them: without those that were taken back. */
export function shownOutgoing(
  records: readonly OutgoingRecord[],
  underWay: ReadonlySet<string>,
): readonly OutgoingMessage[] {
  return records
    .filter(({ owes }) => owes !== "recall")
    .map((record) => toOutgoingMessage(record, isPending(record) && underWay.has(record.clientMessageId)));
}

/** The record as the screen sees it. */
export function toOutgoingMessage(record: OutgoingRecord, underWay: boolean): OutgoingMessage {
  const { accepted, error, attempted: _attempted, owes: _owes, parts: _parts, afterFiles: _after, ...rest } = record;
  if (error) return { ...rest, status: "failed", error };
  return { ...rest, status: accepted || underWay ? "sending" : "waiting" };
}

import type { ConversationId } from "@im-webapp/protocol";
import { randomUuid } from "../platform/uuid.ts";
import type { OutgoingRecord } from "../store/local-store.ts";
import type { OutgoingMessage, SendInput } from "../types.ts";

/** A message that has just been written. */
export function newOutgoing({ conversationId, content, replyTo, mentions }: SendInput): OutgoingRecord {
  return {
    clientMessageId: randomUuid(),
    conversationId,
    content,
    createdAt: Date.now(),
    ...(replyTo !== undefined && { replyTo }),
    ...(mentions !== undefined && { mentions }),
  };
}

/** Whether a message still has to be sent. */
export function isPending(record: OutgoingRecord): boolean {
  return !record.error && !record.accepted;
}

/**
 * What may be sent now: of each conversation that has nothing under way, the oldest message that still has to be sent.
 * Messages refused for good and those that the server has are passed over, so they never hold up the ones behind.
 */
export function sendable(
  records: readonly OutgoingRecord[],
  underWay: (record: OutgoingRecord) => boolean,
): OutgoingRecord[] {
  const heads = new Map<ConversationId, OutgoingRecord>();
  const busy = new Set<ConversationId>();
  for (const record of records) {
    if (!isPending(record)) continue;
    if (underWay(record)) busy.add(record.conversationId);
    if (!heads.has(record.conversationId)) heads.set(record.conversationId, record);
  }
  return [...heads.values()].filter(({ conversationId }) => !busy.has(conversationId));
}

/** The record as the screen sees it. */
export function toOutgoingMessage(record: OutgoingRecord, underWay: boolean): OutgoingMessage {
  const { accepted, error, ...rest } = record;
  if (error) return { ...rest, status: "failed", error };
  return { ...rest, status: accepted || underWay ? "sending" : "waiting" };
}

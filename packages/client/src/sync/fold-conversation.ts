import type { ConversationId, GroupPushEvent, Message, Seq, UserId } from "@im-webapp/protocol";
import { withHeld, withMessage, withUpdate } from "./conversation-record.ts";
import type { ConversationRecord } from "./conversation-record.ts";
import type { Held } from "./held.ts";
import { MessageCollector } from "./message-changes.ts";
import type { MessageChanges } from "./message-changes.ts";

/** What conversations themselves brought, apart from the timeline. */
export interface ConversationChanges extends MessageChanges {
  readonly conversations: ReadonlyMap<ConversationId, ConversationRecord>;
}

export interface FoldedPushes {
  readonly changes: ConversationChanges;
  /** Pushes that leave a hole behind what is held, or come for a conversation that is not known yet. */
  readonly early: readonly GroupPushEvent[];
}

/**
 * Folds pushes of large groups, in any order, into the conversations that they continue: of a push whose beginning is
 * held, what lies beyond is taken; one that is held entirely is dropped. Pure, as `fold`.
 */
export function foldPushes(
  records: ReadonlyMap<ConversationId, ConversationRecord>,
  pushes: readonly GroupPushEvent[],
  self: UserId,
): FoldedPushes {
  const changed = new Map<ConversationId, ConversationRecord>();
  const collector = new MessageCollector(self);
  const early: GroupPushEvent[] = [];
  for (const push of pushes.toSorted((a, b) => a.lastSeq - b.lastSeq || a.changeSeq - b.changeSeq)) {
    const id = push.conversationId;
    const record = changed.get(id) ?? records.get(id);
    if (record && isHeld(record.held, push)) continue;
    if (!record || !continues(record.held, push)) {
      early.push(push);
      continue;
    }
    const messages = push.messages.filter(({ seq }) => seq > record.held.lastSeq);
    changed.set(id, withHeld(take(record, messages, push.changes, collector, self), push, true));
  }
  return { changes: { ...collector.changes, conversations: changed }, early };
}

/** What has been read of one conversation itself. */
export interface ConversationReading {
  readonly messages: readonly Message[];
  readonly changes: readonly Message[];
  /** All messages up to here have been read, or left out knowingly. */
  readonly lastSeq?: Seq;
  /** All changes up to here have been read. Named last, when the messages that they may concern have been read. */
  readonly changeSeq?: Seq;
}

/** Folds a part of what was read of a conversation into its record. Pure, as `fold`. */
export function foldReading(
  record: ConversationRecord,
  { messages, changes, lastSeq = 0, changeSeq }: ConversationReading,
  self: UserId,
): { record: ConversationRecord; changes: MessageChanges } {
  const collector = new MessageCollector(self);
  // Until both have been read, messages that are complete say nothing about the changes.
  const reading: ConversationRecord = { ...record, held: { ...record.held, large: true } };
  const taken = take(reading, messages, changes, collector, self);
  const moved = withHeld(taken, { lastSeq, changeSeq: changeSeq ?? 0 }, true);
  const { conversation, held } = moved;
  const isComplete = changeSeq !== undefined && held.changeSeq >= conversation.changeSeq;
  const large = !isComplete || conversation.large === true;
  return { record: { ...moved, held: { ...held, large } }, changes: collector.changes };
}

function take(
  record: ConversationRecord,
  messages: readonly Message[],
  changes: readonly Message[],
  collector: MessageCollector,
  self: UserId,
): ConversationRecord {
  let next = record;
  for (const message of messages) {
    collector.message(message);
    next = withMessage(next, message, self);
  }
  for (const message of changes) {
    collector.update(message);
    next = withUpdate(next, message);
  }
  return next;
}

function isHeld(held: Held, { lastSeq, changeSeq }: GroupPushEvent): boolean {
  return lastSeq <= held.lastSeq && changeSeq <= held.changeSeq;
}

/** Whether nothing is missing before the push, nor within it. */
function continues(held: Held, { messages, changes, lastSeq, changeSeq }: GroupPushEvent): boolean {
  const first = lastSeq - messages.length + 1;
  return (
    first <= held.lastSeq + 1 &&
    changeSeq - changes.length <= held.changeSeq &&
    messages.every(({ seq }, index) => seq === first + index)
  );
}

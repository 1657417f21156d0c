import type { ConversationId, GroupPushEvent, Message, Seq, UserId } from "@im-webapp/protocol";
import { tellsChanges, withHeld, withKnown, withMessage, withUpdate } from "./conversation-record.ts";
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
 * held, what lies beyond is taken; one that is held entirely is dropped. Messages that continue are taken at once, also
 * where changes before those of the push are missing: these may concern messages that this user may not see, and are
 * then never pushed. Pure, as `fold`.
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
    if (!record || !messagesContinue(record.held, push)) {
      early.push(push);
      continue;
    }
    const messages = push.messages.filter(({ seq }) => seq > record.held.lastSeq);
    const taken = (): ConversationRecord => take(record, messages, push.changes, collector, self);
    if (changesContinue(record.held, push)) {
      changed.set(id, withHeld(taken(), push, true));
      continue;
    }
    early.push(push);
    if (messages.length > 0) changed.set(id, withKnown(withHeld(taken(), { ...push, changeSeq: 0 }, true), push));
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
  const large = !isComplete || !tellsChanges(conversation);
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

/** Whether no message is missing before the push, nor within it. */
function messagesContinue(held: Held, { messages, lastSeq, changeSeq }: GroupPushEvent): boolean {
  const first = lastSeq - messages.length + 1;
  // A message that is older than the changes that count as held may lack some of them.
  if (lastSeq > held.lastSeq && changeSeq < held.changeSeq) return false;
  return first <= held.lastSeq + 1 && messages.every(({ seq }, index) => seq === first + index);
}

/** Whether no change is missing before the push. */
function changesContinue(held: Held, { changes, changeSeq }: GroupPushEvent): boolean {
  return changeSeq - changes.length <= held.changeSeq;
}

import type { ConversationId, Entry, Message, Seq, User, UserId } from "@im-webapp/protocol";
import { withMessage, withRead, withReceipt, withServerView, withUpdate } from "./conversation-record.ts";
import type { ConversationRecord } from "./conversation-record.ts";

/** What is held of a user's timeline: everything up to `cursor`, and nothing beyond. */
export interface Timeline {
  /** The `seq` of the last entry folded in. */
  readonly cursor: Seq;
  readonly conversations: ReadonlyMap<ConversationId, ConversationRecord>;
}

/** What a run of entries changed, to be stored in one transaction together with the new cursor. */
export interface TimelineChanges {
  readonly conversations: ReadonlyMap<ConversationId, ConversationRecord>;
  /** New messages; a held version that is higher stays. */
  readonly messages: readonly Message[];
  /** New versions, for those messages only that are held: alone they would be islands in the cache. */
  readonly updates: readonly Message[];
  readonly users: readonly User[];
  /** `clientMessageId` of each own message that the timeline has now delivered. */
  readonly delivered: readonly string[];
  /** Conversations that have messages but were never announced; the list must be asked for again. */
  readonly missing: ReadonlySet<ConversationId>;
}

export interface Folded {
  readonly timeline: Timeline;
  readonly changes: TimelineChanges;
}

/**
 * Folds consecutive entries, the first being `cursor + 1`, into the timeline of the user `self`. Pure: no argument is
 * changed, and what the entries do not touch keeps its identity. Entries of unknown types only move the cursor.
 *
 * @throws RangeError when the entries do not continue the timeline; applying them would lose what lies between.
 */
export function fold(timeline: Timeline, entries: readonly Entry[], self: UserId): Folded {
  const changed = new Map<ConversationId, ConversationRecord>();
  const messages = new Map<string, Message>();
  const updates = new Map<string, Message>();
  const users = new Map<UserId, User>();
  const delivered: string[] = [];
  const missing = new Set<ConversationId>();
  let cursor = timeline.cursor;

  const record = (id: ConversationId): ConversationRecord | undefined =>
    changed.get(id) ?? timeline.conversations.get(id);
  const change = (id: ConversationId, next: (held: ConversationRecord) => ConversationRecord): void => {
    const held = record(id);
    if (!held) return;
    const changedRecord = next(held);
    if (changedRecord !== held) changed.set(id, changedRecord);
  };

  for (const entry of entries) {
    if (entry.seq !== cursor + 1) throw new RangeError(`Entry ${entry.seq} does not continue cursor ${cursor}`);
    cursor = entry.seq;
    switch (entry.type) {
      case "message": {
        const { message } = entry;
        keepHigher(messages, message);
        if (message.senderId === self) delivered.push(message.clientMessageId);
        if (!record(message.conversationId)) missing.add(message.conversationId);
        change(message.conversationId, (held) => withMessage(held, message, self));
        break;
      }
      case "message:update":
        keepHigher(messages.has(messageKey(entry.message)) ? messages : updates, entry.message);
        change(entry.message.conversationId, (held) => withUpdate(held, entry.message));
        break;
      case "read":
        change(entry.conversationId, (held) => withRead(held, entry.readSeq));
        break;
      case "receipt":
        if (entry.userId !== self) {
          change(entry.conversationId, (held) => withReceipt(held, entry.userId, entry.readSeq));
        }
        break;
      case "conversation": {
        const id = entry.conversation.conversationId;
        changed.set(id, withServerView(record(id), entry.conversation));
        missing.delete(id);
        break;
      }
      case "user":
        users.set(entry.user.userId, entry.user);
        break;
      default:
        // A newer server's type: skipped, as the protocol asks.
        break;
    }
  }

  return {
    timeline: { cursor, conversations: withRecords(timeline.conversations, changed) },
    changes: {
      conversations: changed,
      messages: [...messages.values()],
      updates: [...updates.values()],
      users: [...users.values()],
      delivered,
      missing,
    },
  };
}

/** The records with `changed` over them; the same object when nothing changed. */
export function withRecords(
  records: ReadonlyMap<ConversationId, ConversationRecord>,
  changed: ReadonlyMap<ConversationId, ConversationRecord>,
): ReadonlyMap<ConversationId, ConversationRecord> {
  return changed.size === 0 ? records : new Map([...records, ...changed]);
}

function messageKey(message: Message): string {
  return `${message.seq} ${message.conversationId}`;
}

function keepHigher(into: Map<string, Message>, message: Message): void {
  const key = messageKey(message);
  const held = into.get(key);
  if (!held || message.version > held.version) into.set(key, message);
}

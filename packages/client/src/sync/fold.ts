import type { ConversationId, Entry, Seq, User, UserId } from "@im-webapp/protocol";
import {
  announced,
  withMessage,
  withRead,
  withReceipt,
  withServerView,
  withTitle,
  withUpdate,
} from "./conversation-record.ts";
import { personRecord } from "../people/person-record.ts";
import type { PersonRecord } from "../people/person-record.ts";
import type { ConversationRecord } from "./conversation-record.ts";
import { MessageCollector } from "./message-changes.ts";
import type { MessageChanges } from "./message-changes.ts";

/** What is held of a user's timeline: everything up to `cursor`, and nothing beyond. */
export interface Timeline {
  /** The `seq` of the last entry folded in. */
  readonly cursor: Seq;
  readonly conversations: ReadonlyMap<ConversationId, ConversationRecord>;
}

/** What a run of entries changed, to be stored in one transaction together with the new cursor. */
export interface TimelineChanges extends MessageChanges {
  readonly conversations: ReadonlyMap<ConversationId, ConversationRecord>;
  readonly users: readonly User[];
  /** In their newest state. */
  readonly people: readonly PersonRecord[];
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
  const collector = new MessageCollector(self);
  const users = new Map<UserId, User>();
  const people = new Map<string, PersonRecord>();
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
        collector.message(message);
        if (!record(message.conversationId)) missing.add(message.conversationId);
        change(message.conversationId, (held) => withMessage(held, message, self));
        break;
      }
      case "message:update":
        collector.update(entry.message);
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
        const held = record(id);
        changed.set(id, held ? withServerView(held, entry.conversation) : announced(entry.conversation));
        missing.delete(id);
        break;
      }
      case "user": {
        const { userId, displayName: title } = entry.user;
        users.set(userId, entry.user);
        for (const id of new Set([...timeline.conversations.keys(), ...changed.keys()])) {
          change(id, (held) => (held.conversation.peerId === userId ? withTitle(held, title) : held));
        }
        break;
      }
      case "contact": {
        const held = personRecord(entry);
        people.set(held.key, held);
        break;
      }
      default:
        // A newer server's type: skipped, as the protocol asks.
        break;
    }
  }

  return {
    timeline: { cursor, conversations: withRecords(timeline.conversations, changed) },
    changes: {
      ...collector.changes,
      conversations: changed,
      users: [...users.values()],
      people: [...people.values()],
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

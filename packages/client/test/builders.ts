import type { Contact, Conversation, Entry, Message, User } from "@im-webapp/protocol";
import type { AccountStore, OutgoingRecord, PendingChange } from "../src/store/local-store.ts";
import { MemoryStore } from "../src/store/memory-store.ts";

/** An account's empty store in memory. */
export function memoryAccount(): Promise<AccountStore> {
  return new MemoryStore().openAccount("me");
}

export function makeMessage(overrides: Partial<Message> = {}): Message {
  const { conversationId = "c1", seq = 1 } = overrides;
  return {
    messageId: `${conversationId}-${seq}`,
    conversationId,
    seq,
    senderId: "ann",
    sentAt: 1_000 + seq,
    content: { kind: "text", text: `text ${seq}` },
    version: 1,
    clientMessageId: `${conversationId}/${seq}`,
    ...overrides,
  };
}

export function makeConversation(overrides: Partial<Conversation> = {}): Conversation {
  const { lastSeq = 0, readSeq = 0 } = overrides;
  return {
    conversationId: "c1",
    type: "direct",
    peerId: "ann",
    lastSeq,
    changeSeq: 0,
    readSeq,
    unread: lastSeq - readSeq,
    pinned: false,
    muted: false,
    hidden: false,
    ...overrides,
  };
}

export function makeUser(userId: string, displayName = userId): User {
  return { userId, username: userId, displayName };
}

export function makeOutgoing(clientMessageId: string, overrides: Partial<OutgoingRecord> = {}): OutgoingRecord {
  return {
    clientMessageId,
    conversationId: "c1",
    content: { kind: "text", text: clientMessageId },
    createdAt: 1,
    ...overrides,
  };
}

/** A recall that waits; `overrides` may make it any other change. */
export function makeChange(id: string, overrides: Partial<PendingChange> = {}): PendingChange {
  return { id, kind: "recall", conversationId: "c1", seq: 1, createdAt: 1, ...overrides } as PendingChange;
}

type Unplaced<E> = E extends Entry ? Omit<E, "seq" | "at"> : never;

/** Entries numbered from `first` on. */
export function makeEntries(parts: readonly Unplaced<Entry>[], first = 1): Entry[] {
  return parts.map((part, index) => ({ ...part, seq: first + index, at: 1_000 + index }));
}

/** Entries that carry these messages. */
export function messageEntries(messages: readonly Message[], first = 1): Entry[] {
  return makeEntries(
    messages.map((message) => ({ type: "message", message }) as const),
    first,
  );
}

export function makeContact(userId: string, overrides: Partial<Contact> = {}): Contact {
  return { userId, since: 1, favourite: false, blocked: false, ...overrides };
}

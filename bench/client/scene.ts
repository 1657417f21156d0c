import type { ConversationRecord } from "@im-webapp/client";
import type { Conversation, Entry, Message, User } from "@im-webapp/protocol";
import { BENCH_TEXT } from "../text.ts";

/** The user whose account is measured. */
export const ME: User = { userId: "me", username: "me", displayName: "Me" };

/** The life of the database that everything here comes from. */
export const EPOCH = "bench";

/** Conversations that get half of all messages, as a few do in a real account. */
const BUSY = 20;

/** The time of the first message: any, but the same in each run. */
const BEGINNING = 1_700_000_000_000;

/** How much an account holds before anything is measured. */
export interface Extent {
  readonly conversations: number;
  /** Messages of each, all of them read. */
  readonly messages: number;
}

export function conversationId(index: number): string {
  return `conversation-${String(index).padStart(8, "0")}`;
}

/** A direct conversation's other person, who writes all of its messages. */
export function peer(index: number): User {
  const userId = `user-${String(index).padStart(16, "0")}`;
  return { userId, username: `name${index}`, displayName: `Name ${index}` };
}

/** As large as real ones: ids of 21 and 36 characters, 100 bytes of text. */
export function message(index: number, seq: number): Message {
  return {
    messageId: `m-${String(index).padStart(8, "0")}-${String(seq).padStart(10, "0")}`,
    conversationId: conversationId(index),
    seq,
    senderId: peer(index).userId,
    sentAt: BEGINNING + seq * 1_000 + index,
    content: { kind: "text", text: BENCH_TEXT },
    version: 1,
    clientMessageId: `00000000-0000-4000-8000-${String(index * 10_000_000 + seq).padStart(12, "0")}`,
  };
}

/** The record of a conversation that is held and read entirely. */
export function record(index: number, lastSeq: number): ConversationRecord {
  const conversation: Conversation = {
    conversationId: conversationId(index),
    type: "direct",
    peerId: peer(index).userId,
    title: peer(index).displayName,
    lastSeq,
    changeSeq: 0,
    readSeq: lastSeq,
    unread: 0,
    pinned: false,
    muted: false,
    hidden: false,
    ...(lastSeq > 0 && { lastMessage: message(index, lastSeq) }),
  };
  return { conversation, receipts: new Map(), held: { lastSeq, changeSeq: 0, large: false } };
}

/** One user's timeline beyond what the account holds: every second message goes to one of a few busy conversations. */
export class Timeline {
  readonly entries: Entry[] = [];
  readonly #lastSeqs: number[];

  constructor({ conversations, messages }: Extent) {
    this.#lastSeqs = Array.from({ length: conversations }, () => messages);
  }

  /** The newest `seq`. */
  get head(): number {
    return this.entries.length;
  }

  /** Writes so many messages more. */
  grow(count: number): void {
    const all = this.#lastSeqs.length;
    for (let added = 0; added < count; added += 1) {
      const half = this.entries.length >> 1;
      const index = this.entries.length % 2 === 0 ? half % Math.min(BUSY, all) : half % all;
      const seq = (this.#lastSeqs[index] ?? 0) + 1;
      this.#lastSeqs[index] = seq;
      const at = BEGINNING + this.entries.length;
      this.entries.push({ seq: this.entries.length + 1, at, type: "message", message: message(index, seq) });
    }
  }
}

import type { ConversationId, Message, Seq } from "@im-webapp/protocol";

/**
 * One question to the server about messages of a conversation, from asking it until the answer is stored. Versions that
 * become known meanwhile are kept, for the answer may be older than they are and the cache had nothing to put them to.
 */
export interface Reading {
  readonly conversationId: ConversationId;
  /** What was held when the question was asked is void: the answer is too. */
  readonly isVoid: boolean;
  /** The messages, each in the highest version known. Call it in the step that stores them. */
  newest(messages: readonly Message[]): Message[];
  end(): void;
}

class OpenReading implements Reading {
  readonly conversationId: ConversationId;
  readonly newer = new Map<Seq, Message>();
  isVoid = false;
  readonly #open: Set<OpenReading>;

  constructor(conversationId: ConversationId, open: Set<OpenReading>) {
    this.conversationId = conversationId;
    this.#open = open;
    open.add(this);
  }

  newest(messages: readonly Message[]): Message[] {
    return messages.map((message) => {
      const other = this.newer.get(message.seq);
      return other && other.version > message.version ? other : message;
    });
  }

  end(): void {
    this.#open.delete(this);
  }
}

/** All questions under way. */
export class Readings {
  readonly #open = new Set<OpenReading>();

  begin(conversationId: ConversationId): Reading {
    return new OpenReading(conversationId, this.#open);
  }

  /** These versions have been stored, as far as the cache had the messages. */
  noticed(messages: readonly Message[]): void {
    if (this.#open.size === 0) return;
    for (const message of messages) {
      for (const { conversationId, newer } of this.#open) {
        if (conversationId !== message.conversationId) continue;
        if (message.version > (newer.get(message.seq)?.version ?? 0)) newer.set(message.seq, message);
      }
    }
  }

  /** What is cached of these conversations, or of all, is gone because it may have changed unseen. */
  drop(conversationIds?: readonly ConversationId[]): void {
    for (const reading of this.#open) {
      if (conversationIds?.includes(reading.conversationId) ?? true) reading.isVoid = true;
    }
  }
}

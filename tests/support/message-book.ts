import type { ConversationId, GroupPushEvent, Message, Seq } from "@im-webapp/protocol";

/** What a device holds of one conversation. */
export interface Held {
  /** By `seq`, each in the highest version seen. */
  readonly messages: Map<Seq, Message>;
  /** Stored without a hole, as far as this user may read. */
  lastSeq: Seq;
  /** Changes up to here are in. */
  changeSeq: Seq;
}

/** What a device holds of all conversations. Pure: it asks nobody for anything. */
export class MessageBook {
  readonly #held = new Map<ConversationId, Held>();

  of(conversationId: ConversationId): Held {
    const held = this.#held.get(conversationId) ?? { messages: new Map<Seq, Message>(), lastSeq: 0, changeSeq: 0 };
    this.#held.set(conversationId, held);
    return held;
  }

  get conversationIds(): Iterable<ConversationId> {
    return this.#held.keys();
  }

  /** Takes a message in whatever version; older ones than held are dropped. */
  put(message: Message): void {
    const { messages } = this.of(message.conversationId);
    if ((messages.get(message.seq)?.version ?? 0) < message.version) messages.set(message.seq, message);
  }

  /** Takes a message that is known to be the next one that this user may read. */
  append(message: Message): void {
    this.put(message);
    const held = this.of(message.conversationId);
    held.lastSeq = Math.max(held.lastSeq, message.seq);
  }

  /**
   * Takes what continues the positions held. Gives which of the two must be read from the conversation instead.
   *
   * A packet in which this user may see only a part says nothing of the rest, so that its changes do not continue.
   */
  push({ conversationId, messages, changes, lastSeq, changeSeq }: GroupPushEvent): {
    messages: boolean;
    changes: boolean;
  } {
    const held = this.of(conversationId);
    for (const message of messages) if (message.seq === held.lastSeq + 1) this.append(message);
    const changesContinue = changeSeq - changes.length <= held.changeSeq;
    if (changesContinue) {
      for (const message of changes) this.put(message);
      held.changeSeq = Math.max(held.changeSeq, changeSeq);
    }
    return { messages: held.lastSeq < lastSeq, changes: !changesContinue };
  }

  /** The texts of a conversation in its order; system messages are left out. */
  texts(conversationId: ConversationId): string[] {
    return [...this.of(conversationId).messages.values()]
      .toSorted((a, b) => a.seq - b.seq)
      .flatMap(({ content }) => (content.kind === "text" ? [content.text] : []));
  }
}

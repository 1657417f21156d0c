import type { ConversationId, GroupPushEvent, Message, Seq } from "@im-webapp/protocol";

/** What a device holds of the messages of one conversation. */
export class Shelf {
  /** By `seq`, each in the highest version seen. */
  readonly messages = new Map<Seq, Message>();
  /** Held without a hole, as far as this user may read. */
  lastSeq: Seq = 0;
  /** Changes up to here are in. */
  changeSeq: Seq = 0;

  /** Takes a message in whatever version; older ones than held are dropped. */
  put(message: Message): void {
    if ((this.messages.get(message.seq)?.version ?? 0) < message.version) this.messages.set(message.seq, message);
  }

  /** Takes a message that is the next one that this user may read. */
  append(message: Message): void {
    this.put(message);
    this.lastSeq = Math.max(this.lastSeq, message.seq);
  }

  /** Takes of a packet what continues the positions held; gives which of the two must be read instead. */
  push({ messages, changes, lastSeq, changeSeq }: GroupPushEvent): { messages: boolean; changes: boolean } {
    for (const message of messages) if (message.seq === this.lastSeq + 1) this.append(message);
    const continues = changeSeq - changes.length <= this.changeSeq;
    if (continues) {
      for (const message of changes) this.put(message);
      this.changeSeq = Math.max(this.changeSeq, changeSeq);
    }
    return { messages: this.lastSeq < lastSeq, changes: !continues };
  }
}

/** The messages of all conversations of a device. */
export class Shelves {
  readonly #shelves = new Map<ConversationId, Shelf>();

  of(conversationId: ConversationId): Shelf {
    const shelf = this.#shelves.get(conversationId) ?? new Shelf();
    this.#shelves.set(conversationId, shelf);
    return shelf;
  }
}

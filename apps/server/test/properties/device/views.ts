import type { Conversation, ConversationId, Entry, LargeGroupState, UserId } from "@im-webapp/protocol";

/** The conversations of one user as a device of theirs holds them, made of a bootstrap and of entries. */
export class Views {
  readonly #self: UserId;
  #views = new Map<ConversationId, Conversation>();

  constructor(self: UserId) {
    this.#self = self;
  }

  get(id: ConversationId): Conversation | undefined {
    return this.#views.get(id);
  }

  /** Begins anew with what a bootstrap gave. */
  replace(conversations: readonly Conversation[]): void {
    this.#views = new Map(conversations.map((view) => [view.conversationId, view]));
  }

  /** @throws {Error} when the entry speaks of a conversation that was never announced */
  apply(entry: Entry): void {
    switch (entry.type) {
      case "conversation":
        this.#views.set(entry.conversation.conversationId, entry.conversation);
        return;
      case "message": {
        const { message } = entry;
        const view = this.#require(message.conversationId);
        if (message.seq <= view.lastSeq) return;
        const readSeq = message.senderId === this.#self ? message.seq : view.readSeq;
        this.#put({ ...view, lastSeq: message.seq, lastMessage: message, readSeq });
        return;
      }
      case "message:update": {
        const { message } = entry;
        const view = this.#require(message.conversationId);
        const last = view.lastMessage;
        if (last?.seq === message.seq && last.version < message.version) this.#put({ ...view, lastMessage: message });
        return;
      }
      case "read": {
        const view = this.#require(entry.conversationId);
        this.#put({ ...view, readSeq: Math.max(view.readSeq, entry.readSeq) });
        return;
      }
      default:
    }
  }

  /** Takes where a large conversation stands, whose messages are in no timeline. */
  settle({ conversationId, lastSeq, readSeq }: LargeGroupState): void {
    this.#put({ ...this.#require(conversationId), lastSeq, readSeq });
  }

  list(): Conversation[] {
    return [...this.#views.values()].toSorted((a, b) => (a.conversationId < b.conversationId ? -1 : 1));
  }

  #put(view: Conversation): void {
    this.#views.set(view.conversationId, { ...view, unread: Math.max(0, view.lastSeq - view.readSeq) });
  }

  #require(id: ConversationId): Conversation {
    const view = this.#views.get(id);
    if (!view) throw new Error(`conversation ${id} was never announced to ${this.#self}`);
    return view;
  }
}

/**
 * What devices of one user must agree upon. Changes are counted by the conversation, those that this user may not see
 * included; the last message of a large conversation, or of one that was left, is read from there. Who is named follows
 * from the messages.
 */
export function agreed(views: readonly Conversation[]): Conversation[] {
  return views.map(({ lastMessage, mentioned: _mentioned, mentionSeqs: _mentionSeqs, ...view }) => ({
    ...view,
    changeSeq: 0,
    ...(lastMessage && view.large !== true && view.left !== true && { lastMessage }),
  }));
}

import type { Conversation, Entry, LargeGroupState } from "@im-webapp/protocol";

/** Conversations as a device holds them, by id. */
export type Held = Map<string, Conversation>;

/**
 * What a device of the user `self` makes of entries, as the protocol states it; written anew here, so that the server is
 * held to the contract and not to what the client library happens to do.
 *
 * @throws Error when the entries are not consecutive, or speak of a conversation that was never announced
 */
export function fold(held: Held, entries: readonly Entry[], self: string): Held {
  const conversations = new Map(held);
  const change = (id: string, next: (view: Conversation) => Conversation) => {
    const view = conversations.get(id);
    if (!view) throw new Error(`conversation ${id} was never announced`);
    const { lastSeq, readSeq, ...rest } = next(view);
    conversations.set(id, { ...rest, lastSeq, readSeq, unread: lastSeq - readSeq });
  };
  entries.forEach((entry, index) => {
    if (entry.seq !== (entries[0]?.seq ?? 0) + index) throw new Error(`a hole before entry ${entry.seq}`);
    switch (entry.type) {
      case "conversation":
        // Shown in its state when it was read, which is never older than what came before it.
        conversations.set(entry.conversation.conversationId, entry.conversation);
        break;
      case "message": {
        const { message } = entry;
        change(message.conversationId, (view) =>
          message.seq <= view.lastSeq
            ? view
            : {
                ...view,
                lastSeq: message.seq,
                lastMessage: message,
                readSeq: message.senderId === self ? message.seq : view.readSeq,
              },
        );
        break;
      }
      case "message:update": {
        const { message } = entry;
        change(message.conversationId, (view) =>
          view.lastMessage?.seq === message.seq && view.lastMessage.version < message.version
            ? { ...view, lastMessage: message }
            : view,
        );
        break;
      }
      case "read":
        change(entry.conversationId, (view) => ({ ...view, readSeq: Math.max(view.readSeq, entry.readSeq) }));
        break;
      default:
        break;
    }
  });
  return conversations;
}

/** Where large conversations stand, as the first pull of a connection says: what happens in them is in no timeline. */
export function settle(held: Held, groups: readonly LargeGroupState[]): Held {
  const conversations = new Map(held);
  for (const { conversationId, lastSeq, readSeq } of groups) {
    const view = conversations.get(conversationId);
    if (!view) throw new Error(`large conversation ${conversationId} was never announced`);
    conversations.set(conversationId, { ...view, lastSeq, readSeq, unread: lastSeq - readSeq });
  }
  return conversations;
}

/**
 * What devices of one user must agree upon by their timelines alone. Changes are counted by the conversation, those of
 * messages included that this user may not see; and the last message of a large conversation, or of one that was left,
 * is read from there. Who is named follows from the messages.
 */
export function agreed(views: readonly Conversation[]): Conversation[] {
  return views.map(({ lastMessage, mentioned: _mentioned, mentionSeqs: _mentionSeqs, ...view }) => ({
    ...view,
    changeSeq: 0,
    ...(lastMessage && !view.large && !view.left && { lastMessage }),
  }));
}

/** Conversations in an order of their own, to compare two lists. */
export function listed(held: Held | readonly Conversation[]): Conversation[] {
  return [...held.values()].toSorted((a, b) => (a.conversationId < b.conversationId ? -1 : 1));
}

/** Conversations of a bootstrap, to fold entries into. */
export function hold(conversations: readonly Conversation[]): Held {
  return new Map(conversations.map((view) => [view.conversationId, view]));
}

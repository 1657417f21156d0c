import type { ConversationId, Message } from "@im-webapp/protocol";
import type { ChangedMessage } from "../outbox/pending-change.ts";
import type { AccountStore } from "../store/local-store.ts";
import type { ConversationRecord } from "../sync/conversation-record.ts";
import type { WindowView } from "../windows/open-window.ts";

export interface HeldMessagesContext {
  readonly store: Pick<AccountStore, "messages">;
  readonly views: () => ReadonlyMap<ConversationId, WindowView>;
  readonly records: () => ReadonlyMap<ConversationId, ConversationRecord>;
}

/** The copies of single messages that this device holds: in a window, as a conversation's newest, and in the cache. */
export class HeldMessages {
  readonly #context: HeldMessagesContext;

  constructor(context: HeldMessagesContext) {
    this.#context = context;
  }

  /** The message as it is shown; undefined where it is not. */
  shown(message: ChangedMessage): Message | undefined {
    return this.#copies(message)[0];
  }

  /** The message as it is cached; undefined where it is not. */
  async cached({ conversationId, seq }: ChangedMessage): Promise<Message | undefined> {
    const { messages } = await this.#context.store.messages(conversationId, 1, seq + 1);
    return messages.find((message) => message.seq === seq);
  }

  /** The message that was sent under this id, where it is shown. */
  sent(clientMessageId: string): Message | undefined {
    const newest = [...this.#context.records().values()].map(({ conversation }) => conversation.lastMessage);
    const shown = [...this.#context.views().values()].flatMap(({ messages }) => messages);
    return [...newest, ...shown].find((message) => message?.clientMessageId === clientMessageId);
  }

  /** The lowest version of the message among the copies in memory; undefined where there is none. */
  version(message: ChangedMessage): number | undefined {
    return message.seq === 0 ? this.#settingsVersion(message.conversationId) : lowest(this.#copies(message));
  }

  /** The same, among all copies. */
  async storedVersion(message: ChangedMessage): Promise<number | undefined> {
    if (message.seq === 0) return this.#settingsVersion(message.conversationId);
    const cached = await this.cached(message);
    return lowest([...(cached ? [cached] : []), ...this.#copies(message)]);
  }

  /** What stands for the version of a conversation's settings, which are no message; undefined where it is not held. */
  #settingsVersion(conversationId: ConversationId): number | undefined {
    const record = this.#context.records().get(conversationId);
    return record && (record.conversation.settingsVersion ?? 0);
  }

  #copies({ conversationId, seq }: ChangedMessage): Message[] {
    const window = this.#context.views().get(conversationId)?.messages ?? [];
    const last = this.#context.records().get(conversationId)?.conversation.lastMessage;
    return [window.find((message) => message.seq === seq), last].filter((message) => message?.seq === seq) as Message[];
  }
}

function lowest(messages: readonly Message[]): number | undefined {
  return messages.length > 0 ? Math.min(...messages.map(({ version }) => version)) : undefined;
}

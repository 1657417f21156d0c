import type { ConversationId, DeviceId, Message, Seq, User, UserId } from "@im-webapp/protocol";
import { randomUuid } from "../platform/uuid.ts";
import { advanced, withPositionsOf } from "../sync/conversation-record.ts";
import type { ConversationRecord } from "../sync/conversation-record.ts";
import type {
  AccountSnapshot,
  AccountStore,
  CachedPage,
  LocalStore,
  OutgoingRecord,
  ReadingBatch,
  ReadMark,
  StoredSession,
  SyncBatch,
  SyncPosition,
} from "./local-store.ts";

const NOTHING: SyncPosition = { epoch: null, cursor: null, complete: false };

/** One user's store in memory. Survives `close`, so that a second client over the same store sees what the first had. */
class MemoryAccountStore implements AccountStore {
  #position = NOTHING;
  readonly #conversations = new Map<ConversationId, ConversationRecord>();
  readonly #messages = new Map<ConversationId, Map<Seq, Message>>();
  readonly #beginnings = new Map<ConversationId, Seq>();
  /** Insertion order is the order of sending. */
  readonly #outgoing = new Map<string, OutgoingRecord>();
  readonly #reads = new Map<ConversationId, ReadMark>();
  readonly #users = new Map<UserId, User>();

  async load(): Promise<AccountSnapshot> {
    return {
      position: this.#position,
      conversations: [...this.#conversations.values()],
      outgoing: [...this.#outgoing.values()],
      reads: [...this.#reads.values()],
      users: [...this.#users.values()],
    };
  }

  async commit(batch: SyncBatch): Promise<boolean> {
    const { epoch, cursor, complete } = this.#position;
    if (epoch !== batch.epoch || cursor === null) return false;
    if (batch.cursor > cursor) {
      for (const record of batch.conversations) {
        const held = this.#conversations.get(record.conversation.conversationId);
        this.#putConversation(held ? withPositionsOf(record, held) : record);
      }
      this.#position = { epoch, cursor: batch.cursor, complete: complete && batch.complete };
    }
    this.#putMessages(batch);
    for (const user of batch.users) this.#users.set(user.userId, user);
    return true;
  }

  async advance(batch: ReadingBatch): Promise<boolean> {
    const { epoch, cursor } = this.#position;
    if (epoch !== batch.epoch || cursor === null) return false;
    for (const record of batch.conversations) {
      const held = this.#conversations.get(record.conversation.conversationId);
      if (held) this.#putConversation(advanced(held, record));
    }
    for (const id of batch.dropped) this.#messages.delete(id);
    this.#putMessages(batch);
    return true;
  }

  async putConversations(epoch: string, conversations: readonly ConversationRecord[]): Promise<boolean> {
    if (this.#position.epoch !== epoch) return false;
    for (const record of conversations) this.#putConversation(record);
    return true;
  }

  async completeList(epoch: string, adopt?: { cursor: Seq; listed: ReadonlySet<ConversationId> }): Promise<boolean> {
    if (this.#position.epoch !== epoch) return false;
    if (adopt) {
      for (const id of this.#conversations.keys()) if (!adopt.listed.has(id)) this.#conversations.delete(id);
    }
    this.#position = { epoch, cursor: adopt?.cursor ?? this.#position.cursor, complete: true };
    return true;
  }

  async expire(): Promise<void> {
    this.#position = { epoch: this.#position.epoch, cursor: null, complete: false };
    this.#messages.clear();
    this.#beginnings.clear();
    this.#users.clear();
  }

  async reset(epoch: string): Promise<void> {
    await this.expire();
    this.#position = { epoch, cursor: null, complete: false };
    this.#conversations.clear();
    this.#reads.clear();
    for (const [id, { accepted: _, ...record }] of this.#outgoing) this.#outgoing.set(id, record);
  }

  async messages(conversationId: ConversationId, limit: number, before = Infinity): Promise<CachedPage> {
    const held = [...(this.#messages.get(conversationId)?.values() ?? [])];
    const messages = held
      .filter(({ seq }) => seq < before)
      .toSorted((a, b) => a.seq - b.seq)
      .slice(-limit);
    const beginning = this.#beginnings.get(conversationId);
    return { messages, ...(beginning !== undefined && { beginning }) };
  }

  async putMessages(conversationId: ConversationId, messages: readonly Message[], beginning?: Seq): Promise<void> {
    for (const message of messages) this.#putMessage(message);
    if (beginning !== undefined) this.#beginnings.set(conversationId, beginning);
  }

  async enqueue(outgoing: OutgoingRecord): Promise<void> {
    this.#outgoing.delete(outgoing.clientMessageId);
    this.#outgoing.set(outgoing.clientMessageId, outgoing);
  }

  async updateOutgoing(outgoing: readonly OutgoingRecord[]): Promise<void> {
    for (const record of outgoing) {
      if (this.#outgoing.has(record.clientMessageId)) this.#outgoing.set(record.clientMessageId, record);
    }
  }

  async removeOutgoing(clientMessageIds: readonly string[]): Promise<void> {
    for (const id of clientMessageIds) this.#outgoing.delete(id);
  }

  async putRead(mark: ReadMark): Promise<void> {
    this.#reads.set(mark.conversationId, mark);
  }

  async removeReads(conversationIds: readonly ConversationId[]): Promise<void> {
    for (const id of conversationIds) this.#reads.delete(id);
  }

  async putUsers(users: readonly User[]): Promise<void> {
    for (const user of users) this.#users.set(user.userId, user);
  }

  async close(): Promise<void> {}

  #putConversation(record: ConversationRecord): void {
    this.#conversations.set(record.conversation.conversationId, record);
  }

  #putMessages({ messages, updates, delivered }: Pick<SyncBatch, "messages" | "updates" | "delivered">): void {
    for (const message of messages) this.#putMessage(message);
    for (const message of updates) {
      if (this.#messages.get(message.conversationId)?.has(message.seq)) this.#putMessage(message);
    }
    for (const id of delivered) this.#outgoing.delete(id);
  }

  #putMessage(message: Message): void {
    const held = this.#messages.get(message.conversationId) ?? new Map<Seq, Message>();
    this.#messages.set(message.conversationId, held);
    const version = held.get(message.seq)?.version ?? 0;
    if (message.version > version) held.set(message.seq, message);
  }
}

/** A store that lives as long as this object: for bots and tests, and for browsers that deny storage. */
export class MemoryStore implements LocalStore {
  readonly kind = "memory";
  #deviceId: DeviceId | undefined;
  #session: StoredSession | null = null;
  readonly #accounts = new Map<UserId, MemoryAccountStore>();

  async deviceId(): Promise<DeviceId> {
    this.#deviceId ??= randomUuid();
    return this.#deviceId;
  }

  async loadSession(): Promise<StoredSession | null> {
    return this.#session;
  }

  async saveSession(session: StoredSession | null): Promise<void> {
    this.#session = session;
  }

  async openAccount(userId: UserId): Promise<AccountStore> {
    const account = this.#accounts.get(userId) ?? new MemoryAccountStore();
    this.#accounts.set(userId, account);
    return account;
  }

  async removeAccount(userId: UserId): Promise<void> {
    this.#accounts.delete(userId);
  }

  async close(): Promise<void> {}
}

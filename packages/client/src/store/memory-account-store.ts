import type { ConversationId, EpochMs, Message, Seq, User, UserId } from "@im-webapp/protocol";
import { LISTED } from "../people/person-record.ts";
import type { PersonRecord } from "../people/person-record.ts";
import { outlived } from "../outbox/pending-change.ts";
import { advanced, withPositionsOf } from "../sync/conversation-record.ts";
import type { ConversationRecord } from "../sync/conversation-record.ts";
import type {
  AccountSnapshot,
  AccountStore,
  CachedConversation,
  CachedPage,
  Draft,
  Eviction,
  OutgoingRecord,
  PendingSnapshot,
  PendingChange,
  ReadingBatch,
  ReadMark,
  SyncBatch,
  SyncPosition,
} from "./local-store.ts";
import { nextDraft, owesNothing } from "./local-rules.ts";
import { changedBy, sizeOf } from "./message-size.ts";
import type { CacheDelta } from "./message-size.ts";

const NOTHING: SyncPosition = { epoch: null, cursor: null, complete: false };

/** One user's store in memory. Survives `close`, so that a second client over the same store sees what the first had. */
export class MemoryAccountStore implements AccountStore {
  readonly shared = false;
  #position = NOTHING;
  readonly #conversations = new Map<ConversationId, ConversationRecord>();
  readonly #messages = new Map<ConversationId, Map<Seq, Message>>();
  readonly #counts = new Map<ConversationId, CacheDelta>();
  readonly #opened = new Map<ConversationId, EpochMs>();
  readonly #beginnings = new Map<ConversationId, Seq>();
  /** Insertion order is the order of sending. */
  readonly #outgoing = new Map<string, OutgoingRecord>();
  readonly #files = new Map<string, readonly Blob[]>();
  readonly #reads = new Map<ConversationId, ReadMark>();
  #changes: readonly PendingChange[] = [];
  readonly #drafts = new Map<ConversationId, Draft>();
  readonly #users = new Map<UserId, User>();
  readonly #people = new Map<string, PersonRecord>();

  async load(): Promise<AccountSnapshot> {
    return {
      position: this.#position,
      conversations: [...this.#conversations.values()],
      outgoing: [...this.#outgoing.values()],
      reads: [...this.#reads.values()],
      changes: this.#changes,
      drafts: [...this.#drafts.values()],
      users: [...this.#users.values()],
      people: [...this.#people.values()],
    };
  }

  async pending(): Promise<PendingSnapshot> {
    const { outgoing, reads, changes, drafts } = await this.load();
    return { outgoing, reads, changes, drafts };
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
      for (const record of batch.people) this.#people.set(record.key, record);
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
    for (const id of batch.dropped) {
      this.#messages.delete(id);
      this.#counts.delete(id);
    }
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

  async putPeople(epoch: string, put: readonly PersonRecord[], gone: readonly string[]): Promise<boolean> {
    if (this.#position.epoch !== epoch) return false;
    for (const key of gone) this.#people.delete(key);
    for (const record of put) this.#people.set(record.key, record);
    return true;
  }

  async expire(): Promise<void> {
    this.#people.delete(LISTED);
    this.#position = { epoch: this.#position.epoch, cursor: null, complete: false };
    this.#messages.clear();
    this.#counts.clear();
    this.#beginnings.clear();
    this.#users.clear();
  }

  async reset(epoch: string): Promise<boolean> {
    const before = this.#position.epoch;
    if (before === epoch) return false;
    await this.expire();
    this.#position = { epoch, cursor: null, complete: false };
    if (before === null) return true;
    this.#conversations.clear();
    this.#people.clear();
    this.#reads.clear();
    this.#opened.clear();
    this.#changes = outlived(this.#changes);
    for (const [id, { accepted: _, ...record }] of this.#outgoing) this.#outgoing.set(id, record);
    return true;
  }

  async messages(conversationId: ConversationId, limit: number, before = Infinity): Promise<CachedPage> {
    const below = this.#ascending(conversationId).filter(({ seq }) => seq < before);
    return this.#page(conversationId, below.slice(-limit));
  }

  async messagesAfter(conversationId: ConversationId, limit: number, after: Seq): Promise<CachedPage> {
    const above = this.#ascending(conversationId).filter(({ seq }) => seq > after);
    return this.#page(conversationId, above.slice(0, limit));
  }

  async putMessages(conversationId: ConversationId, messages: readonly Message[], beginning?: Seq): Promise<void> {
    for (const message of messages) this.#putMessage(message);
    if (beginning !== undefined) this.#beginnings.set(conversationId, beginning);
  }

  async cached(): Promise<readonly CachedConversation[]> {
    return [...this.#counts.keys()].map((id) => this.#cachedOf(id));
  }

  async evict({ conversationId, limit, keep }: Eviction): Promise<CachedConversation> {
    const held = this.#messages.get(conversationId) ?? new Map<Seq, Message>();
    const oldest = [...held.values()].toSorted((a, b) => a.seq - b.seq);
    for (const message of oldest.slice(0, Math.max(0, Math.min(limit, held.size - keep)))) {
      held.delete(message.seq);
      this.#count(conversationId, -1, -sizeOf(message));
    }
    if (held.size === 0) this.#counts.delete(conversationId);
    return this.#cachedOf(conversationId);
  }

  async markOpened(conversationId: ConversationId, at: EpochMs): Promise<void> {
    this.#opened.set(conversationId, Math.max(at, this.#opened.get(conversationId) ?? 0));
  }

  async enqueue(outgoing: OutgoingRecord, files?: readonly Blob[]): Promise<void> {
    this.#outgoing.delete(outgoing.clientMessageId);
    this.#outgoing.set(outgoing.clientMessageId, outgoing);
    if (files) this.#files.set(outgoing.clientMessageId, files);
  }

  async file(clientMessageId: string, index: number): Promise<Blob | undefined> {
    return this.#files.get(clientMessageId)?.[index];
  }

  async updateOutgoing(
    clientMessageIds: readonly string[],
    update: (held: OutgoingRecord) => OutgoingRecord | null,
  ): Promise<readonly OutgoingRecord[]> {
    return clientMessageIds.flatMap((id) => {
      const held = this.#outgoing.get(id);
      const next = held && update(held);
      if (next) this.#outgoing.set(id, next);
      else this.#drop(id);
      return next ? [next] : [];
    });
  }

  async removeOutgoing(clientMessageIds: readonly string[]): Promise<void> {
    for (const id of clientMessageIds) this.#drop(id);
  }

  async putRead(mark: ReadMark): Promise<void> {
    if (mark.seq > (this.#reads.get(mark.conversationId)?.seq ?? 0)) this.#reads.set(mark.conversationId, mark);
  }

  async removeReads(marks: readonly ReadMark[]): Promise<void> {
    for (const { conversationId, seq } of marks) {
      if ((this.#reads.get(conversationId)?.seq ?? 0) <= seq) this.#reads.delete(conversationId);
    }
  }

  async updateChanges(
    update: (held: readonly PendingChange[]) => readonly PendingChange[],
  ): Promise<readonly PendingChange[]> {
    this.#changes = update(this.#changes);
    return this.#changes;
  }

  async putDraft(draft: Draft): Promise<Draft> {
    const stored = nextDraft(this.#drafts.get(draft.conversationId), draft);
    this.#drafts.set(draft.conversationId, stored);
    return stored;
  }

  async putUsers(users: readonly User[]): Promise<void> {
    for (const user of users) this.#users.set(user.userId, user);
  }

  async close(): Promise<void> {}

  #ascending(conversationId: ConversationId): Message[] {
    return [...(this.#messages.get(conversationId)?.values() ?? [])].toSorted((a, b) => a.seq - b.seq);
  }

  #page(conversationId: ConversationId, messages: readonly Message[]): CachedPage {
    const beginning = this.#beginnings.get(conversationId);
    return { messages, ...(beginning !== undefined && { beginning }) };
  }

  #putConversation(record: ConversationRecord): void {
    this.#conversations.set(record.conversation.conversationId, record);
  }

  #putMessages({ messages, updates, delivered }: Pick<SyncBatch, "messages" | "updates" | "delivered">): void {
    for (const message of messages) this.#putMessage(message);
    for (const message of updates) {
      if (this.#messages.get(message.conversationId)?.has(message.seq)) this.#putMessage(message);
    }
    for (const id of delivered) if (owesNothing(this.#outgoing.get(id))) this.#drop(id);
  }

  #drop(clientMessageId: string): void {
    this.#outgoing.delete(clientMessageId);
    this.#files.delete(clientMessageId);
  }

  #putMessage(message: Message): void {
    const held = this.#messages.get(message.conversationId) ?? new Map<Seq, Message>();
    this.#messages.set(message.conversationId, held);
    const before = held.get(message.seq);
    if (message.version <= (before?.version ?? 0)) return;
    held.set(message.seq, message);
    this.#count(message.conversationId, before ? 0 : 1, sizeOf(message) - (before ? sizeOf(before) : 0));
  }

  #count(id: ConversationId, messages: number, bytes: number): void {
    this.#counts.set(id, changedBy(this.#counts.get(id), { messages, bytes }));
  }

  #cachedOf(conversationId: ConversationId): CachedConversation {
    const { messages, bytes } = this.#counts.get(conversationId) ?? { messages: 0, bytes: 0 };
    return { conversationId, messages, bytes, openedAt: this.#opened.get(conversationId) ?? 0 };
  }
}

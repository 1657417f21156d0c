import type { ConversationId, EpochMs, Message, Seq, User, UserId } from "@im-webapp/protocol";
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
} from "../store/local-store.ts";
import { keepIfRoom } from "../store/keep-if-room.ts";
import { nextDraft } from "../store/local-rules.ts";
import { LISTED } from "../people/person-record.ts";
import type { PersonRecord } from "../people/person-record.ts";
import { outlived } from "../outbox/pending-change.ts";
import { advanced, withPositionsOf } from "../sync/conversation-record.ts";
import type { ConversationRecord } from "../sync/conversation-record.ts";
import { SqliteChanges } from "./sqlite-changes.ts";
import type { SqliteDatabase } from "./sqlite-database.ts";
import { storable } from "./sqlite-files.ts";
import { SqliteMessageCache } from "./sqlite-message-cache.ts";
import { SqliteOutgoing } from "./sqlite-outgoing.ts";
import type { ACCOUNT_TABLES } from "./sqlite-schema.ts";

const NOTHING: SyncPosition = { epoch: null, cursor: null, complete: false };

type Value = { value: string };
type Table = (typeof ACCOUNT_TABLES)[number];

/** One user's rows in the file. */
export class SqliteAccountStore implements AccountStore {
  /** One program at a time has the file. */
  readonly shared = false;
  readonly #db: SqliteDatabase;
  readonly #account: UserId;
  readonly #cache: SqliteMessageCache;
  readonly #changes: SqliteChanges;
  readonly #outgoing: SqliteOutgoing;
  #closed = false;

  constructor(db: SqliteDatabase, account: UserId) {
    this.#db = db;
    this.#account = account;
    this.#cache = new SqliteMessageCache(db, account);
    this.#changes = new SqliteChanges(db, account);
    this.#outgoing = new SqliteOutgoing(db, account);
  }

  async load(): Promise<AccountSnapshot> {
    return this.#step(() => ({
      position: this.#position(),
      conversations: this.#values("conversations").map(toRecord),
      ...this.#pending(),
      users: this.#values("users").map((value) => JSON.parse(value) as User),
      people: this.#values("people").map((value) => JSON.parse(value) as PersonRecord),
    }));
  }

  async pending(): Promise<PendingSnapshot> {
    return this.#step(() => this.#pending());
  }

  async commit(batch: SyncBatch): Promise<boolean> {
    return this.#step(() => {
      const { epoch, cursor, complete } = this.#position();
      if (epoch !== batch.epoch || cursor === null) return false;
      if (batch.cursor > cursor) {
        for (const record of batch.conversations) {
          const held = this.#conversation(record);
          this.#putConversation(held ? withPositionsOf(record, held) : record);
        }
        this.#setPosition({ epoch, cursor: batch.cursor, complete: complete && batch.complete });
        this.#putPeople(batch.people);
      }
      this.#putMessages(batch);
      this.#putUsers(batch.users);
      return true;
    });
  }

  async advance(batch: ReadingBatch): Promise<boolean> {
    return this.#step(() => {
      const { epoch, cursor } = this.#position();
      if (epoch !== batch.epoch || cursor === null) return false;
      for (const record of batch.conversations) {
        const held = this.#conversation(record);
        if (held) this.#putConversation(advanced(held, record));
      }
      for (const id of batch.dropped) this.#cache.drop(id);
      this.#putMessages(batch);
      return true;
    });
  }

  async putConversations(epoch: string, conversations: readonly ConversationRecord[]): Promise<boolean> {
    return this.#step(() => {
      if (this.#position().epoch !== epoch) return false;
      for (const record of conversations) this.#putConversation(record);
      return true;
    });
  }

  async completeList(epoch: string, adopt?: { cursor: Seq; listed: ReadonlySet<ConversationId> }): Promise<boolean> {
    return this.#step(() => {
      const position = this.#position();
      if (position.epoch !== epoch) return false;
      if (adopt) {
        const held = this.#db.all<{ id: string }>("SELECT id FROM conversations WHERE account = ?", this.#account);
        for (const { id } of held) if (!adopt.listed.has(id)) this.#delete("conversations", "id", id);
      }
      this.#setPosition({ epoch, cursor: adopt?.cursor ?? position.cursor, complete: true });
      return true;
    });
  }

  async putPeople(epoch: string, put: readonly PersonRecord[], gone: readonly string[]): Promise<boolean> {
    return this.#step(() => {
      if (this.#position().epoch !== epoch) return false;
      for (const key of gone) this.#delete("people", "id", key);
      this.#putPeople(put);
      return true;
    });
  }

  async expire(): Promise<void> {
    this.#step(() => this.#forget(this.#position().epoch));
  }

  async reset(epoch: string): Promise<boolean> {
    return this.#step(() => {
      const before = this.#position().epoch;
      if (before === epoch) return false;
      this.#forget(epoch);
      if (before === null) return true;
      this.#clear("conversations", "reads", "opened", "people");
      this.#changes.update(outlived);
      this.#outgoing.forgetAccepted();
      return true;
    });
  }

  async messages(conversationId: ConversationId, limit: number, before?: Seq): Promise<CachedPage> {
    return this.#page(conversationId, () => this.#cache.page(conversationId, limit, before));
  }

  async messagesAfter(conversationId: ConversationId, limit: number, after: Seq): Promise<CachedPage> {
    return this.#page(conversationId, () => this.#cache.pageAfter(conversationId, limit, after));
  }

  async putMessages(conversationId: ConversationId, messages: readonly Message[], beginning?: Seq): Promise<void> {
    this.#step(() => {
      this.#cache.putHigher(messages, "all");
      if (beginning === undefined) return;
      this.#db.run("INSERT OR REPLACE INTO beginnings VALUES (?, ?, ?)", this.#account, conversationId, beginning);
    });
  }

  async cached(): Promise<readonly CachedConversation[]> {
    return this.#step(() => this.#cache.cached());
  }

  async evict(eviction: Eviction): Promise<CachedConversation> {
    return this.#step(() => this.#cache.evict(eviction));
  }

  async markOpened(conversationId: ConversationId, at: EpochMs): Promise<void> {
    this.#step(() => this.#cache.markOpened(conversationId, at));
  }

  async enqueue(outgoing: OutgoingRecord, files?: readonly Blob[]): Promise<void> {
    // Only with files does it take effect later than at once: their bytes are read before the step.
    await keepIfRoom(files, async (kept) => {
      const stored = kept && (await storable(kept));
      this.#step(() => this.#outgoing.enqueue(outgoing, stored));
    });
  }

  async file(clientMessageId: string, index: number): Promise<Blob | undefined> {
    return this.#step(() => this.#outgoing.files.get(clientMessageId, index));
  }

  async updateOutgoing(
    clientMessageIds: readonly string[],
    update: (held: OutgoingRecord) => OutgoingRecord | null,
  ): Promise<readonly OutgoingRecord[]> {
    return this.#step(() => this.#outgoing.update(clientMessageIds, update));
  }

  async removeOutgoing(clientMessageIds: readonly string[]): Promise<void> {
    this.#step(() => this.#outgoing.remove(clientMessageIds));
  }

  async putRead({ conversationId, seq }: ReadMark): Promise<void> {
    this.#step(() => {
      if (seq <= this.#readSeq(conversationId)) return;
      this.#db.run("INSERT OR REPLACE INTO reads VALUES (?, ?, ?)", this.#account, conversationId, seq);
    });
  }

  async removeReads(marks: readonly ReadMark[]): Promise<void> {
    this.#step(() => {
      for (const { conversationId, seq } of marks) {
        if (this.#readSeq(conversationId) <= seq) this.#delete("reads", "conversation", conversationId);
      }
    });
  }

  async updateChanges(
    update: (held: readonly PendingChange[]) => readonly PendingChange[],
  ): Promise<readonly PendingChange[]> {
    return this.#step(() => this.#changes.update(update));
  }

  async putDraft(draft: Draft): Promise<Draft> {
    return this.#step(() => {
      const { conversationId } = draft;
      const sql = "SELECT value FROM drafts WHERE account = ? AND conversation = ?";
      const row = this.#db.get<Value>(sql, this.#account, conversationId);
      const stored = nextDraft(row && (JSON.parse(row.value) as Draft), draft);
      const put = "INSERT OR REPLACE INTO drafts VALUES (?, ?, ?)";
      this.#db.run(put, this.#account, conversationId, JSON.stringify(stored));
      return stored;
    });
  }

  async putUsers(users: readonly User[]): Promise<void> {
    this.#step(() => this.#putUsers(users));
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  /** One method's work, wholly or not at all. */
  #step<T>(work: () => T): T {
    if (this.#closed || !this.#db.isOpen) throw new Error("The store is closed");
    return this.#db.transaction(work);
  }

  #readSeq(conversationId: ConversationId): Seq {
    const sql = "SELECT seq FROM reads WHERE account = ? AND conversation = ?";
    return this.#db.get<{ seq: number }>(sql, this.#account, conversationId)?.seq ?? 0;
  }

  #pending(): PendingSnapshot {
    return {
      outgoing: this.#outgoing.all(),
      reads: this.#db.all<{ conversationId: string; seq: number }>(
        "SELECT conversation AS conversationId, seq FROM reads WHERE account = ?",
        this.#account,
      ),
      changes: this.#changes.all(),
      drafts: this.#values("drafts").map((value) => JSON.parse(value) as Draft),
    };
  }

  #position(): SyncPosition {
    const row = this.#db.get<Value>("SELECT value FROM positions WHERE account = ?", this.#account);
    return row ? (JSON.parse(row.value) as SyncPosition) : NOTHING;
  }

  #setPosition(position: SyncPosition): void {
    this.#db.run("INSERT OR REPLACE INTO positions VALUES (?, ?)", this.#account, JSON.stringify(position));
  }

  #forget(epoch: string | null): void {
    this.#setPosition({ epoch, cursor: null, complete: false });
    this.#clear("messages", "cached", "beginnings", "users");
    this.#delete("people", "id", LISTED);
  }

  #clear(...tables: readonly Table[]): void {
    for (const table of tables) this.#db.run(`DELETE FROM ${table} WHERE account = ?`, this.#account);
  }

  #delete(table: Table, column: "id" | "conversation", id: string): void {
    this.#db.run(`DELETE FROM ${table} WHERE account = ? AND ${column} = ?`, this.#account, id);
  }

  #values(table: Table): string[] {
    const rows = this.#db.all<Value>(`SELECT value FROM ${table} WHERE account = ?`, this.#account);
    return rows.map(({ value }) => value);
  }

  #page(conversationId: ConversationId, read: () => readonly Message[]): CachedPage {
    return this.#step(() => {
      const sql = "SELECT seq FROM beginnings WHERE account = ? AND conversation = ?";
      const beginning = this.#db.get<{ seq: number }>(sql, this.#account, conversationId);
      return { messages: read(), ...(beginning && { beginning: beginning.seq }) };
    });
  }

  /** What is stored of this conversation. */
  #conversation({ conversation }: ConversationRecord): ConversationRecord | undefined {
    const sql = "SELECT value FROM conversations WHERE account = ? AND id = ?";
    const row = this.#db.get<Value>(sql, this.#account, conversation.conversationId);
    return row && toRecord(row.value);
  }

  #putConversation(record: ConversationRecord): void {
    const value = JSON.stringify({ ...record, receipts: [...record.receipts] });
    const { conversationId } = record.conversation;
    this.#db.run("INSERT OR REPLACE INTO conversations VALUES (?, ?, ?)", this.#account, conversationId, value);
  }

  #putMessages({ messages, updates, delivered }: Pick<SyncBatch, "messages" | "updates" | "delivered">): void {
    this.#cache.putHigher(messages, "all");
    this.#cache.putHigher(updates, "held");
    this.#outgoing.delivered(delivered);
  }

  #putPeople(people: readonly PersonRecord[]): void {
    for (const record of people) {
      const sql = "INSERT OR REPLACE INTO people VALUES (?, ?, ?)";
      this.#db.run(sql, this.#account, record.key, JSON.stringify(record));
    }
  }

  #putUsers(users: readonly User[]): void {
    for (const user of users) {
      const sql = "INSERT OR REPLACE INTO users VALUES (?, ?, ?)";
      this.#db.run(sql, this.#account, user.userId, JSON.stringify(user));
    }
  }
}

function toRecord(value: string): ConversationRecord {
  const record = JSON.parse(value) as Omit<ConversationRecord, "receipts"> & { receipts: [UserId, Seq][] };
  return { ...record, receipts: new Map(record.receipts) };
}

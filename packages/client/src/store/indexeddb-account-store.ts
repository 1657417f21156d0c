import type { ConversationId, EpochMs, Message, Seq, User } from "@im-webapp/protocol";
import type { Dexie, Table } from "dexie";
import { LISTED } from "../people/person-record.ts";
import type { PersonRecord } from "../people/person-record.ts";
import { outlived } from "../outbox/pending-change.ts";
import { advanced, withPositionsOf } from "../sync/conversation-record.ts";
import type { ConversationRecord } from "../sync/conversation-record.ts";
import { IndexedDbChanges } from "./indexeddb-changes.ts";
import { ROWS_AT_ONCE, inSteps, readMany } from "./bulk.ts";
import { IndexedDbMessageCache } from "./indexeddb-message-cache.ts";
import { IndexedDbOutgoing } from "./indexeddb-outgoing.ts";
import { keepIfRoom } from "./keep-if-room.ts";
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
import { nextDraft } from "./local-rules.ts";

const NOTHING: SyncPosition = { epoch: null, cursor: null, complete: false };

/** One user's store in an IndexedDB database of its own. */
export class IndexedDbAccountStore implements AccountStore {
  readonly shared = true;
  readonly #db: Dexie;
  readonly #meta: Table<SyncPosition & { key: "position" }, string>;
  readonly #conversations: Table<ConversationRecord, string>;
  readonly #cache: IndexedDbMessageCache;
  readonly #beginnings: Table<{ conversationId: ConversationId; seq: Seq }, string>;
  readonly #outgoing: IndexedDbOutgoing;
  readonly #reads: Table<ReadMark, string>;
  readonly #changes: IndexedDbChanges;
  readonly #drafts: Table<Draft, string>;
  readonly #users: Table<User, string>;
  readonly #people: Table<PersonRecord, string>;

  /** `db` is open and has the tables of `ACCOUNT_VERSIONS`. */
  constructor(db: Dexie) {
    this.#db = db;
    this.#meta = db.table("meta");
    this.#conversations = db.table("conversations");
    this.#cache = new IndexedDbMessageCache(db);
    this.#beginnings = db.table("beginnings");
    this.#outgoing = new IndexedDbOutgoing(db);
    this.#reads = db.table("reads");
    this.#changes = new IndexedDbChanges(db);
    this.#drafts = db.table("drafts");
    this.#users = db.table("users");
    this.#people = db.table("people");
  }

  load(): Promise<AccountSnapshot> {
    const tables = [this.#meta, this.#conversations, this.#reads, this.#drafts, this.#users, this.#people];
    return this.#db.transaction("r", [...tables, ...this.#outgoing.tables, this.#changes.table], async () => ({
      position: await this.#position(),
      conversations: await this.#conversations.toArray(),
      ...(await this.#pending()),
      users: await this.#users.toArray(),
      people: await this.#people.toArray(),
    }));
  }

  pending(): Promise<PendingSnapshot> {
    const tables = [...this.#outgoing.tables, this.#reads, this.#changes.table, this.#drafts];
    return this.#db.transaction("r", tables, async () => this.#pending());
  }

  commit(batch: SyncBatch): Promise<boolean> {
    const tables = [this.#meta, this.#conversations, ...this.#cache.tables, this.#users, this.#people];
    return this.#db.transaction("rw", [...tables, ...this.#outgoing.tables], async () => {
      const { epoch, cursor, complete } = await this.#position();
      if (epoch !== batch.epoch || cursor === null) return false;
      if (batch.cursor > cursor) {
        const held = await this.#stored(batch.conversations);
        const records = batch.conversations.map((record, index) => {
          const stored = held[index];
          return stored ? withPositionsOf(record, stored) : record;
        });
        await inSteps(records, ROWS_AT_ONCE, (step) => this.#conversations.bulkPut(step));
        await this.#setPosition({ epoch, cursor: batch.cursor, complete: complete && batch.complete });
        await inSteps(batch.people, ROWS_AT_ONCE, (step) => this.#people.bulkPut(step));
      }
      await this.#putMessages(batch);
      if (batch.users.length > 0) await this.#users.bulkPut([...batch.users]);
      return true;
    });
  }

  advance(batch: ReadingBatch): Promise<boolean> {
    const tables = [this.#meta, this.#conversations, ...this.#cache.tables, ...this.#outgoing.tables];
    return this.#db.transaction("rw", tables, async () => {
      const { epoch, cursor } = await this.#position();
      if (epoch !== batch.epoch || cursor === null) return false;
      const held = await this.#stored(batch.conversations);
      const records = batch.conversations.flatMap((record, index) => {
        const stored = held[index];
        return stored ? [advanced(stored, record)] : [];
      });
      await inSteps(records, ROWS_AT_ONCE, (step) => this.#conversations.bulkPut(step));
      if (batch.dropped.length > 0) await this.#cache.drop(batch.dropped);
      await this.#putMessages(batch);
      return true;
    });
  }

  putConversations(epoch: string, conversations: readonly ConversationRecord[]): Promise<boolean> {
    return this.#db.transaction("rw", [this.#meta, this.#conversations], async () => {
      if ((await this.#position()).epoch !== epoch) return false;
      await inSteps(conversations, ROWS_AT_ONCE, (step) => this.#conversations.bulkPut(step));
      return true;
    });
  }

  completeList(epoch: string, adopt?: { cursor: Seq; listed: ReadonlySet<ConversationId> }): Promise<boolean> {
    return this.#db.transaction("rw", [this.#meta, this.#conversations], async () => {
      const position = await this.#position();
      if (position.epoch !== epoch) return false;
      if (adopt) {
        const held = await this.#conversations.toCollection().primaryKeys();
        await this.#conversations.bulkDelete(held.filter((id) => !adopt.listed.has(id)));
      }
      await this.#setPosition({ epoch, cursor: adopt?.cursor ?? position.cursor, complete: true });
      return true;
    });
  }

  putPeople(epoch: string, put: readonly PersonRecord[], gone: readonly string[]): Promise<boolean> {
    return this.#db.transaction("rw", [this.#meta, this.#people], async () => {
      if ((await this.#position()).epoch !== epoch) return false;
      await this.#people.bulkDelete([...gone]);
      await inSteps(put, ROWS_AT_ONCE, (step) => this.#people.bulkPut(step));
      return true;
    });
  }

  expire(): Promise<void> {
    const tables = [this.#meta, ...this.#cache.tables, this.#beginnings, this.#users, this.#people];
    return this.#db.transaction("rw", tables, async () => {
      const { epoch } = await this.#position();
      await this.#forget(epoch);
    });
  }

  reset(epoch: string): Promise<boolean> {
    return this.#db.transaction("rw", this.#db.tables, async () => {
      const before = (await this.#position()).epoch;
      if (before === epoch) return false;
      await this.#forget(epoch);
      if (before === null) return true;
      await this.#conversations.clear();
      await this.#people.clear();
      await this.#reads.clear();
      await this.#cache.forgetOpened();
      await this.#outgoing.forgetAccepted();
      await this.#changes.update(outlived);
      return true;
    });
  }

  messages(conversationId: ConversationId, limit: number, before?: Seq): Promise<CachedPage> {
    return this.#page(conversationId, () => this.#cache.page(conversationId, limit, before));
  }

  messagesAfter(conversationId: ConversationId, limit: number, after: Seq): Promise<CachedPage> {
    return this.#page(conversationId, () => this.#cache.pageAfter(conversationId, limit, after));
  }

  putMessages(conversationId: ConversationId, messages: readonly Message[], beginning?: Seq): Promise<void> {
    return this.#db.transaction("rw", [...this.#cache.tables, this.#beginnings], async () => {
      await this.#cache.putHigher(messages, "all");
      if (beginning !== undefined) await this.#beginnings.put({ conversationId, seq: beginning });
    });
  }

  cached(): Promise<readonly CachedConversation[]> {
    return this.#db.transaction("r", this.#cache.tables, async () => this.#cache.cached());
  }

  evict(eviction: Eviction): Promise<CachedConversation> {
    return this.#db.transaction("rw", this.#cache.tables, async () => this.#cache.evict(eviction));
  }

  markOpened(conversationId: ConversationId, at: EpochMs): Promise<void> {
    return this.#db.transaction("rw", this.#cache.tables, async () => this.#cache.markOpened(conversationId, at));
  }

  enqueue(outgoing: OutgoingRecord, files?: readonly Blob[]): Promise<void> {
    return keepIfRoom(files, (kept) =>
      this.#db.transaction("rw", this.#outgoing.tables, async () => this.#outgoing.enqueue(outgoing, kept)),
    );
  }

  file(clientMessageId: string, index: number): Promise<Blob | undefined> {
    return this.#db.transaction("r", this.#outgoing.tables, async () => this.#outgoing.file(clientMessageId, index));
  }

  updateOutgoing(
    clientMessageIds: readonly string[],
    update: (held: OutgoingRecord) => OutgoingRecord | null,
  ): Promise<readonly OutgoingRecord[]> {
    return this.#db.transaction("rw", this.#outgoing.tables, async () =>
      this.#outgoing.update(clientMessageIds, update),
    );
  }

  removeOutgoing(clientMessageIds: readonly string[]): Promise<void> {
    return this.#db.transaction("rw", this.#outgoing.tables, async () => this.#outgoing.remove(clientMessageIds));
  }

  putRead(mark: ReadMark): Promise<void> {
    return this.#db.transaction("rw", this.#reads, async () => {
      const held = await this.#reads.get(mark.conversationId);
      if (mark.seq > (held?.seq ?? 0)) await this.#reads.put({ ...mark });
    });
  }

  removeReads(marks: readonly ReadMark[]): Promise<void> {
    return this.#db.transaction("rw", this.#reads, async () => {
      const ids = marks.map(({ conversationId }) => conversationId);
      const held = await this.#reads.bulkGet(ids);
      await this.#reads.bulkDelete(ids.filter((_, index) => (held[index]?.seq ?? 0) <= (marks[index]?.seq ?? 0)));
    });
  }

  updateChanges(
    update: (held: readonly PendingChange[]) => readonly PendingChange[],
  ): Promise<readonly PendingChange[]> {
    return this.#db.transaction("rw", this.#changes.table, async () => this.#changes.update(update));
  }

  putDraft(draft: Draft): Promise<Draft> {
    return this.#db.transaction("rw", this.#drafts, async () => {
      const stored = nextDraft(await this.#drafts.get(draft.conversationId), draft);
      await this.#drafts.put(stored);
      return stored;
    });
  }

  async putUsers(users: readonly User[]): Promise<void> {
    await this.#users.bulkPut([...users]);
  }

  async close(): Promise<void> {
    this.#db.close();
  }

  async #pending(): Promise<PendingSnapshot> {
    const outgoing = await this.#outgoing.all();
    const reads = await this.#reads.toArray();
    const changes = await this.#changes.all();
    return { outgoing, reads, changes, drafts: await this.#drafts.toArray() };
  }

  async #position(): Promise<SyncPosition> {
    const row = await this.#meta.get("position");
    if (!row) return NOTHING;
    const { key: _, ...position } = row;
    return position;
  }

  async #setPosition(position: SyncPosition): Promise<void> {
    await this.#meta.put({ key: "position", ...position });
  }

  async #forget(epoch: string | null): Promise<void> {
    await this.#setPosition({ epoch, cursor: null, complete: false });
    await this.#cache.clear();
    await this.#beginnings.clear();
    await this.#users.clear();
    await this.#people.delete(LISTED);
  }

  #page(conversationId: ConversationId, read: () => Promise<readonly Message[]>): Promise<CachedPage> {
    return this.#db.transaction("r", [...this.#cache.tables, this.#beginnings], async () => {
      const messages = await read();
      const beginning = await this.#beginnings.get(conversationId);
      return { messages, ...(beginning && { beginning: beginning.seq }) };
    });
  }

  /** What is stored of these conversations, in their order; undefined where there is nothing. */
  #stored(records: readonly ConversationRecord[]): Promise<(ConversationRecord | undefined)[]> {
    return readMany(this.#conversations, records.map(idOf), idOf);
  }

  async #putMessages({ messages, updates, delivered }: Pick<SyncBatch, "messages" | "updates" | "delivered">) {
    await this.#cache.putHigher(messages, "all");
    await this.#cache.putHigher(updates, "held");
    await this.#outgoing.delivered(delivered);
  }
}

function idOf({ conversation }: ConversationRecord): ConversationId {
  return conversation.conversationId;
}

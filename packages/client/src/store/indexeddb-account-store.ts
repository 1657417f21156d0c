import type { ConversationId, Message, Seq, User } from "@im-webapp/protocol";
import { Dexie } from "dexie";
import type { Collection, Table } from "dexie";
import { advanced, withPositionsOf } from "../sync/conversation-record.ts";
import type { ConversationRecord } from "../sync/conversation-record.ts";
import type {
  AccountSnapshot,
  AccountStore,
  CachedPage,
  OutgoingRecord,
  ReadingBatch,
  ReadMark,
  SyncBatch,
  SyncPosition,
} from "./local-store.ts";

const NOTHING: SyncPosition = { epoch: null, cursor: null, complete: false };

interface OutgoingRow extends OutgoingRecord {
  /** Given by the database, rising: the order of sending. */
  order?: number;
}

/** One user's store in an IndexedDB database of its own. */
export class IndexedDbAccountStore implements AccountStore {
  readonly #db: Dexie;
  readonly #meta: Table<SyncPosition & { key: "position" }, string>;
  readonly #conversations: Table<ConversationRecord, string>;
  readonly #messages: Table<Message, [ConversationId, Seq]>;
  readonly #beginnings: Table<{ conversationId: ConversationId; seq: Seq }, string>;
  readonly #outgoing: Table<OutgoingRow, number>;
  readonly #reads: Table<ReadMark, string>;
  readonly #users: Table<User, string>;

  /** `db` is open and has the tables of `ACCOUNT_VERSIONS`. */
  constructor(db: Dexie) {
    this.#db = db;
    this.#meta = db.table("meta");
    this.#conversations = db.table("conversations");
    this.#messages = db.table("messages");
    this.#beginnings = db.table("beginnings");
    this.#outgoing = db.table("outgoing");
    this.#reads = db.table("reads");
    this.#users = db.table("users");
  }

  load(): Promise<AccountSnapshot> {
    const tables = [this.#meta, this.#conversations, this.#outgoing, this.#reads, this.#users];
    return this.#db.transaction("r", tables, async () => ({
      position: await this.#position(),
      conversations: await this.#conversations.toArray(),
      outgoing: (await this.#outgoing.orderBy("order").toArray()).map(toRecord),
      reads: await this.#reads.toArray(),
      users: await this.#users.toArray(),
    }));
  }

  commit(batch: SyncBatch): Promise<boolean> {
    const tables = [this.#meta, this.#conversations, this.#messages, this.#users, this.#outgoing];
    return this.#db.transaction("rw", tables, async () => {
      const { epoch, cursor, complete } = await this.#position();
      if (epoch !== batch.epoch || cursor === null) return false;
      if (batch.cursor > cursor) {
        const held = await this.#stored(batch.conversations);
        const records = batch.conversations.map((record, index) => {
          const stored = held[index];
          return stored ? withPositionsOf(record, stored) : record;
        });
        await this.#conversations.bulkPut(records);
        await this.#setPosition({ epoch, cursor: batch.cursor, complete: complete && batch.complete });
      }
      await this.#putMessages(batch);
      if (batch.users.length > 0) await this.#users.bulkPut([...batch.users]);
      return true;
    });
  }

  advance(batch: ReadingBatch): Promise<boolean> {
    const tables = [this.#meta, this.#conversations, this.#messages, this.#outgoing];
    return this.#db.transaction("rw", tables, async () => {
      const { epoch, cursor } = await this.#position();
      if (epoch !== batch.epoch || cursor === null) return false;
      const held = await this.#stored(batch.conversations);
      const records = batch.conversations.flatMap((record, index) => {
        const stored = held[index];
        return stored ? [advanced(stored, record)] : [];
      });
      await this.#conversations.bulkPut(records);
      for (const id of batch.dropped) await this.#of(id).delete();
      await this.#putMessages(batch);
      return true;
    });
  }

  putConversations(epoch: string, conversations: readonly ConversationRecord[]): Promise<boolean> {
    return this.#db.transaction("rw", [this.#meta, this.#conversations], async () => {
      if ((await this.#position()).epoch !== epoch) return false;
      await this.#conversations.bulkPut([...conversations]);
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

  expire(): Promise<void> {
    return this.#db.transaction("rw", [this.#meta, this.#messages, this.#beginnings, this.#users], async () => {
      const { epoch } = await this.#position();
      await this.#forget(epoch);
    });
  }

  reset(epoch: string): Promise<void> {
    return this.#db.transaction("rw", this.#db.tables, async () => {
      await this.#forget(epoch);
      await this.#conversations.clear();
      await this.#reads.clear();
      await this.#outgoing.toCollection().modify((row: OutgoingRow & { accepted?: unknown }) => {
        delete row.accepted;
      });
    });
  }

  messages(conversationId: ConversationId, limit: number, before?: Seq): Promise<CachedPage> {
    return this.#db.transaction("r", [this.#messages, this.#beginnings], async () => {
      const below = this.#of(conversationId, before);
      // A Dexie collection's `reverse` turns the direction in which the index is read.
      // oxlint-disable-next-line unicorn/no-array-reverse
      const messages = await below.reverse().limit(limit).toArray();
      const beginning = await this.#beginnings.get(conversationId);
      return { messages: messages.toReversed(), ...(beginning && { beginning: beginning.seq }) };
    });
  }

  putMessages(conversationId: ConversationId, messages: readonly Message[], beginning?: Seq): Promise<void> {
    return this.#db.transaction("rw", [this.#messages, this.#beginnings], async () => {
      await this.#putHigher(messages, "all");
      if (beginning !== undefined) await this.#beginnings.put({ conversationId, seq: beginning });
    });
  }

  enqueue(outgoing: OutgoingRecord): Promise<void> {
    return this.#db.transaction("rw", this.#outgoing, async () => {
      await this.#deleteOutgoing([outgoing.clientMessageId]);
      await this.#outgoing.add({ ...outgoing });
    });
  }

  updateOutgoing(outgoing: readonly OutgoingRecord[]): Promise<void> {
    return this.#db.transaction("rw", this.#outgoing, async () => {
      const rows = await this.#outgoing
        .where("clientMessageId")
        .anyOf(outgoing.map(({ clientMessageId }) => clientMessageId))
        .toArray();
      const orders = new Map(rows.map(({ clientMessageId, order }) => [clientMessageId, order]));
      const held = outgoing.filter(({ clientMessageId }) => orders.has(clientMessageId));
      await this.#outgoing.bulkPut(held.map((record) => ({ ...record, order: orders.get(record.clientMessageId) })));
    });
  }

  async removeOutgoing(clientMessageIds: readonly string[]): Promise<void> {
    await this.#deleteOutgoing(clientMessageIds);
  }

  async putRead(mark: ReadMark): Promise<void> {
    await this.#reads.put({ ...mark });
  }

  async removeReads(conversationIds: readonly ConversationId[]): Promise<void> {
    await this.#reads.bulkDelete([...conversationIds]);
  }

  async putUsers(users: readonly User[]): Promise<void> {
    await this.#users.bulkPut([...users]);
  }

  async close(): Promise<void> {
    this.#db.close();
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
    await this.#messages.clear();
    await this.#beginnings.clear();
    await this.#users.clear();
  }

  /** What is stored of these conversations, in their order; undefined where there is nothing. */
  #stored(records: readonly ConversationRecord[]): Promise<(ConversationRecord | undefined)[]> {
    return this.#conversations.bulkGet(records.map(({ conversation }) => conversation.conversationId));
  }

  /** The cached messages of a conversation, those below `before` if it is given. */
  #of(conversationId: ConversationId, before?: Seq): Collection<Message, [ConversationId, Seq]> {
    return this.#messages
      .where("[conversationId+seq]")
      .between([conversationId, Dexie.minKey], [conversationId, before ?? Dexie.maxKey], true, false);
  }

  async #putMessages({ messages, updates, delivered }: Pick<SyncBatch, "messages" | "updates" | "delivered">) {
    await this.#putHigher(messages, "all");
    await this.#putHigher(updates, "held");
    await this.#deleteOutgoing(delivered);
  }

  async #deleteOutgoing(clientMessageIds: readonly string[]): Promise<void> {
    if (clientMessageIds.length === 0) return;
    await this.#outgoing.where("clientMessageId").anyOf(clientMessageIds).delete();
  }

  async #putHigher(messages: readonly Message[], which: "all" | "held"): Promise<void> {
    if (messages.length === 0) return;
    const held = await this.#messages.bulkGet(messages.map(({ conversationId, seq }) => [conversationId, seq]));
    const higher = messages.filter((message, index) => {
      const version = held[index]?.version ?? (which === "all" ? 0 : Infinity);
      return message.version > version;
    });
    await this.#messages.bulkPut(higher);
  }
}

function toRecord(row: OutgoingRow): OutgoingRecord {
  const { order: _order, ...record } = row;
  return record;
}

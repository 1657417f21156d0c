import type { ConversationId, EpochMs, Message, Seq } from "@im-webapp/protocol";
import { Dexie } from "dexie";
import type { Collection, Table } from "dexie";
import type { CachedConversation, Eviction } from "./local-store.ts";
import { changedBy, sizeOf } from "./message-size.ts";
import type { CacheDelta } from "./message-size.ts";

type CountRow = CacheDelta & { conversationId: ConversationId };

/** The cached messages of one user's database, and their counts. All methods run within the caller's transaction. */
export class IndexedDbMessageCache {
  /** The tables that a transaction of these methods covers. */
  readonly tables: readonly Table[];
  readonly #messages: Table<Message, [ConversationId, Seq]>;
  readonly #counts: Table<CountRow, string>;
  readonly #opened: Table<{ conversationId: ConversationId; at: EpochMs }, string>;

  constructor(db: Dexie) {
    this.#messages = db.table("messages");
    this.#counts = db.table("cached");
    this.#opened = db.table("opened");
    this.tables = [this.#messages, this.#counts, this.#opened];
  }

  /** The newest `limit` messages below `before`, ascending. */
  async page(conversationId: ConversationId, limit: number, before?: Seq): Promise<readonly Message[]> {
    const below = this.#of(conversationId, before);
    // A Dexie collection's `reverse` turns the direction in which the index is read.
    // oxlint-disable-next-line unicorn/no-array-reverse
    const messages = await below.reverse().limit(limit).toArray();
    return messages.toReversed();
  }

  /** Stores those messages that are newer versions than what is held; of those not held, `all` or none. */
  async putHigher(messages: readonly Message[], which: "all" | "held"): Promise<void> {
    if (messages.length === 0) return;
    const held = await this.#messages.bulkGet(messages.map(({ conversationId, seq }) => [conversationId, seq]));
    const stored = new Map<string, Message>();
    const deltas = new Map<ConversationId, CacheDelta>();
    messages.forEach((message, index) => {
      const { conversationId, seq, version } = message;
      const key = `${seq} ${conversationId}`;
      const before = stored.get(key) ?? held[index];
      if (version <= (before?.version ?? (which === "all" ? 0 : Infinity))) return;
      stored.set(key, message);
      const delta = deltas.get(conversationId) ?? { messages: 0, bytes: 0 };
      delta.messages += before ? 0 : 1;
      delta.bytes += sizeOf(message) - (before ? sizeOf(before) : 0);
      deltas.set(conversationId, delta);
    });
    if (stored.size === 0) return;
    await this.#messages.bulkPut([...stored.values()]);
    await this.#count(deltas);
  }

  async cached(): Promise<readonly CachedConversation[]> {
    const [counts, opened] = await Promise.all([this.#counts.toArray(), this.#opened.toArray()]);
    const times = new Map(opened.map(({ conversationId, at }) => [conversationId, at]));
    return counts.map((row) => ({ ...row, openedAt: times.get(row.conversationId) ?? 0 }));
  }

  async evict({ conversationId, limit, keep }: Eviction): Promise<CachedConversation> {
    const counted = await this.#counts.get(conversationId);
    const size = Math.max(0, Math.min(limit, (counted?.messages ?? 0) - keep));
    const oldest = size === 0 ? [] : await this.#of(conversationId).limit(size).toArray();
    await this.#messages.bulkDelete(oldest.map(({ seq }) => [conversationId, seq]));
    const bytes = oldest.reduce((sum, message) => sum + sizeOf(message), 0);
    const left = changedBy(counted, { messages: -oldest.length, bytes: -bytes });
    if (left.messages > 0) await this.#counts.put({ conversationId, ...left });
    else await this.#counts.delete(conversationId);
    const openedAt = (await this.#opened.get(conversationId))?.at ?? 0;
    return { conversationId, ...(left.messages > 0 ? left : { messages: 0, bytes: 0 }), openedAt };
  }

  async markOpened(conversationId: ConversationId, at: EpochMs): Promise<void> {
    const known = (await this.#opened.get(conversationId))?.at ?? 0;
    if (at > known) await this.#opened.put({ conversationId, at });
  }

  async drop(conversationIds: readonly ConversationId[]): Promise<void> {
    for (const id of conversationIds) await this.#of(id).delete();
    await this.#counts.bulkDelete([...conversationIds]);
  }

  /** All messages go; when conversations were opened stays known. */
  async clear(): Promise<void> {
    await this.#messages.clear();
    await this.#counts.clear();
  }

  async forgetOpened(): Promise<void> {
    await this.#opened.clear();
  }

  /** The cached messages of a conversation, those below `before` if it is given. */
  #of(conversationId: ConversationId, before?: Seq): Collection<Message, [ConversationId, Seq]> {
    return this.#messages
      .where("[conversationId+seq]")
      .between([conversationId, Dexie.minKey], [conversationId, before ?? Dexie.maxKey], true, false);
  }

  async #count(deltas: ReadonlyMap<ConversationId, CacheDelta>): Promise<void> {
    const counts = await this.#counts.bulkGet([...deltas.keys()]);
    const rows = [...deltas].map(([conversationId, delta], index) => ({
      conversationId,
      ...changedBy(counts[index], delta),
    }));
    await this.#counts.bulkPut(rows);
  }
}

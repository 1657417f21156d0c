import type { ConversationId, EpochMs, Message, Seq } from "@im-webapp/protocol";
import { Dexie } from "dexie";
import type { Collection, Table } from "dexie";
import { inSteps } from "./bulk.ts";
import { IndexedDbCacheCounts } from "./indexeddb-cache-counts.ts";
import type { CachedConversation, Eviction } from "./local-store.ts";
import { changedBy, sizeOf } from "./message-size.ts";
import type { CacheDelta } from "./message-size.ts";

/** The cached messages of one user's database, and their counts. All methods run within the caller's transaction. */
export class IndexedDbMessageCache {
  /** The tables that a transaction of these methods covers. */
  readonly tables: readonly Table[];
  readonly #messages: Table<Message, [ConversationId, Seq]>;
  readonly #counts: IndexedDbCacheCounts;
  readonly #opened: Table<{ conversationId: ConversationId; at: EpochMs }, string>;

  constructor(db: Dexie) {
    this.#messages = db.table("messages");
    this.#counts = new IndexedDbCacheCounts(db);
    this.#opened = db.table("opened");
    this.tables = [this.#messages, this.#opened, ...this.#counts.tables];
  }

  /** The newest `limit` messages below `before`, ascending. */
  async page(conversationId: ConversationId, limit: number, before?: Seq): Promise<readonly Message[]> {
    const below = this.#of(conversationId, before);
    // A Dexie collection's `reverse` turns the direction in which the index is read.
    // oxlint-disable-next-line unicorn/no-array-reverse
    const messages = await below.reverse().limit(limit).toArray();
    return messages.toReversed();
  }

  /** The oldest `limit` messages above `after`, ascending. */
  async pageAfter(conversationId: ConversationId, limit: number, after: Seq): Promise<readonly Message[]> {
    return this.#messages
      .where("[conversationId+seq]")
      .between([conversationId, after], [conversationId, Dexie.maxKey], false, false)
      .limit(limit)
      .toArray();
  }

  /** Stores those messages that are newer versions than what is held; of those not held, `all` or none. */
  async putHigher(messages: readonly Message[], which: "all" | "held"): Promise<void> {
    const highest = new Map<string, Message>();
    for (const message of messages) {
      const key = `${message.seq} ${message.conversationId}`;
      if (message.version > (highest.get(key)?.version ?? 0)) highest.set(key, message);
    }
    const deltas = new Map<ConversationId, CacheDelta>();
    await inSteps([...highest.values()], async (step) => {
      const held = which === "all" ? await this.#add(step, deltas) : step;
      if (held.length > 0) await this.#replace(held, deltas);
    });
    await this.#counts.change(deltas);
  }

  async cached(): Promise<readonly CachedConversation[]> {
    const counts = await this.#counts.all();
    const opened = await this.#opened.toArray();
    const times = new Map(opened.map(({ conversationId, at }) => [conversationId, at]));
    return counts.map((row) => ({ ...row, openedAt: times.get(row.conversationId) ?? 0 }));
  }

  async evict({ conversationId, limit, keep }: Eviction): Promise<CachedConversation> {
    const counted = await this.#counts.get(conversationId);
    const size = Math.max(0, Math.min(limit, counted.messages - keep));
    const oldest = size === 0 ? [] : await this.#of(conversationId).limit(size).toArray();
    await this.#messages.bulkDelete(oldest.map(({ seq }) => [conversationId, seq]));
    const bytes = oldest.reduce((sum, message) => sum + sizeOf(message), 0);
    const delta = { messages: -oldest.length, bytes: -bytes };
    const left = changedBy(counted, delta);
    if (left.messages > 0) await this.#counts.change(new Map([[conversationId, delta]]));
    else await this.#counts.forget([conversationId]);
    const openedAt = (await this.#opened.get(conversationId))?.at ?? 0;
    return { conversationId, ...(left.messages > 0 ? left : { messages: 0, bytes: 0 }), openedAt };
  }

  async markOpened(conversationId: ConversationId, at: EpochMs): Promise<void> {
    const known = (await this.#opened.get(conversationId))?.at ?? 0;
    if (at > known) await this.#opened.put({ conversationId, at });
  }

  async drop(conversationIds: readonly ConversationId[]): Promise<void> {
    for (const id of conversationIds) await this.#of(id).delete();
    await this.#counts.forget(conversationIds);
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

  /**
   * Adds messages that are most often new, without asking first, and gives those that the cache has already. Asking
   * would double the requests, which are what storing takes its time for.
   */
  async #add(messages: readonly Message[], deltas: Map<ConversationId, CacheDelta>): Promise<readonly Message[]> {
    let held: ReadonlySet<number> = new Set();
    try {
      await this.#messages.bulkAdd(messages);
    } catch (error) {
      if (!(error instanceof Dexie.BulkError)) throw error;
      const failures = Object.entries(error.failuresByPos);
      if (failures.some(([, { name }]) => name !== "ConstraintError")) throw error;
      held = new Set(failures.map(([position]) => Number(position)));
    }
    messages.forEach((message, index) => {
      if (!held.has(index)) grow(deltas, message.conversationId, { messages: 1, bytes: sizeOf(message) });
    });
    return messages.filter((_, index) => held.has(index));
  }

  /** Puts messages in the place of lower versions of themselves. */
  async #replace(messages: readonly Message[], deltas: Map<ConversationId, CacheDelta>): Promise<void> {
    const held = await this.#messages.bulkGet(messages.map(({ conversationId, seq }) => [conversationId, seq]));
    const higher = messages.filter((message, index) => {
      const before = held[index];
      if (!before || message.version <= before.version) return false;
      grow(deltas, message.conversationId, { messages: 0, bytes: sizeOf(message) - sizeOf(before) });
      return true;
    });
    if (higher.length > 0) await this.#messages.bulkPut(higher);
  }
}

function grow(deltas: Map<ConversationId, CacheDelta>, id: ConversationId, { messages, bytes }: CacheDelta): void {
  const delta = deltas.get(id);
  deltas.set(id, { messages: (delta?.messages ?? 0) + messages, bytes: (delta?.bytes ?? 0) + bytes });
}

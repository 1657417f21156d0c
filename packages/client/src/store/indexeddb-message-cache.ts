import type { ConversationId, EpochMs, Message, Seq } from "@im-webapp/protocol";
import { Dexie } from "dexie";
import type { Collection, Table } from "dexie";
import { inSteps } from "./bulk.ts";
import { IndexedDbCacheCounts } from "./indexeddb-cache-counts.ts";
import type { CachedConversation, Eviction } from "./local-store.ts";
import { blockOf, blocksFor, mergeBlock, toBlocks } from "./message-block.ts";
import type { MessageBlock } from "./message-block.ts";
import { changedBy, sizeOf } from "./message-size.ts";
import type { CacheDelta } from "./message-size.ts";

/** Blocks read and written in one go: as many messages as take some 10 ms. */
const BLOCKS_AT_ONCE = 50;

/** The cached messages of one user's database, and their counts. All methods run within the caller's transaction. */
export class IndexedDbMessageCache {
  /** The tables that a transaction of these methods covers. */
  readonly tables: readonly Table[];
  readonly #blocks: Table<MessageBlock, [ConversationId, number]>;
  readonly #counts: IndexedDbCacheCounts;
  readonly #opened: Table<{ conversationId: ConversationId; at: EpochMs }, string>;

  constructor(db: Dexie) {
    this.#blocks = db.table("messageBlocks");
    this.#counts = new IndexedDbCacheCounts(db);
    this.#opened = db.table("opened");
    this.tables = [this.#blocks, this.#opened, ...this.#counts.tables];
  }

  /** The newest `limit` messages below `before`, ascending. */
  async page(conversationId: ConversationId, limit: number, before?: Seq): Promise<readonly Message[]> {
    const isBelow = ({ seq }: Message): boolean => before === undefined || seq < before;
    let found: Message[] = [];
    for (let upTo: number | undefined = before === undefined ? undefined : blockOf(before); ;) {
      const upwards = this.#of(conversationId, { upTo });
      // A Dexie collection's `reverse` turns the direction in which the index is read.
      // oxlint-disable-next-line unicorn/no-array-reverse
      const blocks: MessageBlock[] = await upwards.reverse().limit(blocksFor(limit)).toArray();
      found = [...blocks.toReversed().flatMap(({ messages }) => messages.filter(isBelow)), ...found];
      const last = blocks.at(-1);
      if (last === undefined || blocks.length < blocksFor(limit) || found.length >= limit) return found.slice(-limit);
      upTo = last.block - 1;
    }
  }

  /** The oldest `limit` messages above `after`, ascending. */
  async pageAfter(conversationId: ConversationId, limit: number, after: Seq): Promise<readonly Message[]> {
    return (await this.#first(conversationId, limit, after)).slice(0, limit);
  }

  /** Stores those messages that are newer versions than what is held; of those not held, `all` or none. */
  async putHigher(messages: readonly Message[], which: "all" | "held"): Promise<void> {
    const deltas = new Map<ConversationId, CacheDelta>();
    await inSteps(toBlocks(messages), BLOCKS_AT_ONCE, async (given) => {
      const held = await this.#blocks.bulkGet(given.map(keyOf));
      const merged = given.map((block, index) => mergeBlock(held[index], block, which));
      merged.forEach(({ added, replaced }, index) => {
        const id = given[index]?.conversationId ?? "";
        for (const message of added) grow(deltas, id, { messages: 1, bytes: sizeOf(message) });
        for (const [before, after] of replaced)
          grow(deltas, id, { messages: 0, bytes: sizeOf(after) - sizeOf(before) });
      });
      await this.#blocks.bulkPut(merged.flatMap(({ block }) => block ?? []));
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
    const oldest = size === 0 ? [] : await this.#first(conversationId, size);
    const gone = oldest.slice(0, size);
    const end = gone.at(-1);
    if (end) {
      const block = blockOf(end.seq);
      const left = oldest.filter(({ seq }) => seq > end.seq && blockOf(seq) === block);
      await this.#of(conversationId, { upTo: block }).delete();
      if (left.length > 0) await this.#blocks.put({ conversationId, block, messages: left });
    }
    const bytes = gone.reduce((sum, message) => sum + sizeOf(message), 0);
    const delta = { messages: -gone.length, bytes: -bytes };
    const rest = changedBy(counted, delta);
    if (rest.messages > 0) await this.#counts.change(new Map([[conversationId, delta]]));
    else await this.#counts.forget([conversationId]);
    const openedAt = (await this.#opened.get(conversationId))?.at ?? 0;
    return { conversationId, ...(rest.messages > 0 ? rest : { messages: 0, bytes: 0 }), openedAt };
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
    await this.#blocks.clear();
    await this.#counts.clear();
  }

  async forgetOpened(): Promise<void> {
    await this.#opened.clear();
  }

  /** Whole blocks from the oldest on, of messages above `after`, until there are at least `limit` messages or no more. */
  async #first(conversationId: ConversationId, limit: number, after: Seq = -1): Promise<readonly Message[]> {
    const found: Message[] = [];
    for (let from = Math.max(0, blockOf(after + 1)); ;) {
      const blocks = await this.#of(conversationId, { from }).limit(blocksFor(limit)).toArray();
      found.push(...blocks.flatMap(({ messages }) => messages.filter(({ seq }) => seq > after)));
      const last = blocks.at(-1);
      if (last === undefined || blocks.length < blocksFor(limit) || found.length >= limit) return found;
      from = last.block + 1;
    }
  }

  /** The rows of a conversation, ascending, both ends included. */
  #of(
    conversationId: ConversationId,
    { from, upTo }: { from?: number | undefined; upTo?: number | undefined } = {},
  ): Collection<MessageBlock, [ConversationId, number]> {
    return this.#blocks
      .where("[conversationId+block]")
      .between([conversationId, from ?? Dexie.minKey], [conversationId, upTo ?? Dexie.maxKey], true, true);
  }
}

function keyOf({ conversationId, block }: MessageBlock): [ConversationId, number] {
  return [conversationId, block];
}

function grow(deltas: Map<ConversationId, CacheDelta>, id: ConversationId, { messages, bytes }: CacheDelta): void {
  const delta = deltas.get(id);
  deltas.set(id, { messages: (delta?.messages ?? 0) + messages, bytes: (delta?.bytes ?? 0) + bytes });
}

import type { ConversationId } from "@im-webapp/protocol";
import type { Dexie, Table } from "dexie";
import { ROWS_AT_ONCE, inSteps, readMany } from "./bulk.ts";
import { changedBy } from "./message-size.ts";
import type { CacheDelta } from "./message-size.ts";

export type CountRow = CacheDelta & { conversationId: ConversationId };

/** Most changes that wait to be added up: reading them must stay a matter of a millisecond. */
const MAX_CHANGES = 100;

/**
 * How much is cached of each conversation. A row costs IndexedDB the same whether it is small or large, and receiving
 * would write one for each conversation that it touches; so a transaction's changes are one row, and are added up when
 * there are many of them or somebody has to know. All methods run within the caller's transaction.
 */
export class IndexedDbCacheCounts {
  /** The tables that a transaction of these methods covers. */
  readonly tables: readonly Table[];
  /** The counts before `#changes`. */
  readonly #counts: Table<CountRow, string>;
  readonly #changes: Table<{ deltas: readonly CountRow[] }, number>;

  constructor(db: Dexie) {
    this.#counts = db.table("cached");
    this.#changes = db.table("cachedChanges");
    this.tables = [this.#counts, this.#changes];
  }

  async change(deltas: ReadonlyMap<ConversationId, CacheDelta>): Promise<void> {
    if (deltas.size === 0) return;
    await this.#changes.add({ deltas: [...deltas].map(([conversationId, delta]) => ({ conversationId, ...delta })) });
    if ((await this.#changes.count()) > MAX_CHANGES) await this.#settle();
  }

  /** Those of which anything is cached. Only reads. */
  async all(): Promise<readonly CountRow[]> {
    const rows = await this.#counts.toArray();
    const sums = await this.#sums();
    const counts = new Map(rows.map((row) => [row.conversationId, row]));
    for (const [id, delta] of sums) counts.set(id, { conversationId: id, ...changedBy(counts.get(id), delta) });
    return [...counts.values()].filter(({ messages }) => messages > 0);
  }

  async get(conversationId: ConversationId): Promise<CacheDelta> {
    await this.#settle();
    return changedBy(await this.#counts.get(conversationId), { messages: 0, bytes: 0 });
  }

  /** Nothing is cached of these any more. */
  async forget(conversationIds: readonly ConversationId[]): Promise<void> {
    await this.#settle();
    await this.#counts.bulkDelete([...conversationIds]);
  }

  async clear(): Promise<void> {
    await this.#counts.clear();
    await this.#changes.clear();
  }

  /** Adds the changes up. */
  async #settle(): Promise<void> {
    const sums = [...(await this.#sums())];
    if (sums.length === 0) return;
    const counts = await readMany(
      this.#counts,
      sums.map(([id]) => id),
      ({ conversationId }) => conversationId,
    );
    const rows = sums.map(([conversationId, delta], index) => ({ conversationId, ...changedBy(counts[index], delta) }));
    await inSteps(rows, ROWS_AT_ONCE, (step) => this.#counts.bulkPut(step));
    await this.#changes.clear();
  }

  async #sums(): Promise<Map<ConversationId, CacheDelta>> {
    const sums = new Map<ConversationId, CacheDelta>();
    for (const { deltas } of await this.#changes.toArray()) {
      for (const { conversationId, messages, bytes } of deltas) {
        const sum = sums.get(conversationId) ?? { messages: 0, bytes: 0 };
        sums.set(conversationId, { messages: sum.messages + messages, bytes: sum.bytes + bytes });
      }
    }
    return sums;
  }
}

import type { Dexie, Table } from "dexie";
import type { PendingChange } from "./local-store.ts";

type Row = PendingChange & {
  /** Given by the database, rising: the order of sending. */
  order?: number;
};

/** The pending changes of messages in an account's database. All methods run within a transaction of the caller. */
export class IndexedDbChanges {
  readonly table: Table<Row, number>;

  constructor(db: Dexie) {
    this.table = db.table("changes");
  }

  async all(): Promise<PendingChange[]> {
    return (await this.table.orderBy("order").toArray()).map(toChange);
  }

  /** As `AccountStore.updateChanges`; only what differs is written. */
  async update(
    update: (held: readonly PendingChange[]) => readonly PendingChange[],
  ): Promise<readonly PendingChange[]> {
    const orders = new Map<string, number>();
    const held: PendingChange[] = [];
    await this.table.orderBy("order").each((row) => {
      if (row.order !== undefined) orders.set(row.id, row.order);
      held.push(toChange(row));
    });
    const next = update(held);
    const kept = new Set(next.map(({ id }) => id));
    await this.table.bulkDelete([...orders].filter(([id]) => !kept.has(id)).map(([, order]) => order));
    const changed = next.filter((change) => !held.includes(change));
    const rows = changed.map((change) => {
      const order = orders.get(change.id);
      return order === undefined ? { ...change } : { ...change, order };
    });
    await this.table.bulkPut(rows);
    return next;
  }
}

function toChange(row: Row): PendingChange {
  const { order: _order, ...change } = row;
  return change;
}

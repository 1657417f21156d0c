import type { Dexie, Table } from "dexie";
import type { OutgoingRecord } from "./local-store.ts";
import { owesNothing } from "./local-rules.ts";

interface Row extends OutgoingRecord {
  /** Given by the database, rising: the order of sending. */
  order?: number;
}

/** The files of a message: apart from it, so that they are not written again each time it changes. */
interface FilesRow {
  readonly clientMessageId: string;
  readonly files: readonly Blob[];
}

/** The messages that wait in an account's database, and their files. All methods run within a transaction of the caller. */
export class IndexedDbOutgoing {
  readonly #messages: Table<Row, number>;
  readonly #files: Table<FilesRow, string>;

  constructor(db: Dexie) {
    this.#messages = db.table("outgoing");
    this.#files = db.table("files");
  }

  /** What a transaction needs that changes messages. */
  get tables(): Table[] {
    return [this.#messages, this.#files];
  }

  async all(): Promise<OutgoingRecord[]> {
    return (await this.#messages.orderBy("order").toArray()).map(toRecord);
  }

  /** Puts a message to the end; its files stay where none are given. */
  async enqueue(outgoing: OutgoingRecord, files?: readonly Blob[]): Promise<void> {
    const { clientMessageId } = outgoing;
    await this.#messages.where("clientMessageId").equals(clientMessageId).delete();
    await this.#messages.add({ ...outgoing });
    if (files) await this.#files.put({ clientMessageId, files });
  }

  async file(clientMessageId: string, index: number): Promise<Blob | undefined> {
    return (await this.#files.get(clientMessageId))?.files[index];
  }

  /** As `AccountStore.updateOutgoing`. */
  async update(
    clientMessageIds: readonly string[],
    update: (held: OutgoingRecord) => OutgoingRecord | null,
  ): Promise<readonly OutgoingRecord[]> {
    const rows = await this.#messages.where("clientMessageId").anyOf(clientMessageIds).sortBy("order");
    const next = rows.map((row) => ({ row, record: update(toRecord(row)) }));
    await this.remove(next.flatMap(({ row, record }) => (record === null ? [row.clientMessageId] : [])));
    const left = next.flatMap(({ row: { order }, record }) => (record === null ? [] : [{ order, record }]));
    await this.#messages.bulkPut(
      left.map(({ order, record }) => ({ ...record, ...(order !== undefined && { order }) })),
    );
    return left.map(({ record }) => record);
  }

  async remove(clientMessageIds: readonly string[]): Promise<void> {
    if (clientMessageIds.length === 0) return;
    await this.#messages.where("clientMessageId").anyOf(clientMessageIds).delete();
    await this.#files.bulkDelete([...clientMessageIds]);
  }

  /** Removes what has come as messages, but for those that owe something. */
  async delivered(clientMessageIds: readonly string[]): Promise<void> {
    if (clientMessageIds.length === 0) return;
    const rows = await this.#messages.where("clientMessageId").anyOf(clientMessageIds).toArray();
    await this.remove(rows.filter(owesNothing).map(({ clientMessageId }) => clientMessageId));
  }

  /** The server's database is another one. */
  async forgetAccepted(): Promise<void> {
    await this.#messages.toCollection().modify((row: Row & { accepted?: unknown }) => {
      delete row.accepted;
    });
  }
}

function toRecord(row: Row): OutgoingRecord {
  const { order: _order, ...record } = row;
  return record;
}

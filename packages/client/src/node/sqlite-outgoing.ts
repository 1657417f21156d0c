import type { UserId } from "@im-webapp/protocol";
import { owesNothing } from "../store/local-rules.ts";
import type { OutgoingRecord } from "../store/local-store.ts";
import type { SqliteDatabase } from "./sqlite-database.ts";
import { SqliteFiles } from "./sqlite-files.ts";
import type { StorableFile } from "./sqlite-files.ts";

type Value = { value: string };

/** One user's messages that wait, in the file. All methods run within a transaction of the caller. */
export class SqliteOutgoing {
  readonly files: SqliteFiles;
  readonly #db: SqliteDatabase;
  readonly #account: UserId;

  constructor(db: SqliteDatabase, account: UserId) {
    this.#db = db;
    this.#account = account;
    this.files = new SqliteFiles(db, account);
  }

  all(): OutgoingRecord[] {
    const sql = "SELECT value FROM outgoing WHERE account = ? ORDER BY place";
    return this.#db.all<Value>(sql, this.#account).map(({ value }) => JSON.parse(value) as OutgoingRecord);
  }

  /** Puts a message to the end; its files stay where none are given. */
  enqueue(outgoing: OutgoingRecord, files?: readonly StorableFile[]): void {
    const { clientMessageId } = outgoing;
    this.#delete(clientMessageId);
    const sql = "INSERT INTO outgoing (account, id, value) VALUES (?, ?, ?)";
    this.#db.run(sql, this.#account, clientMessageId, JSON.stringify(outgoing));
    if (files) this.files.put(clientMessageId, files);
  }

  /** As `AccountStore.updateOutgoing`. */
  update(
    clientMessageIds: readonly string[],
    update: (held: OutgoingRecord) => OutgoingRecord | null,
  ): readonly OutgoingRecord[] {
    return clientMessageIds.flatMap((id) => {
      const held = this.#find(id);
      const next = held && update(held);
      if (!next) {
        this.remove([id]);
        return [];
      }
      const sql = "UPDATE outgoing SET value = ? WHERE account = ? AND id = ?";
      this.#db.run(sql, JSON.stringify(next), this.#account, id);
      return [next];
    });
  }

  remove(clientMessageIds: readonly string[]): void {
    for (const id of clientMessageIds) {
      this.#delete(id);
      this.files.remove(id);
    }
  }

  /** Removes what has come as messages, but for those that owe something. */
  delivered(clientMessageIds: readonly string[]): void {
    this.remove(clientMessageIds.filter((id) => owesNothing(this.#find(id))));
  }

  /** The server's database is another one. */
  forgetAccepted(): void {
    this.#db.run("UPDATE outgoing SET value = json_remove(value, '$.accepted') WHERE account = ?", this.#account);
  }

  #find(id: string): OutgoingRecord | undefined {
    const row = this.#db.get<Value>("SELECT value FROM outgoing WHERE account = ? AND id = ?", this.#account, id);
    return row && (JSON.parse(row.value) as OutgoingRecord);
  }

  #delete(id: string): void {
    this.#db.run("DELETE FROM outgoing WHERE account = ? AND id = ?", this.#account, id);
  }
}

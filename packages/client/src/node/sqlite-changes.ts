import type { UserId } from "@im-webapp/protocol";
import type { PendingChange } from "../store/local-store.ts";
import type { SqliteDatabase } from "./sqlite-database.ts";

/** One user's pending changes of messages in the file. All methods run within a transaction of the caller. */
export class SqliteChanges {
  readonly #db: SqliteDatabase;
  readonly #account: UserId;

  constructor(db: SqliteDatabase, account: UserId) {
    this.#db = db;
    this.#account = account;
  }

  all(): PendingChange[] {
    const sql = "SELECT value FROM changes WHERE account = ? ORDER BY place";
    return this.#db.all<{ value: string }>(sql, this.#account).map(({ value }) => JSON.parse(value) as PendingChange);
  }

  /** As `AccountStore.updateChanges`; only what differs is written. */
  update(update: (held: readonly PendingChange[]) => readonly PendingChange[]): readonly PendingChange[] {
    const held = this.all();
    const next = update(held);
    const [before, after] = [new Set(held.map(idOf)), new Set(next.map(idOf))];
    for (const id of before) {
      if (!after.has(id)) this.#db.run("DELETE FROM changes WHERE account = ? AND id = ?", this.#account, id);
    }
    for (const change of next) {
      if (held.includes(change)) continue;
      const sql = before.has(change.id)
        ? "UPDATE changes SET value = ? WHERE account = ? AND id = ?"
        : "INSERT INTO changes (value, account, id) VALUES (?, ?, ?)";
      this.#db.run(sql, JSON.stringify(change), this.#account, change.id);
    }
    return next;
  }
}

function idOf({ id }: PendingChange): string {
  return id;
}

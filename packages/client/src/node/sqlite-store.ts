import type { DeviceId, UserId } from "@im-webapp/protocol";
import { randomUuid } from "../platform/uuid.ts";
import type { AccountStore, LocalStore, StoredSession } from "../store/local-store.ts";
import type { FileOwner } from "./file-owner.ts";
import { SqliteAccountStore } from "./sqlite-account-store.ts";
import type { SqliteDatabase } from "./sqlite-database.ts";
import { ACCOUNT_TABLES } from "./sqlite-schema.ts";

/** Keeps everything in one SQLite file, which belongs to one process at a time. Made by `openNodeStore`. */
export class SqliteStore implements LocalStore {
  readonly kind = "persistent";
  readonly #db: SqliteDatabase;
  readonly #owner: FileOwner;
  readonly #accounts = new Map<UserId, Set<SqliteAccountStore>>();

  /** @internal `openNodeStore` makes it. */
  constructor(db: SqliteDatabase, owner: FileOwner) {
    this.#db = db;
    this.#owner = owner;
  }

  async deviceId(): Promise<DeviceId> {
    const held = this.#value("deviceId");
    if (held !== undefined) return JSON.parse(held) as DeviceId;
    const made: DeviceId = randomUuid();
    this.#setValue("deviceId", made);
    return made;
  }

  async loadSession(): Promise<StoredSession | null> {
    const held = this.#value("session");
    return held === undefined ? null : (JSON.parse(held) as StoredSession);
  }

  async saveSession(session: StoredSession | null): Promise<void> {
    if (session) this.#setValue("session", session);
    else this.#db.run("DELETE FROM device WHERE key = 'session'");
  }

  async openAccount(userId: UserId): Promise<AccountStore> {
    const account = new SqliteAccountStore(this.#db, userId);
    this.#accounts.set(userId, (this.#accounts.get(userId) ?? new Set()).add(account));
    return account;
  }

  async removeAccount(userId: UserId): Promise<void> {
    for (const account of this.#accounts.get(userId) ?? []) await account.close();
    this.#accounts.delete(userId);
    this.#db.transaction(() => {
      for (const table of ACCOUNT_TABLES) this.#db.run(`DELETE FROM ${table} WHERE account = ?`, userId);
    });
  }

  /** Gives the file back; accounts that are still open stop working. */
  async close(): Promise<void> {
    if (!this.#db.isOpen) return;
    this.#db.close();
    this.#owner.release();
  }

  #value(key: string): string | undefined {
    return this.#db.get<{ value: string }>("SELECT value FROM device WHERE key = ?", key)?.value;
  }

  #setValue(key: string, value: unknown): void {
    this.#db.run("INSERT OR REPLACE INTO device VALUES (?, ?)", key, JSON.stringify(value));
  }
}

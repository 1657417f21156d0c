import type { ConversationId, EpochMs, Message, Seq, UserId } from "@im-webapp/protocol";
import type { CachedConversation, Eviction } from "../store/local-store.ts";
import { sizeOf } from "../store/message-size.ts";
import type { SqliteDatabase } from "./sqlite-database.ts";

/** The cached messages of one account, and their counts. All methods run within the caller's transaction. */
export class SqliteMessageCache {
  readonly #db: SqliteDatabase;
  readonly #account: UserId;

  constructor(db: SqliteDatabase, account: UserId) {
    this.#db = db;
    this.#account = account;
  }

  /** The newest `limit` messages below `before`, ascending. */
  page(id: ConversationId, limit: number, before: Seq = Number.MAX_SAFE_INTEGER): Message[] {
    const sql =
      "SELECT value FROM messages WHERE account = ? AND conversation = ? AND seq < ? ORDER BY seq DESC LIMIT ?";
    const rows = this.#db.all<{ value: string }>(sql, this.#account, id, before, limit);
    return rows.map(({ value }) => JSON.parse(value) as Message).toReversed();
  }

  /** The oldest `limit` messages above `after`, ascending. */
  pageAfter(id: ConversationId, limit: number, after: Seq): Message[] {
    const sql = "SELECT value FROM messages WHERE account = ? AND conversation = ? AND seq > ? ORDER BY seq LIMIT ?";
    const rows = this.#db.all<{ value: string }>(sql, this.#account, id, after, limit);
    return rows.map(({ value }) => JSON.parse(value) as Message);
  }

  /** Stores those messages that are newer versions than what is held; of those not held, `all` or none. */
  putHigher(messages: readonly Message[], which: "all" | "held"): void {
    for (const message of messages) {
      const { conversationId, seq, version } = message;
      const held = this.#db.get<{ version: number; bytes: number }>(
        "SELECT version, bytes FROM messages WHERE account = ? AND conversation = ? AND seq = ?",
        this.#account,
        conversationId,
        seq,
      );
      if (version <= (held?.version ?? (which === "all" ? 0 : Infinity))) continue;
      const bytes = sizeOf(message);
      this.#db.run(
        "INSERT OR REPLACE INTO messages VALUES (?, ?, ?, ?, ?, ?)",
        this.#account,
        conversationId,
        seq,
        version,
        bytes,
        JSON.stringify(message),
      );
      this.#count(conversationId, held ? 0 : 1, bytes - (held?.bytes ?? 0));
    }
  }

  cached(): CachedConversation[] {
    return this.#db.all<{ conversationId: string; messages: number; bytes: number; openedAt: number }>(
      `SELECT cached.conversation AS conversationId, messages, bytes, COALESCE(at, 0) AS openedAt
       FROM cached LEFT JOIN opened ON opened.account = cached.account AND opened.conversation = cached.conversation
       WHERE cached.account = ?`,
      this.#account,
    );
  }

  evict({ conversationId, limit, keep }: Eviction): CachedConversation {
    const size = Math.max(0, Math.min(limit, this.#counts(conversationId).messages - keep));
    const gone = this.#db.all<{ bytes: number }>(
      `DELETE FROM messages WHERE account = ?1 AND conversation = ?2 AND seq IN (
         SELECT seq FROM messages WHERE account = ?1 AND conversation = ?2 ORDER BY seq LIMIT ?3
       ) RETURNING bytes`,
      this.#account,
      conversationId,
      size,
    );
    this.#count(conversationId, -gone.length, -gone.reduce((sum, { bytes }) => sum + bytes, 0));
    this.#db.run("DELETE FROM cached WHERE account = ? AND messages <= 0", this.#account);
    const sql = "SELECT at FROM opened WHERE account = ? AND conversation = ?";
    const openedAt = this.#db.get<{ at: number }>(sql, this.#account, conversationId)?.at ?? 0;
    return { conversationId, ...this.#counts(conversationId), openedAt };
  }

  markOpened(id: ConversationId, at: EpochMs): void {
    this.#db.run(
      "INSERT INTO opened VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET at = MAX(at, excluded.at)",
      this.#account,
      id,
      at,
    );
  }

  drop(id: ConversationId): void {
    for (const table of ["messages", "cached"]) {
      this.#db.run(`DELETE FROM ${table} WHERE account = ? AND conversation = ?`, this.#account, id);
    }
  }

  #counts(id: ConversationId): { messages: number; bytes: number } {
    const sql = "SELECT messages, bytes FROM cached WHERE account = ? AND conversation = ?";
    return this.#db.get<{ messages: number; bytes: number }>(sql, this.#account, id) ?? { messages: 0, bytes: 0 };
  }

  #count(id: ConversationId, messages: number, bytes: number): void {
    this.#db.run(
      `INSERT INTO cached VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET messages = messages + excluded.messages, bytes = bytes + excluded.bytes`,
      this.#account,
      id,
      messages,
      bytes,
    );
  }
}

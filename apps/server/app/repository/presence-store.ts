import type { EpochMs, UserId } from "@im-webapp/protocol";
import type { PresenceRecord, PresenceStore } from "../core/presence/ports.ts";
import { SqlContactReader } from "./contact-reader.ts";
import type { Sql } from "./sql.ts";

/** Users of one statement. */
const CHUNK = 1_000;

/** Who may know of whom, and when users were last here, on SQL. */
export class SqlPresenceStore implements PresenceStore {
  readonly #sql: Sql;
  readonly #contacts: SqlContactReader;

  constructor(sql: Sql) {
    this.#sql = sql;
    this.#contacts = new SqlContactReader(sql);
  }

  async sharing(userId: UserId, others: readonly UserId[]): Promise<ReadonlySet<UserId>> {
    if (others.length === 0) return new Set();
    const rows = await this.#sql.select<{ user_id: UserId }>(
      `SELECT o.user_id FROM member p
       JOIN member o ON o.conversation_id = p.conversation_id
       WHERE p.user_id = :userId AND p.left_seq IS NULL AND o.left_seq IS NULL AND o.user_id IN (:others)
       UNION SELECT contact_id FROM contact WHERE user_id = :userId AND contact_id IN (:others)`,
      { userId, others },
    );
    const found = new Set(rows.map((row) => row.user_id));
    for (const blocker of await this.#contacts.blockersOf(userId, others)) found.delete(blocker);
    if (others.includes(userId)) found.add(userId);
    return found;
  }

  async records(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, PresenceRecord>> {
    if (userIds.length === 0) return new Map();
    const rows = await this.#sql.select<{ user_id: UserId; hide_presence: number; last_seen_at: string | null }>(
      "SELECT user_id, hide_presence, last_seen_at FROM `user` WHERE user_id IN (:userIds)",
      { userIds },
    );
    return new Map(
      rows.map((row) => [
        row.user_id,
        {
          hidden: row.hide_presence !== 0,
          ...(row.last_seen_at !== null && { lastSeenAt: this.#sql.clock.fromColumn(row.last_seen_at) }),
        },
      ]),
    );
  }

  async seen(userIds: readonly UserId[], at: EpochMs): Promise<void> {
    const column = this.#sql.clock.toColumn(at);
    for (let start = 0; start < userIds.length; start += CHUNK) {
      await this.#sql.run(
        `UPDATE \`user\` SET last_seen_at = :at
         WHERE user_id IN (:userIds) AND (last_seen_at IS NULL OR last_seen_at < :at)`,
        // In one order, so that two nodes' statements cannot wait for each other.
        { at: column, userIds: userIds.slice(start, start + CHUNK).toSorted() },
      );
    }
  }
}

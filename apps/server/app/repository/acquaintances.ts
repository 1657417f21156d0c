import type { UserId } from "@im-webapp/protocol";
import type { Acquaintances } from "../core/profile/profile-changes.ts";
import type { Sql } from "./sql.ts";

/** Who keeps a user's profile at hand, on SQL. */
export class SqlAcquaintances implements Acquaintances {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async of(userId: UserId, limit: number): Promise<UserId[]> {
    const rows = await this.#sql.select<{ peer_id: UserId }>(
      `SELECT peer_id FROM member WHERE user_id = :userId AND peer_id IS NOT NULL
       ORDER BY joined_at DESC, peer_id LIMIT :limit`,
      { userId, limit },
    );
    return rows.map((row) => row.peer_id);
  }
}

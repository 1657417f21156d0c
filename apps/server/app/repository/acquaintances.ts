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
    const rows = await this.#sql.select<{ other_id: UserId }>(
      `SELECT other_id FROM (
         SELECT peer_id AS other_id, joined_at AS since FROM member WHERE user_id = :userId AND peer_id IS NOT NULL
         UNION ALL
         SELECT contact_id, since FROM contact WHERE user_id = :userId
       ) acquaintance
       GROUP BY other_id ORDER BY MAX(since) DESC, other_id LIMIT :limit`,
      { userId, limit },
    );
    return rows.map((row) => row.other_id);
  }
}

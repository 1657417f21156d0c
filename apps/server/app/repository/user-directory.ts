import type { User, UserId } from "@im-webapp/protocol";
import type { UserDirectory } from "../core/people/user-directory.ts";
import { type Sql, escapeLike } from "./sql.ts";
import { USER_SELECT, type UserRow, toUser } from "./user-row.ts";

/** Finds users, on SQL. */
export class SqlUserDirectory implements UserDirectory {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async findMany(userIds: readonly UserId[]): Promise<User[]> {
    if (userIds.length === 0) return [];
    const rows = await this.#sql.select<UserRow>(
      `SELECT ${USER_SELECT} FROM \`user\` u WHERE u.user_id IN (:userIds)`,
      {
        userIds,
      },
    );
    return rows.map(toUser);
  }

  async ids(after: UserId, limit: number): Promise<UserId[]> {
    const rows = await this.#sql.select<{ user_id: UserId }>(
      "SELECT user_id FROM `user` WHERE user_id > :after AND deleted_at IS NULL ORDER BY user_id LIMIT :limit",
      { after, limit },
    );
    return rows.map((row) => row.user_id);
  }

  async search(text: string, phone: string | undefined, after: UserId, limit: number): Promise<User[]> {
    const rows = await this.#sql.select<UserRow>(
      `SELECT ${USER_SELECT} FROM \`user\` u
       WHERE u.deleted_at IS NULL
         AND (((u.username_key LIKE :key ESCAPE '!' OR u.display_name LIKE :name ESCAPE '!') AND NOT u.hide_name)
           OR (u.phone = :phone AND NOT u.hide_phone))
         AND u.user_id > :after
       ORDER BY u.user_id LIMIT :limit`,
      {
        key: `${escapeLike(text.normalize("NFKC").toLowerCase())}%`,
        name: `${escapeLike(text)}%`,
        phone: phone ?? null,
        after,
        limit,
      },
    );
    return rows.map(toUser);
  }
}

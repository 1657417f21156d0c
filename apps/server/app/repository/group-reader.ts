import type { ConversationId, Group, GroupId, Member, Role, UserId } from "@im-webapp/protocol";
import type { GroupReader } from "../core/groups/group-reader.ts";
import type { Sql } from "./sql.ts";
import { USER_SELECT, type UserRow, toUser } from "./user-row.ts";

/** Reads groups and their members, on SQL. */
export class SqlGroupReader implements GroupReader {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async find(groupId: GroupId): Promise<Group | undefined> {
    const [row] = await this.#sql.select<{
      group_id: GroupId;
      conversation_id: ConversationId;
      name: string;
      owner_id: UserId;
      member_count: number;
    }>(
      `SELECT g.group_id, g.conversation_id, g.name, g.owner_id, c.member_count
       FROM \`group\` g JOIN conversation c ON c.conversation_id = g.conversation_id WHERE g.group_id = :groupId`,
      { groupId },
    );
    return (
      row && {
        groupId: row.group_id,
        conversationId: row.conversation_id,
        name: row.name,
        ownerId: row.owner_id,
        memberCount: row.member_count,
      }
    );
  }

  async members(conversationId: ConversationId, after: UserId, limit: number): Promise<Member[]> {
    const rows = await this.#sql.select<UserRow & { role: Role }>(
      `SELECT ${USER_SELECT}, p.role FROM member p JOIN \`user\` u ON u.user_id = p.user_id
       WHERE p.conversation_id = :conversationId AND p.left_seq IS NULL AND p.user_id > :after
       ORDER BY p.user_id LIMIT :limit`,
      { conversationId, after, limit },
    );
    return rows.map((row) => ({ ...toUser(row), role: row.role }));
  }
}

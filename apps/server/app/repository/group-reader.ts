import type { ConversationId, Group, GroupId, Member, Role, UserId } from "@im-webapp/protocol";
import type { GroupReader } from "../core/groups/group-reader.ts";
import { GROUP_SELECT, type GroupRow, toGroup } from "./group-row.ts";
import type { Sql } from "./sql.ts";
import { USER_SELECT, type UserRow, toUser } from "./user-row.ts";

interface MemberListRow extends UserRow {
  role: Role;
  alias: string | null;
  muted_until: string | null;
}

/** Reads groups and their members, on SQL. */
export class SqlGroupReader implements GroupReader {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async find(groupId: GroupId): Promise<Group | undefined> {
    const [row] = await this.#sql.select<GroupRow & { member_count: number }>(
      `SELECT ${GROUP_SELECT}, c.member_count
       FROM \`group\` g JOIN conversation c ON c.conversation_id = g.conversation_id WHERE g.group_id = :groupId`,
      { groupId },
    );
    return row && { ...toGroup(row, this.#sql.clock), memberCount: row.member_count };
  }

  async members(conversationId: ConversationId, after: UserId, limit: number): Promise<Member[]> {
    const rows = await this.#sql.select<MemberListRow>(
      `SELECT ${USER_SELECT}, p.role, p.alias, p.muted_until FROM member p JOIN \`user\` u ON u.user_id = p.user_id
       WHERE p.conversation_id = :conversationId AND p.left_seq IS NULL AND p.user_id > :after
       ORDER BY p.user_id LIMIT :limit`,
      { conversationId, after, limit },
    );
    return rows.map((row) => this.#toMember(row));
  }

  #toMember(row: MemberListRow): Member {
    return {
      ...toUser(row),
      role: row.role,
      ...(row.alias !== null && { alias: row.alias }),
      ...(row.muted_until !== null && { mutedUntil: this.#sql.clock.fromColumn(row.muted_until) }),
    };
  }
}

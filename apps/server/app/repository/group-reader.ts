import {
  type ConversationId,
  type Group,
  type GroupId,
  type Member,
  ROLES,
  type Role,
  type UserId,
} from "@im-webapp/protocol";
import type { GroupReader, MemberPlace } from "../core/groups/group-reader.ts";
import { GROUP_SELECT, type GroupRow, toGroup } from "./group-row.ts";
import { type Sql, escapeLike } from "./sql.ts";
import { USER_SELECT, type UserRow, toUser } from "./user-row.ts";

interface MemberListRow extends UserRow {
  role: Role;
  alias: string | null;
  muted_until: string | null;
}

const MEMBER_LIST = `${USER_SELECT}, p.role, p.alias, p.muted_until`;

/** Where a list that begins with the highest role begins. */
const ABOVE_ALL_ROLES = ROLES.owner + 1;

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

  /** First the rest of the role at which the last page ended, then those below: each is one run of an index. */
  async members(conversationId: ConversationId, after: MemberPlace | undefined, limit: number): Promise<Member[]> {
    const select = `SELECT ${MEMBER_LIST} FROM member p JOIN \`user\` u ON u.user_id = p.user_id
       WHERE p.conversation_id = :conversationId AND p.left_seq IS NULL`;
    const same = after
      ? await this.#sql.select<MemberListRow>(
          `${select} AND p.role = :role AND p.user_id < :userId ORDER BY p.user_id DESC LIMIT :limit`,
          { conversationId, ...after, limit },
        )
      : [];
    const lower =
      same.length < limit
        ? await this.#sql.select<MemberListRow>(
            `${select} AND p.role < :role ORDER BY p.role DESC, p.user_id DESC LIMIT :limit`,
            { conversationId, role: after?.role ?? ABOVE_ALL_ROLES, limit: limit - same.length },
          )
        : [];
    return [...same, ...lower].map((row) => this.#toMember(row));
  }

  /** Aliases of the group and names of all users are each one run of an index; only what both give is sorted. */
  async findMembers(
    conversationId: ConversationId,
    text: string,
    after: MemberPlace | undefined,
    limit: number,
  ): Promise<Member[]> {
    const rows = await this.#sql.select<MemberListRow>(
      `SELECT ${MEMBER_LIST} FROM (
         SELECT a.user_id FROM member a WHERE a.conversation_id = :conversationId AND a.alias LIKE :start ESCAPE '!'
         UNION
         SELECT b.user_id FROM \`user\` n JOIN member b ON b.user_id = n.user_id AND b.conversation_id = :conversationId
         WHERE n.display_name LIKE :start ESCAPE '!'
       ) f
       JOIN member p ON p.conversation_id = :conversationId AND p.user_id = f.user_id
       JOIN \`user\` u ON u.user_id = p.user_id
       WHERE p.left_seq IS NULL AND (p.role < :role OR (p.role = :role AND p.user_id < :userId))
       ORDER BY p.role DESC, p.user_id DESC LIMIT :limit`,
      {
        conversationId,
        start: `${escapeLike(text)}%`,
        role: after?.role ?? ABOVE_ALL_ROLES,
        userId: after?.userId ?? "",
        limit,
      },
    );
    return rows.map((row) => this.#toMember(row));
  }

  async membersById(conversationId: ConversationId, userIds: readonly UserId[]): Promise<Member[]> {
    if (userIds.length === 0) return [];
    const rows = await this.#sql.select<MemberListRow>(
      `SELECT ${MEMBER_LIST} FROM member p JOIN \`user\` u ON u.user_id = p.user_id
       WHERE p.conversation_id = :conversationId AND p.left_seq IS NULL AND p.user_id IN (:userIds)`,
      { conversationId, userIds },
    );
    return rows.map((row) => this.#toMember(row));
  }

  async halfDissolved(): Promise<GroupId[]> {
    const rows = await this.#sql.select<{ group_id: GroupId }>(
      `SELECT g.group_id FROM \`group\` g JOIN conversation c ON c.conversation_id = g.conversation_id
       WHERE g.dissolved_at IS NOT NULL AND c.member_count > 0`,
      {},
    );
    return rows.map((row) => row.group_id);
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

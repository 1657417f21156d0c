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

/** Most users of a name, and most aliases, that are looked up one by one to find a member. */
const FEW_NAMES = 500;

const NAMED = " AND (p.alias LIKE :start ESCAPE '!' OR u.display_name LIKE :start ESCAPE '!')";

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

  members(conversationId: ConversationId, after: MemberPlace | undefined, limit: number): Promise<Member[]> {
    return this.#walk(conversationId, after, limit);
  }

  /**
   * Few users of that name, in the group or not, are looked up among the members. Many are met soon on the way through
   * the list; a name that is frequent everywhere but in this group costs the whole list, and never more.
   */
  async findMembers(
    conversationId: ConversationId,
    text: string,
    after: MemberPlace | undefined,
    limit: number,
  ): Promise<Member[]> {
    const named = { conversationId, start: `${escapeLike(text)}%`, limit: FEW_NAMES + 1 };
    const found = await Promise.all([
      this.#sql.select<{ user_id: UserId }>(
        `SELECT user_id FROM member WHERE conversation_id = :conversationId AND alias LIKE :start ESCAPE '!' LIMIT :limit`,
        named,
      ),
      this.#sql.select<{ user_id: UserId }>(
        `SELECT user_id FROM \`user\` WHERE display_name LIKE :start ESCAPE '!' LIMIT :limit`,
        named,
      ),
    ]);
    if (found.some((rows) => rows.length > FEW_NAMES)) return this.#walk(conversationId, after, limit, named.start);
    const userIds = new Set(found.flat().map((row) => row.user_id));
    return (await this.membersById(conversationId, [...userIds]))
      .filter((member) => after === undefined || inListOrder(after, member) < 0)
      .toSorted(inListOrder)
      .slice(0, limit);
  }

  /** First the rest of the role at which the last page ended, then those below: each is one run of an index. */
  async #walk(
    conversationId: ConversationId,
    after: MemberPlace | undefined,
    limit: number,
    start?: string,
  ): Promise<Member[]> {
    const select = `SELECT ${MEMBER_LIST} FROM member p JOIN \`user\` u ON u.user_id = p.user_id
       WHERE p.conversation_id = :conversationId AND p.left_seq IS NULL${start === undefined ? "" : NAMED}`;
    const same = after
      ? await this.#sql.select<MemberListRow>(
          `${select} AND p.role = :role AND p.user_id < :userId ORDER BY p.user_id DESC LIMIT :limit`,
          { conversationId, ...after, start, limit },
        )
      : [];
    const lower =
      same.length < limit
        ? await this.#sql.select<MemberListRow>(
            `${select} AND p.role < :role ORDER BY p.role DESC, p.user_id DESC LIMIT :limit`,
            { conversationId, role: after?.role ?? ABOVE_ALL_ROLES, start, limit: limit - same.length },
          )
        : [];
    return [...same, ...lower].map((row) => this.#toMember(row));
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

/** The higher role first, and of the same role the greater id. Ids are ASCII, which both databases order alike. */
function inListOrder(a: MemberPlace, b: MemberPlace): number {
  return b.role - a.role || (a.userId < b.userId ? 1 : a.userId > b.userId ? -1 : 0);
}

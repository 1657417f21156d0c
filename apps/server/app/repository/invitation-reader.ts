import type { GroupId, Role, Seq, UserId } from "@im-webapp/protocol";
import type { InvitationFound, InvitationPlace, InvitationReader } from "../core/groups/invitation-reader.ts";
import { GROUP_SELECT, type GroupRow, toGroup } from "./group-row.ts";
import { INVITATION_SELECT, type InvitationRow, toInvitation } from "./invitation-row.ts";
import type { Sql } from "./sql.ts";
import { USER_SELECT, type UserRow, toUser } from "./user-row.ts";

interface FoundRow extends InvitationRow, GroupRow {
  maker_role: Role | null;
  maker_left_seq: Seq | null;
}

const FOUND = `${INVITATION_SELECT}, ${GROUP_SELECT}, p.role AS maker_role, p.left_seq AS maker_left_seq`;

const FROM = `FROM invitation i
  JOIN \`group\` g ON g.group_id = i.group_id
  LEFT JOIN member p ON p.conversation_id = g.conversation_id AND p.user_id = i.created_by`;

/** Reads invitations, on SQL. */
export class SqlInvitationReader implements InvitationReader {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async find(token: string) {
    const [row] = await this.#sql.select<FoundRow & UserRow & { member_count: number }>(
      `SELECT ${FOUND}, ${USER_SELECT}, c.member_count ${FROM}
       JOIN conversation c ON c.conversation_id = g.conversation_id
       JOIN \`user\` u ON u.user_id = i.created_by
       WHERE i.token = :token`,
      { token },
    );
    return row && { ...this.#toFound(row), inviter: toUser(row), memberCount: row.member_count };
  }

  async list(
    groupId: GroupId,
    createdBy: UserId | undefined,
    after: InvitationPlace | undefined,
    limit: number,
  ): Promise<InvitationFound[]> {
    const own = createdBy === undefined ? "" : "AND i.created_by = :createdBy";
    const below = after ? "AND (i.created_at < :at OR (i.created_at = :at AND i.token < :token))" : "";
    const rows = await this.#sql.select<FoundRow>(
      `SELECT ${FOUND} ${FROM} WHERE i.group_id = :groupId AND i.revoked_at IS NULL ${own} ${below}
       ORDER BY i.created_at DESC, i.token DESC LIMIT :limit`,
      {
        groupId,
        limit,
        ...(createdBy !== undefined && { createdBy }),
        ...(after && { at: this.#sql.clock.toColumn(after.createdAt), token: after.token }),
      },
    );
    return rows.map((row) => this.#toFound(row));
  }

  #toFound(row: FoundRow): InvitationFound {
    const maker = row.maker_role === null ? undefined : { role: row.maker_role };
    return {
      invitation: toInvitation(row, this.#sql.clock),
      maker: maker && (row.maker_left_seq === null ? maker : { ...maker, leftSeq: row.maker_left_seq }),
      group: toGroup(row, this.#sql.clock),
    };
  }
}

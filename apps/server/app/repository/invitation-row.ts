import type { GroupId, UserId } from "@im-webapp/protocol";
import type { StoredInvitation } from "../core/timeline/model.ts";
import type { ColumnClock } from "../infra/database/column-clock.ts";
import type { Sql, Work } from "./sql.ts";

/** Selects an invitation `i` under names that no other table of a join has. */
export const INVITATION_SELECT = `i.token AS i_token, i.group_id AS i_group_id, i.created_by AS i_created_by,
  i.created_at AS i_created_at, i.expires_at AS i_expires_at, i.max_uses AS i_max_uses, i.uses AS i_uses,
  i.revoked_at AS i_revoked_at`;

export interface InvitationRow {
  i_token: string;
  i_group_id: GroupId;
  i_created_by: UserId;
  i_created_at: string;
  i_expires_at: string | null;
  i_max_uses: number | null;
  i_uses: number;
  i_revoked_at: string | null;
}

export function toInvitation(row: InvitationRow, clock: ColumnClock): StoredInvitation {
  return {
    token: row.i_token,
    groupId: row.i_group_id,
    createdBy: row.i_created_by,
    createdAt: clock.fromColumn(row.i_created_at),
    uses: row.i_uses,
    ...(row.i_expires_at !== null && { expiresAt: clock.fromColumn(row.i_expires_at) }),
    ...(row.i_max_uses !== null && { maxUses: row.i_max_uses }),
    ...(row.i_revoked_at !== null && { revokedAt: clock.fromColumn(row.i_revoked_at) }),
  };
}

/** Writes invitations that are new or have changed. */
export async function writeInvitations(sql: Sql, invitations: readonly StoredInvitation[], work: Work): Promise<void> {
  const { clock } = sql;
  await sql.insert(
    "invitation",
    ["token", "group_id", "created_by", "created_at", "expires_at", "max_uses", "uses", "revoked_at"],
    invitations.map((one) => [
      one.token,
      one.groupId,
      one.createdBy,
      clock.toColumn(one.createdAt),
      one.expiresAt === undefined ? null : clock.toColumn(one.expiresAt),
      one.maxUses ?? null,
      one.uses,
      one.revokedAt === undefined ? null : clock.toColumn(one.revokedAt),
    ]),
    { key: ["token"], update: ["uses", "revoked_at"] },
    work,
  );
}

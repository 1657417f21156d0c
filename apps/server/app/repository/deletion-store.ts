import type { EpochMs, GroupId, UserId } from "@im-webapp/protocol";
import { Op } from "sequelize";
import type { DeletionStore } from "../core/security/delete-account.ts";
import { reachable } from "./errors.ts";
import type { Sql } from "./sql.ts";

/** What a client that knows nothing of deleted accounts shows in place of a name. */
const TOMBSTONE_NAME = "Deleted account";

/** The end of accounts, on the models. */
export class SqlDeletionStore implements DeletionStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async bury(userId: UserId, at: EpochMs): Promise<void> {
    const { sequelize, models } = this.#sql.database;
    const { User, Device, Totp, RecoveryCode, Identity, MailAddress } = models;
    const nobody = `deleted-${userId}`;
    const tombstone = {
      username: nobody,
      usernameKey: nobody,
      phone: null,
      displayName: TOMBSTONE_NAME,
      avatar: null,
      gender: null,
      description: null,
      passwordHash: null,
      lastSeenAt: null,
      deletedAt: at,
      updatedAt: at,
    };
    await reachable(() =>
      sequelize.transaction(async (transaction) => {
        await User.update(tombstone, { where: { userId, deletedAt: null }, transaction });
        const theirs = { where: { userId }, transaction };
        await Device.destroy(theirs);
        await Totp.destroy(theirs);
        await RecoveryCode.destroy(theirs);
        await Identity.destroy(theirs);
        await MailAddress.destroy(theirs);
      }),
    );
  }

  async unfinished(): Promise<UserId[]> {
    const { User } = this.#sql.database.models;
    const where = { deletedAt: { [Op.ne]: null }, erasedAt: null };
    const rows = await reachable(() => User.findAll({ attributes: ["userId"], where }));
    return rows.map((row) => row.userId);
  }

  groupsOf(userId: UserId): Promise<{ groupId: GroupId; name: string }[]> {
    return this.#sql.select<{ groupId: GroupId; name: string }>(
      `SELECT g.group_id AS groupId, g.name FROM member p JOIN \`group\` g ON g.conversation_id = p.conversation_id
       WHERE p.user_id = :userId AND p.left_seq IS NULL`,
      { userId },
    );
  }

  async finish(userId: UserId, erasedAt: EpochMs): Promise<void> {
    const { User, Member, Star, Deletion, Block } = this.#sql.database.models;
    await reachable(async () => {
      await Member.update({ draft: null }, { where: { userId, draft: { [Op.ne]: null } } });
      await Star.destroy({ where: { userId } });
      await Deletion.destroy({ where: { userId } });
      await Block.destroy({ where: { userId } });
      await User.update({ erasedAt }, { where: { userId } });
    });
  }
}

import type { EpochMs, Gender, Me, UserId } from "@im-webapp/protocol";
import { Op, UniqueConstraintError } from "sequelize";
import type { AccountStore, Credentials, NewAccount } from "../core/accounts/ports.ts";
import { reachable } from "./errors.ts";
import { ImError } from "../core/shared/errors.ts";
import type { Database } from "../infra/database/open.ts";

/** Accounts, on the models. */
export class SqlAccountStore implements AccountStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async create(account: NewAccount): Promise<{ taken?: "username" | "phone" }> {
    const { User, Timeline } = this.#database.models;
    try {
      await reachable(() =>
        this.#database.sequelize.transaction(async (transaction) => {
          await User.create({ ...account, updatedAt: account.createdAt }, { transaction });
          await Timeline.create({ userId: account.userId }, { transaction });
        }),
      );
      return {};
    } catch (error) {
      if (!(error instanceof UniqueConstraintError)) throw error;
      // Asked of the table, because the drivers name the violated index each in their own way.
      const named = await User.findOne({ where: { usernameKey: account.usernameKey } });
      return { taken: named ? "username" : "phone" };
    }
  }

  async findByKeys(usernameKeys: readonly string[]): Promise<Map<string, UserId>> {
    const { User } = this.#database.models;
    const rows = await reachable(() =>
      User.findAll({ attributes: ["userId", "usernameKey"], where: { usernameKey: [...usernameKeys] } }),
    );
    return new Map(rows.map((row) => [row.usernameKey, row.userId]));
  }

  async createMissing(accounts: readonly NewAccount[]): Promise<Map<string, UserId>> {
    const { User, Timeline } = this.#database.models;
    return reachable(() =>
      this.#database.sequelize.transaction(async (transaction) => {
        const rows = accounts.map((account) => ({ ...account, updatedAt: account.createdAt }));
        await User.bulkCreate(rows, { transaction, ignoreDuplicates: true });
        const usernameKeys = accounts.map((account) => account.usernameKey);
        const found = await User.findAll({
          attributes: ["userId", "usernameKey"],
          where: { usernameKey: usernameKeys },
          transaction,
        });
        const own = new Set(accounts.map(({ userId }) => userId));
        const made = found.filter(({ userId }) => own.has(userId)).map(({ userId }) => ({ userId }));
        await Timeline.bulkCreate(made, { transaction });
        // A taken phone leaves its user out; then nothing at all is kept.
        if (found.length < accounts.length) {
          throw new ImError("CONFLICT", "one of these phone numbers is taken already");
        }
        return new Map(found.map((row) => [row.usernameKey, row.userId]));
      }),
    );
  }

  async findByLogin(usernameKey: string, phone: string | undefined): Promise<Credentials[]> {
    const { User } = this.#database.models;
    const rows = await reachable(() =>
      User.findAll({ where: phone === undefined ? { usernameKey } : { [Op.or]: [{ usernameKey }, { phone }] } }),
    );
    return rows.map(toCredentials);
  }

  async findCredentials(userId: UserId): Promise<Credentials | undefined> {
    const { User } = this.#database.models;
    const row = await reachable(() => User.findOne({ where: { userId, deletedAt: null } }));
    return row ? toCredentials(row) : undefined;
  }

  async setPassword(userId: UserId, passwordHash: string, updatedAt: EpochMs): Promise<void> {
    const { User } = this.#database.models;
    await reachable(() => User.update({ passwordHash, updatedAt }, { where: { userId, deletedAt: null } }));
  }

  async isLinked(userId: UserId): Promise<boolean> {
    return (await reachable(() => this.#database.models.Identity.count({ where: { userId } }))) > 0;
  }

  async findMe(userId: UserId): Promise<Me | undefined> {
    const row = await reachable(() => this.#database.models.User.findByPk(userId));
    return row ? toMe(row) : undefined;
  }

  async hasPhone(phone: string): Promise<boolean> {
    return (await reachable(() => this.#database.models.User.count({ where: { phone } }))) > 0;
  }
}

function toCredentials(row: MeRow & { passwordHash: string | null }): Credentials {
  return { me: toMe(row), ...(row.passwordHash !== null && { passwordHash: row.passwordHash }) };
}

interface MeRow {
  userId: UserId;
  username: string;
  displayName: string;
  avatar: string | null;
  gender: Gender | null;
  description: string | null;
  phone: string | null;
  hideName: boolean;
  hidePhone: boolean;
  hidePresence: boolean;
}

function toMe(row: MeRow): Me {
  return {
    userId: row.userId,
    username: row.username,
    displayName: row.displayName,
    ...(row.avatar !== null && { avatar: row.avatar }),
    ...(row.gender !== null && { gender: row.gender }),
    ...(row.description !== null && { description: row.description }),
    ...(row.phone !== null && { phone: row.phone }),
    ...(row.hideName && { findableByName: false }),
    ...(row.hidePhone && { findableByPhone: false }),
    ...(row.hidePresence && { hidePresence: true }),
  };
}

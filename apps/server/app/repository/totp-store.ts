import type { EpochMs, UserId } from "@im-webapp/protocol";
import { Op, type Transaction } from "sequelize";
import type { StoredTotp, TotpStore } from "../core/security/ports.ts";
import type { Database } from "../infra/database/open.ts";
import { reachable } from "./errors.ts";

/** Second factors, on the models. */
export class SqlTotpStore implements TotpStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(userId: UserId): Promise<StoredTotp | undefined> {
    const row = await reachable(() => this.#database.models.Totp.findByPk(userId));
    return row ? { secret: row.secret, confirmed: row.confirmedAt !== null } : undefined;
  }

  begin(userId: UserId, secret: string, createdAt: EpochMs): Promise<boolean> {
    const { Totp } = this.#database.models;
    return this.#transaction(async (transaction) => {
      await Totp.destroy({ where: { userId, confirmedAt: null }, transaction });
      if (await Totp.findByPk(userId, { transaction })) return false;
      await Totp.create({ userId, secret, createdAt }, { transaction });
      return true;
    });
  }

  confirm(userId: UserId, lastStep: number, codeHashes: readonly string[], at: EpochMs): Promise<boolean> {
    const { Totp } = this.#database.models;
    return this.#transaction(async (transaction) => {
      const [changed] = await Totp.update(
        { confirmedAt: at, lastStep },
        { where: { userId, confirmedAt: null }, transaction },
      );
      if (changed === 0) return false;
      await this.#putCodes(userId, codeHashes, at, transaction);
      return true;
    });
  }

  async spendStep(userId: UserId, step: number): Promise<boolean> {
    const { Totp } = this.#database.models;
    const where = { userId, lastStep: { [Op.lt]: step } };
    const [changed] = await reachable(() => Totp.update({ lastStep: step }, { where }));
    return changed > 0;
  }

  async remove(userId: UserId): Promise<void> {
    const { Totp, RecoveryCode } = this.#database.models;
    await this.#transaction(async (transaction) => {
      await Totp.destroy({ where: { userId }, transaction });
      await RecoveryCode.destroy({ where: { userId }, transaction });
    });
  }

  async replaceCodes(userId: UserId, codeHashes: readonly string[], at: EpochMs): Promise<void> {
    await this.#transaction((transaction) => this.#putCodes(userId, codeHashes, at, transaction));
  }

  async spendCode(userId: UserId, codeHash: string): Promise<boolean> {
    const { RecoveryCode } = this.#database.models;
    return (await reachable(() => RecoveryCode.destroy({ where: { userId, codeHash } }))) > 0;
  }

  countCodes(userId: UserId): Promise<number> {
    return reachable(() => this.#database.models.RecoveryCode.count({ where: { userId } }));
  }

  async #putCodes(
    userId: UserId,
    codeHashes: readonly string[],
    createdAt: EpochMs,
    transaction: Transaction,
  ): Promise<void> {
    const { RecoveryCode } = this.#database.models;
    await RecoveryCode.destroy({ where: { userId }, transaction });
    await RecoveryCode.bulkCreate(
      codeHashes.map((codeHash) => ({ userId, codeHash, createdAt })),
      { transaction },
    );
  }

  #transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return reachable(() => this.#database.sequelize.transaction(work));
  }
}

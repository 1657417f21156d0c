import type { EpochMs, MailLanguage, UserId } from "@im-webapp/protocol";
import { Op, literal } from "sequelize";
import type { DueAddress, LookOutcome, MailAddress, MailCode, MailManner, MailStore } from "../core/digest/ports.ts";
import type { Database } from "../infra/database/open.ts";
import { reachable } from "./errors.ts";
import type { Sql } from "./sql.ts";

interface DueRow {
  user_id: UserId;
  address: string;
  hours: number;
  hide_content: number;
  language: MailLanguage;
  told_at: string | null;
  look_at: string;
  failures: number;
  refusals: number;
  away_since: string;
}

/** Addresses for mails, on SQL. */
export class SqlMailStore implements MailStore {
  readonly #sql: Sql;
  readonly #models: Database["models"];

  constructor(sql: Sql) {
    this.#sql = sql;
    this.#models = sql.database.models;
  }

  async find(userId: UserId): Promise<MailAddress | undefined> {
    const row = await reachable(() => this.#models.MailAddress.findByPk(userId));
    if (!row) return undefined;
    const { address, confirmedAt, isOn, hours, hideContent, language, refusals } = row;
    return { userId, address, confirmed: confirmedAt !== null, on: isOn, hours, hideContent, language, refusals };
  }

  async put(userId: UserId, address: string, code: MailCode, at: EpochMs, manner: MailManner): Promise<void> {
    const { on: _, ...kept } = manner;
    const fresh = {
      address,
      confirmedAt: null,
      codeHash: code.hash,
      codeExpiresAt: code.expiresAt,
      codeTries: 0,
      isOn: false,
      toldAt: null,
      lookAt: at,
      failures: 0,
      refusals: 0,
      ...kept,
    };
    const { MailAddress: table } = this.#models;
    await reachable(async () => {
      const [changed] = await table.update(fresh, { where: { userId } });
      if (changed === 0) await table.upsert({ userId, language: "zh-CN", ...fresh });
    });
  }

  async change(userId: UserId, { on, ...kept }: MailManner, lookAt: EpochMs): Promise<void> {
    await reachable(() =>
      this.#models.MailAddress.update(
        // Whoever turns them on says that the address is good.
        { ...kept, ...(on !== undefined && { isOn: on }), ...(on === true && { refusals: 0 }), lookAt },
        { where: { userId } },
      ),
    );
  }

  async confirm(userId: UserId, codeHash: string, maxTries: number, at: EpochMs): Promise<boolean> {
    const { MailAddress: table } = this.#models;
    return reachable(async () => {
      // Counted first: of many tries at once, none is free.
      const [counted] = await table.update(
        { codeTries: literal("code_tries + 1") },
        { where: { userId, codeTries: { [Op.lt]: maxTries } } },
      );
      if (counted === 0) return false;
      const [confirmed] = await table.update(
        { confirmedAt: at, codeHash: null, codeExpiresAt: null, isOn: true, lookAt: at },
        { where: { userId, codeHash, codeExpiresAt: { [Op.gt]: at } } },
      );
      return confirmed > 0;
    });
  }

  async turnOff(userId: UserId, address: string): Promise<void> {
    await reachable(() => this.#models.MailAddress.update({ isOn: false }, { where: { userId, address } }));
  }

  async remove(userId: UserId): Promise<void> {
    await reachable(() => this.#models.MailAddress.destroy({ where: { userId } }));
  }

  async due(at: EpochMs, limit: number): Promise<DueAddress[]> {
    const rows = await this.#sql.select<DueRow>(
      `SELECT m.user_id, m.address, m.hours, m.hide_content, m.language, m.told_at, m.look_at, m.failures, m.refusals,
         COALESCE(u.last_seen_at, m.confirmed_at) AS away_since
       FROM mail_address m JOIN \`user\` u ON u.user_id = m.user_id
       WHERE m.is_on = 1 AND m.look_at <= :at AND m.confirmed_at IS NOT NULL AND u.deleted_at IS NULL
       ORDER BY m.look_at LIMIT :limit`,
      { at: this.#sql.clock.toColumn(at), limit },
    );
    const { clock } = this.#sql;
    return rows.map((row) => ({
      userId: row.user_id,
      address: row.address,
      confirmed: true,
      on: true,
      hours: row.hours,
      hideContent: row.hide_content !== 0,
      language: row.language,
      awaySince: clock.fromColumn(row.away_since),
      ...(row.told_at !== null && { toldAt: clock.fromColumn(row.told_at) }),
      lookAt: clock.fromColumn(row.look_at),
      failures: row.failures,
      refusals: row.refusals,
    }));
  }

  async claim({ userId, lookAt }: DueAddress, until: EpochMs): Promise<boolean> {
    const { clock } = this.#sql;
    const claimed = await this.#sql.update(
      "UPDATE mail_address SET look_at = :until WHERE user_id = :userId AND look_at = :lookAt AND is_on = 1",
      { userId, until: clock.toColumn(until), lookAt: clock.toColumn(lookAt) },
    );
    return claimed > 0;
  }

  async settle(userId: UserId, claimedUntil: EpochMs, outcome: LookOutcome): Promise<void> {
    const { clock } = this.#sql;
    const { lookAt, toldAt, failures, refusals, isOver = false } = outcome;
    await this.#sql.run(
      `UPDATE mail_address SET failures = :failures, refusals = :refusals${isOver ? ", is_on = 0" : ""},
         look_at = CASE WHEN look_at = :claimed THEN :lookAt ELSE look_at END
         ${toldAt === undefined ? "" : ", told_at = :toldAt"}
       WHERE user_id = :userId`,
      {
        userId,
        failures,
        refusals,
        claimed: clock.toColumn(claimedUntil),
        lookAt: clock.toColumn(lookAt),
        ...(toldAt !== undefined && { toldAt: clock.toColumn(toldAt) }),
      },
    );
  }
}

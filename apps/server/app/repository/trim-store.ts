import type { EpochMs, Seq, UserId } from "@im-webapp/protocol";
import type { TrimStore } from "../core/timeline/trimmer.ts";
import { reachable } from "./errors.ts";
import type { Sql } from "./sql.ts";

/** The row of `setting` that says until when somebody has the turn. */
const TURN = "trim-until";

/** Digits of a padded time: text then compares like the number. */
const PADDED = 16;

/** The sync store, as trimming sees it, on SQL. */
export class SqlTrimStore implements TrimStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async takeTurn(now: EpochMs, forMs: number): Promise<boolean> {
    const text = (ms: number) => String(ms).padStart(PADDED, "0");
    await this.#sql.insert("setting", ["name", "value"], [[TURN, text(0)]], "ignore");
    const taken = await this.#sql.update("UPDATE setting SET value = :until WHERE name = :name AND value < :now", {
      name: TURN,
      until: text(now + forMs),
      now: text(now),
    });
    return taken === 1;
  }

  async longTimelines(after: UserId, keepEntries: number, limit: number): Promise<{ userId: UserId; head: Seq }[]> {
    const rows = await this.#sql.select<{ user_id: UserId; head: Seq }>(
      `SELECT user_id, head FROM timeline
       WHERE user_id > :after AND head - trimmed > :keepEntries ORDER BY user_id LIMIT :limit`,
      { after, keepEntries, limit },
    );
    return rows.map((row) => ({ userId: row.user_id, head: row.head }));
  }

  async trim(userId: UserId, upTo: Seq, before: EpochMs, limit: number): Promise<number> {
    const oldest = await this.#sql.select<{ seq: Seq; at: string }>(
      "SELECT seq, `at` FROM push_history WHERE user_id = :userId AND seq <= :upTo ORDER BY seq LIMIT :limit",
      { userId, upTo, limit },
    );
    const firstYoung = oldest.findIndex((row) => this.#sql.clock.fromColumn(row.at) >= before);
    const old = firstYoung === -1 ? oldest : oldest.slice(0, firstYoung);
    const last = old.at(-1);
    if (!last) return 0;
    await reachable(() =>
      this.#sql.database.sequelize.transaction(async (transaction) => {
        // First, so that a pull never finds entries missing of which the row does not say that they are trimmed.
        await this.#sql.run(
          "UPDATE timeline SET trimmed = :seq WHERE user_id = :userId AND trimmed < :seq",
          { userId, seq: last.seq },
          transaction,
        );
        await this.#sql.run(
          "DELETE FROM push_history WHERE user_id = :userId AND seq <= :seq",
          { userId, seq: last.seq },
          transaction,
        );
      }),
    );
    return old.length;
  }
}

import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { BaseError, QueryTypes, type Transaction } from "sequelize";
import type { Database } from "../open.ts";
import { createSchemaEditor } from "../schema/index.ts";

/** The table whose one row says who may migrate. */
export const LEASE_TABLE = "migration_lock";

export interface LeaseTimes {
  /** How long a holder that fell silent keeps others out, in milliseconds. */
  readonly leaseMs: number;
  /** How long to wait for another holder, in milliseconds. */
  readonly waitMs: number;
  /** Time between two attempts, in milliseconds. */
  readonly pollMs: number;
}

export const LEASE_TIMES: LeaseTimes = {
  // Renewed at a third of it: two renewals may fail before anybody else takes over.
  leaseMs: 30_000,
  // Rebuilding a large table takes minutes; whoever waits longer should look at what is going on.
  waitMs: 10 * 60_000,
  pollMs: 200,
};

/** Renewals within one lease. */
const RENEWALS_PER_LEASE = 3;

/** Somebody else holds the lease, or has taken it over. */
export class LeaseError extends Error {
  override name = "LeaseError";
}

/** Milliseconds since the Unix epoch by the database's own clock, so that nodes with wrong clocks agree. */
const NOW = {
  mysql: "CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)",
  sqlite: "CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER)",
} as const;

/** The right to migrate one database, for a while. */
export class MigrationLease {
  readonly #database: Database;
  readonly #leaseMs: number;
  readonly #owner: string;
  #timer: NodeJS.Timeout | undefined;

  private constructor(database: Database, leaseMs: number) {
    this.#database = database;
    this.#leaseMs = leaseMs;
    this.#owner = `${hostname().slice(0, 24)}:${process.pid}:${randomUUID().slice(0, 8)}`;
  }

  /**
   * Takes the lease, waiting for another holder to finish or to fall silent for its lease's length. One conditional
   * UPDATE decides, which holds on a single server, on a cluster that certifies at commit, and on SQLite; named locks
   * such as GET_LOCK hold on one node of a cluster only.
   *
   * @throws {LeaseError} naming the holder, after `waitMs`
   */
  static async acquire(database: Database, times: LeaseTimes): Promise<MigrationLease> {
    const lease = new MigrationLease(database, times.leaseMs);
    await lease.#prepare();
    const deadline = performance.now() + times.waitMs;
    while (!(await lease.#take())) {
      if (performance.now() >= deadline) {
        throw new LeaseError(`waited ${times.waitMs} ms for ${await lease.#holder()}, who is migrating this database`);
      }
      await delay(times.pollMs);
    }
    lease.#keepAlive();
    return lease;
  }

  /**
   * Prolongs the lease, in the caller's transaction where there is one.
   *
   * @throws {LeaseError} when it has expired and somebody else has it
   */
  async renew(transaction?: Transaction): Promise<void> {
    const renewed = await this.#update(
      `owner = :owner, expires_at_ms = ${this.#expiry}`,
      "owner = :owner",
      transaction,
    );
    if (!renewed) throw new LeaseError(`the right to migrate went to ${await this.#holder()} meanwhile`);
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    await this.#update("owner = NULL, expires_at_ms = 0", "owner = :owner");
  }

  get #expiry(): string {
    return `${NOW[this.#database.dialect]} + ${this.#leaseMs}`;
  }

  async #prepare(): Promise<void> {
    const { dialect, sequelize } = this.#database;
    await createSchemaEditor(dialect, sequelize).createTable(LEASE_TABLE, {
      columns: {
        lock_id: { type: "INTEGER" },
        owner: { type: "VARCHAR(64)", nullable: true },
        expires_at_ms: { type: "BIGINT", default: 0 },
        // Moves with every update: MySQL does not count a row whose values stay, as they would within a millisecond.
        updates: { type: "BIGINT", default: 0 },
      },
      primaryKey: ["lock_id"],
    });
    await sequelize.query(
      `INSERT ${dialect === "sqlite" ? "OR IGNORE" : "IGNORE"} INTO ${LEASE_TABLE} (lock_id) VALUES (1)`,
    );
  }

  async #take(): Promise<boolean> {
    try {
      return await this.#update(
        `owner = :owner, expires_at_ms = ${this.#expiry}`,
        `(owner IS NULL OR expires_at_ms < ${NOW[this.#database.dialect]})`,
      );
    } catch (error) {
      // A deadlock, a failed certification or a busy file says no more than that somebody else was first.
      if (error instanceof BaseError) return false;
      throw error;
    }
  }

  async #update(set: string, condition: string, transaction?: Transaction): Promise<boolean> {
    const changed = await this.#database.sequelize.query(
      `UPDATE ${LEASE_TABLE} SET updates = updates + 1, ${set} WHERE lock_id = 1 AND ${condition}`,
      {
        type: QueryTypes.BULKUPDATE,
        replacements: { owner: this.#owner },
        ...(transaction ? { transaction } : {}),
      },
    );
    return changed === 1;
  }

  async #holder(): Promise<string> {
    const [row] = await this.#database.sequelize.query<{ owner: string | null }>(
      `SELECT owner FROM ${LEASE_TABLE} WHERE lock_id = 1`,
      { type: QueryTypes.SELECT },
    );
    return row?.owner ?? "nobody";
  }

  #keepAlive(): void {
    this.#timer = setInterval(() => {
      this.renew().catch(() => {
        // `migrate` renews before and after each step and stops there; a lost renewal in between decides nothing.
      });
    }, this.#leaseMs / RENEWALS_PER_LEASE);
    this.#timer.unref();
  }
}

import type { Sequelize } from "sequelize";
import { defineModels, type Models } from "../../model/index.ts";
import { type ColumnClock, createColumnClock } from "./column-clock.ts";
import type { Dialect } from "./dialect.ts";
import { openMysql } from "./open-mysql.ts";
import { openSqlite } from "./open-sqlite.ts";
import type { SqlLog } from "./sequelize-defaults.ts";

export interface DatabaseOptions {
  /** `sqlite:PATH` or `mysql://user:password@host:port/database` */
  readonly url: string;
  /** Offset in which time columns show local time, such as `+08:00`. */
  readonly timezone: string;
  /** Most connections at a time (MySQL). */
  readonly poolSize?: number | undefined;
  /**
   * Longest time of one statement in milliseconds (MySQL); then its connection counts as lost. Absent: no bound, as
   * migrations need.
   */
  readonly statementTimeoutMs?: number | undefined;
  readonly log?: SqlLog | undefined;
}

/**
 * An open database.
 *
 * Time: models read and write epoch milliseconds. Raw SQL meets the column's text and goes through `clock`, as it meets
 * JSON as text and booleans as 0 and 1.
 *
 * SQLite: `sequelize.transaction` has the one writing connection to itself, so every statement inside must be given the
 * transaction; one without waits for the transaction's end. A SELECT outside a transaction waits for nobody.
 */
export interface Database {
  readonly sequelize: Sequelize;
  readonly dialect: Dialect;
  readonly models: Models;
  readonly clock: ColumnClock;
  /** Waits for the transactions under way, then closes all connections. */
  close(): Promise<void>;
}

const SQLITE = "sqlite:";

/**
 * Opens the database that `url` names and proves that it answers. The schema is `migrate`'s.
 *
 * @throws {RangeError} for a time zone that is no offset
 * @throws {TypeError} for a URL that cannot be read
 * @throws {ConnectionError} (Sequelize's) when the database does not answer
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const clock = createColumnClock(options.timezone);
  const dialect: Dialect = options.url.startsWith(SQLITE) ? "sqlite" : "mysql";
  const sequelize =
    dialect === "sqlite"
      ? await openSqlite(options.url.slice(SQLITE.length), options.log)
      : openMysql(options.url, options.timezone, options);
  try {
    await sequelize.authenticate();
  } catch (error) {
    await sequelize.close();
    throw error;
  }
  return {
    sequelize,
    dialect,
    models: defineModels(sequelize, clock),
    clock,
    close: () => sequelize.close(),
  };
}

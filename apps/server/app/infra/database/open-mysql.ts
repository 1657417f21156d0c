import type mysql from "mysql2";
import { Sequelize } from "sequelize";
import { mysqlWithDeadlines } from "./mysql-deadlines.ts";
import { type SqlLog, sequelizeDefaults } from "./sequelize-defaults.ts";

/** Connections of one process. A server's own limit (151 in MySQL) then allows for a dozen processes. */
const DEFAULT_POOL_SIZE = 10;
/** Time for a connection to come up, in milliseconds: generous within one data centre. */
const CONNECT_TIMEOUT_MS = 2_000;
/** How long a query waits for a free connection, in milliseconds, before the caller hears that there is none. */
const ACQUIRE_TIMEOUT_MS = 5_000;
/** How long an unused connection is kept, in milliseconds. */
const IDLE_TIMEOUT_MS = 10_000;
/**
 * After how long without a word the database ends a connection, in seconds: longer than an unused one is kept, and short
 * enough that a node which vanished in the middle of a transaction does not hold its locks for hours.
 */
const SILENCE_S = 20;
const DEFAULT_PORT = 3306;

function run(connection: mysql.Connection, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.query(sql, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    throw new TypeError("user, password and database in the database URL must be percent-encoded", { cause: error });
  }
}

export interface MysqlOptions {
  readonly poolSize?: number | undefined;
  readonly statementTimeoutMs?: number | undefined;
  readonly log?: SqlLog | undefined;
}

/**
 * Prepares a pool for `mysql://user:password@host:port/database`; user and password may be percent-encoded.
 *
 * @throws {TypeError} when the URL cannot be read or names no database; the message does not repeat the password
 */
export function openMysql(
  url: string,
  timezone: string,
  { poolSize, statementTimeoutMs, log }: MysqlOptions,
): Sequelize {
  if (!URL.canParse(url)) throw new TypeError("the database URL must be mysql://user:password@host:port/database");
  const { hostname, port, username, password, pathname } = new URL(url);
  const database = decode(pathname.slice(1));
  if (database === "") throw new TypeError("the database URL names no database");
  const sequelize = new Sequelize({
    ...sequelizeDefaults(log),
    dialect: "mysql",
    dialectModule: mysqlWithDeadlines({ connectMs: CONNECT_TIMEOUT_MS, statementMs: statementTimeoutMs }),
    // URLs put an IPv6 address into brackets, which a socket does not take.
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? DEFAULT_PORT : Number(port),
    username: decode(username),
    password: decode(password),
    database,
    timezone,
    pool: { max: poolSize ?? DEFAULT_POOL_SIZE, min: 0, acquire: ACQUIRE_TIMEOUT_MS, idle: IDLE_TIMEOUT_MS },
    dialectOptions: {
      charset: "utf8mb4",
      // Times and JSON arrive as text, from MySQL and MariaDB alike; models decode their columns themselves.
      dateStrings: true,
      jsonStrings: true,
      typeCast: true,
      // What a transaction writes travels in one packet. Values are always escaped, whoever writes the statement.
      multipleStatements: true,
      // Statements come complete; the driver would look through each of them for placeholders.
      queryFormat: (statement: string) => statement,
    },
  });
  // Once for each connection; Sequelize's own option would send it before each transaction.
  sequelize.addHook("afterConnect", async (opened) => {
    const connection = opened as mysql.Connection;
    await run(connection, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
    // Texts are escaped with backslashes, which a server may have been told to take as they are.
    await run(connection, "SET SESSION sql_mode = REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', '')");
    // A migration may compute for longer than that between two statements.
    if (statementTimeoutMs !== undefined) await run(connection, `SET SESSION wait_timeout = ${SILENCE_S}`);
  });
  return sequelize;
}

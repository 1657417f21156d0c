import mysql from "mysql2";
import { Sequelize } from "sequelize";
import { type SqlLog, sequelizeDefaults } from "./sequelize-defaults.ts";

/** Connections of one process. A server's own limit (151 in MySQL) then allows for a dozen processes. */
const DEFAULT_POOL_SIZE = 10;
/** Time for a connection to come up, in milliseconds: generous within one data centre. */
const CONNECT_TIMEOUT_MS = 10_000;
/** How long a query waits for a free connection, in milliseconds, before the caller hears that there is none. */
const ACQUIRE_TIMEOUT_MS = 15_000;
/** How long an unused connection is kept, in milliseconds: below the idle limits of common proxies. */
const IDLE_TIMEOUT_MS = 60_000;
const DEFAULT_PORT = 3306;

function readCommitted(connection: mysql.Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.query("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", (error) => {
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

/**
 * Prepares a pool for `mysql://user:password@host:port/database`; user and password may be percent-encoded.
 *
 * @throws {TypeError} when the URL cannot be read or names no database; the message does not repeat the password
 */
export function openMysql(
  url: string,
  timezone: string,
  poolSize: number | undefined,
  log: SqlLog | undefined,
): Sequelize {
  if (!URL.canParse(url)) throw new TypeError("the database URL must be mysql://user:password@host:port/database");
  const { hostname, port, username, password, pathname } = new URL(url);
  const database = decode(pathname.slice(1));
  if (database === "") throw new TypeError("the database URL names no database");
  const sequelize = new Sequelize({
    ...sequelizeDefaults(log),
    dialect: "mysql",
    dialectModule: mysql,
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
      connectTimeout: CONNECT_TIMEOUT_MS,
      // Times and JSON arrive as text, from MySQL and MariaDB alike; models decode their columns themselves.
      dateStrings: true,
      jsonStrings: true,
      typeCast: true,
    },
  });
  // Once for each connection; Sequelize's own option would send it before each transaction.
  sequelize.addHook("afterConnect", (connection) => readCommitted(connection as mysql.Connection));
  return sequelize;
}

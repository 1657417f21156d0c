import { readFileSync } from "node:fs";
import { type Connection, type ResultSetHeader, type RowDataPacket, createConnection } from "mysql2/promise";
import { type MariaDb, startMariaDb } from "../../tests/support/maria-db.ts";

/** Memory for InnoDB's pages, in bytes: what one would give a database that shares a machine of some GiB. */
const BUFFER_POOL_BYTES = 1024 * 1024 * 1024;

/** InnoDB's redo log, in bytes: large enough that a run of seconds meets no forced checkpoint. */
const LOG_FILE_BYTES = 512 * 1024 * 1024;

/** A private MariaDB that flushes at each commit, with its process and a connection of the administrator. */
export interface BenchDatabase {
  readonly pid: number;
  readonly host: string;
  readonly port: number;
  readonly version: string;
  /** An empty database and the URL of its own user. */
  createDatabase(): Promise<string>;
  /** Rows of a SELECT; the database is named in the statement. */
  rows<R extends object>(sql: string): Promise<R[]>;
  /** A statement; gives the number of rows that it changed. */
  run(sql: string, values?: readonly unknown[]): Promise<number>;
  stop(): Promise<void>;
}

export async function startBenchDatabase(): Promise<BenchDatabase> {
  const mariaDb = await startMariaDb();
  try {
    return await open(mariaDb);
  } catch (error) {
    await mariaDb.stop();
    throw error;
  }
}

async function open(mariaDb: MariaDb): Promise<BenchDatabase> {
  const { hostname, port } = new URL(mariaDb.url);
  const connection: Connection = await createConnection({ uri: mariaDb.url, multipleStatements: true });
  await connection.query(`SET GLOBAL innodb_buffer_pool_size = ${BUFFER_POOL_BYTES}`);
  await connection.query(`SET GLOBAL innodb_log_file_size = ${LOG_FILE_BYTES}`);
  const rows = async <R extends object>(sql: string): Promise<R[]> => {
    const [found] = await connection.query<(R & RowDataPacket)[]>(sql);
    return found;
  };
  const [about] = await rows<{ pidFile: string; version: string; flush: number }>(
    "SELECT @@pid_file AS pidFile, @@version AS version, @@innodb_flush_log_at_trx_commit AS flush",
  );
  if (about?.flush !== 1) throw new Error("the database does not flush at each commit");
  return {
    pid: Number(readFileSync(about.pidFile, "utf8")),
    host: hostname,
    port: Number(port),
    version: about.version,
    createDatabase: () => mariaDb.createDatabase(),
    rows,
    async run(sql, values = []) {
      const [result] = await connection.query<ResultSetHeader>(sql, [...values]);
      return result.affectedRows ?? 0;
    },
    async stop() {
      await connection.end();
      await mariaDb.stop();
    },
  };
}

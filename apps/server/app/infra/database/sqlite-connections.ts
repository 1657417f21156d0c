import { setTimeout as delay } from "node:timers/promises";
import { ConnectionAcquireTimeoutError, ConnectionError, QueryTypes } from "sequelize";
import sqlite3 from "sqlite3";
import { FairLock } from "./fair-lock.ts";

/** How long SQLite waits for a lock that another process holds, in milliseconds: longer than any commit takes. */
const BUSY_TIMEOUT_MS = 5_000;

/** Time between two attempts at what SQLite refuses at once instead of waiting, in milliseconds. */
const BUSY_RETRY_MS = 20;

/**
 * How long a write waits for its turn, in milliseconds. Beyond it something is wrong, most likely a statement inside a
 * transaction that was not given the transaction and so waits for itself.
 */
const WRITER_TIMEOUT_MS = 15_000;

/** Connections that only read. With the writer they leave one of libuv's four threads to the rest of the process. */
const READERS = 2;

/** What Sequelize asks a connection for: `uuid` names a transaction, `type` the kind of a lone statement. */
interface ConnectionRequest {
  readonly uuid?: string;
  readonly type?: string;
}

interface Reader {
  readonly connection: sqlite3.Database;
  inUse: number;
}

function open(file: string): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const connection: sqlite3.Database = new sqlite3.Database(file, (error) => {
      if (error) {
        reject(new ConnectionError(error));
        return;
      }
      // Statements of one connection run one after the other, in the order in which they were issued.
      connection.serialize();
      connection.configure("busyTimeout", BUSY_TIMEOUT_MS);
      resolve(connection);
    });
  });
}

function execute(connection: sqlite3.Database, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.exec(sql, (error) => {
      if (error) reject(new ConnectionError(error));
      else resolve();
    });
  });
}

function close(connection: sqlite3.Database): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.close((error) => {
      if (error) reject(new ConnectionError(error));
      else resolve();
    });
  });
}

function isBusy(error: unknown): boolean {
  return error instanceof ConnectionError && (error.parent as NodeJS.ErrnoException).code === "SQLITE_BUSY";
}

/** The one change that SQLite's own waiting leaves out: several processes may open a new file at the same time. */
async function enterWalMode(connection: sqlite3.Database): Promise<void> {
  const deadline = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      await execute(connection, "PRAGMA journal_mode = WAL;");
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error;
      await delay(BUSY_RETRY_MS);
    }
  }
}

/**
 * Stands in for Sequelize's connection manager for SQLite, which opens a connection with default settings for every
 * transaction and runs everything else on one shared connection, so that two writers meet as SQLITE_BUSY.
 *
 * Here one connection writes. A transaction has it alone from BEGIN IMMEDIATE to COMMIT; a write outside a transaction
 * has it for that statement; both queue in order of arrival. SELECTs outside a transaction run on connections of their
 * own, which in WAL mode see what was committed last and wait for no writer.
 */
export class SqliteConnections {
  readonly #file: string;
  readonly #turn = new FairLock();
  #writer: sqlite3.Database | undefined;
  readonly #readers: Promise<Reader>[] = [];
  readonly #readerOf = new Map<object, Reader>();
  #closed = false;

  private constructor(file: string) {
    this.#file = file;
  }

  /** Opens (or creates) the file and puts it into WAL mode. */
  static async open(file: string): Promise<SqliteConnections> {
    const connections = new SqliteConnections(file);
    connections.#writer = await connections.#openWriter();
    return connections;
  }

  async getConnection(request: ConnectionRequest): Promise<sqlite3.Database> {
    if (this.#closed) throw new ConnectionError(new Error("the database is closed"));
    if (request.uuid === undefined && request.type === QueryTypes.SELECT) return this.#acquireReader();
    return this.#acquireWriter();
  }

  releaseConnection(connection: object): void {
    const reader = this.#readerOf.get(connection);
    if (reader) reader.inUse -= 1;
    else this.#turn.release();
  }

  /** Ends a connection whose transaction is in doubt: SQLite rolls back what it had not committed. */
  async destroyConnection(connection: object): Promise<void> {
    if (connection !== this.#writer) return;
    const writer = this.#writer;
    this.#writer = undefined;
    try {
      await close(writer);
    } finally {
      this.#turn.release();
    }
  }

  /** Waits for the transaction that is under way, then closes all connections. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const readers = await Promise.all(this.#readers);
    await this.#turn.acquire(WRITER_TIMEOUT_MS);
    await Promise.all(readers.map((reader) => close(reader.connection)));
    // Last, so that SQLite folds the write-ahead log into the file.
    if (this.#writer) await close(this.#writer);
    this.#turn.release();
  }

  async #acquireWriter(): Promise<sqlite3.Database> {
    if (!(await this.#turn.acquire(WRITER_TIMEOUT_MS))) {
      throw new ConnectionAcquireTimeoutError(new Error(`no turn to write within ${WRITER_TIMEOUT_MS} ms`));
    }
    try {
      this.#writer ??= await this.#openWriter();
      return this.#writer;
    } catch (error) {
      this.#turn.release();
      throw error;
    }
  }

  async #acquireReader(): Promise<sqlite3.Database> {
    if (this.#readers.length < READERS) this.#readers.push(this.#openReader());
    const readers = await Promise.all(this.#readers);
    const reader = readers.reduce((least, other) => (other.inUse < least.inUse ? other : least));
    reader.inUse += 1;
    return reader.connection;
  }

  async #openWriter(): Promise<sqlite3.Database> {
    const connection = await open(this.#file);
    await enterWalMode(connection);
    // FULL syncs the log at each commit, so that what was acknowledged also survives a loss of power.
    // What is deleted or replaced is overwritten, so that nothing of a recalled message stays in the file.
    await execute(connection, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; PRAGMA secure_delete = ON;");
    return connection;
  }

  async #openReader(): Promise<Reader> {
    const connection = await open(this.#file);
    await execute(connection, "PRAGMA query_only = ON;");
    const reader = { connection, inUse: 0 };
    this.#readerOf.set(connection, reader);
    return reader;
  }
}

import type { Database, SQLiteValue, Statement } from "node-sqlite3-wasm";

type Row = Record<string, SQLiteValue>;

/** A database file with prepared statements and transactions. Everything happens at once, before the call returns. */
export class SqliteDatabase {
  readonly #db: Database;
  readonly #statements = new Map<string, Statement>();

  constructor(db: Database) {
    this.#db = db;
  }

  run(sql: string, ...values: SQLiteValue[]): void {
    this.#with(sql, (statement) => statement.run(values));
  }

  /** The rows, as objects by column. `T` is what the query gives, which only its author knows. */
  all<T extends Row>(sql: string, ...values: SQLiteValue[]): T[] {
    return this.#with(sql, (statement) => statement.all(values)) as T[];
  }

  /** The first row. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters
  get<T extends Row>(sql: string, ...values: SQLiteValue[]): T | undefined {
    return this.all<T>(sql, ...values)[0];
  }

  /** Does all of the work or, if it throws, nothing of it. */
  transaction<T>(work: () => T): T {
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#db.exec("COMMIT");
      return result;
    } catch (error) {
      if (this.#db.inTransaction) this.#db.exec("ROLLBACK");
      throw error;
    }
  }

  /** Statements that are run once; several at a time. */
  exec(sql: string): void {
    this.#db.exec(sql);
  }

  get isOpen(): boolean {
    return this.#db.isOpen;
  }

  close(): void {
    for (const statement of this.#statements.values()) finalize(statement);
    this.#statements.clear();
    if (this.#db.isOpen) this.#db.close();
  }

  #with<T>(sql: string, work: (statement: Statement) => T): T {
    const statement = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    try {
      return work(statement);
    } catch (error) {
      // The driver cannot reset a statement whose run has failed, so that the next run would fail too.
      this.#statements.delete(sql);
      finalize(statement);
      throw error;
    }
  }
}

function finalize(statement: Statement): void {
  try {
    statement.finalize();
  } catch {
    // It tells once more how the statement's last run failed, and frees it all the same.
  }
}

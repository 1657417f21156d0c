import mysql, { type Connection } from "mysql2";
import type { Sequelize } from "sequelize";

/** What a statement may name by `:name`. Lists become `a, b`, lists of lists `(a, b), (c, d)`. */
export type Replacements = Readonly<Record<string, unknown>>;

/**
 * Characters that travel together; far below what a server takes (`max_allowed_packet`, 16 MiB in MariaDB) even when
 * each is three bytes.
 */
const MAX_BUNDLE = 1024 * 1024;

/**
 * A MySQL transaction that saves round trips: it begins together with its first SELECT, and what it writes waits for
 * the next SELECT or the COMMIT and travels with it. The database stops at the first statement that fails; then nothing
 * after it has run, COMMIT included.
 *
 * Made for batches of the pipeline, where each round trip costs more than the rows that it carries.
 */
export class BundledTransaction {
  readonly #connection: Connection;
  #waiting: string[] = ["START TRANSACTION"];

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Runs `work` in a transaction on a connection of its own. When it resolves, what it wrote is durable.
   *
   * @throws the driver's error; then nothing is written, unless the connection was lost during COMMIT
   */
  static async run<T>(sequelize: Sequelize, work: (transaction: BundledTransaction) => Promise<T>): Promise<T> {
    const { connectionManager } = sequelize;
    // The dialect is `mysql`, so it is the driver's.
    const connection = (await connectionManager.getConnection({ type: "write" })) as Connection;
    const transaction = new BundledTransaction(connection);
    try {
      const result = await work(transaction);
      await transaction.#send("COMMIT");
      return result;
    } catch (error) {
      await transaction.#undo();
      throw error;
    } finally {
      connectionManager.releaseConnection(connection);
    }
  }

  async select<R extends object>(statement: string, replacements: Replacements): Promise<R[]> {
    return (await this.#send(render(statement, replacements))) as R[];
  }

  /** Runs it before the next SELECT, or with the COMMIT; what is wrong with it is heard there. */
  defer(statement: string, replacements: Replacements): void {
    this.#waiting.push(render(statement, replacements));
  }

  /** Sends what waits and then this statement; gives the last one's answer. */
  async #send(statement: string): Promise<unknown> {
    const statements = [...this.#waiting, statement];
    this.#waiting = [];
    let answer: unknown;
    // One after the other: the database would go on with the next bundle although this one has failed.
    for (const bundle of bundles(statements)) {
      answer = await this.#query(bundle.join(";\n"));
      if (bundle.length > 1 && Array.isArray(answer)) answer = answer.at(-1);
    }
    return answer;
  }

  #query(text: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#connection.query(text, (error, answer: unknown) => {
        if (error) reject(error);
        else resolve(answer);
      });
    });
  }

  async #undo(): Promise<void> {
    this.#waiting = [];
    // A connection that cannot undo must not be used again; that it is gone undoes everything as well.
    await this.#send("ROLLBACK").catch(() => this.#connection.destroy());
  }
}

function* bundles(statements: readonly string[]): Iterable<string[]> {
  let bundle: string[] = [];
  let size = 0;
  for (const statement of statements) {
    if (bundle.length > 0 && size + statement.length > MAX_BUNDLE) {
      yield bundle;
      bundle = [];
      size = 0;
    }
    bundle.push(statement);
    size += statement.length;
  }
  yield bundle;
}

const NAME = /:([a-zA-Z]\w*)/g;

function render(statement: string, replacements: Replacements): string {
  return statement.replaceAll(NAME, (whole, name: string) =>
    Object.hasOwn(replacements, name) ? literal(replacements[name]) : whole,
  );
}

function literal(value: unknown): string {
  switch (typeof value) {
    case "number":
    case "boolean":
      return String(value);
    case "string":
      return mysql.escape(value);
    default:
      if (Array.isArray(value)) {
        return value.map((one) => (Array.isArray(one) ? `(${literal(one)})` : literal(one))).join(", ");
      }
      if (value === null || value === undefined) return "NULL";
      throw new TypeError("a statement takes numbers, texts, booleans and lists of these");
  }
}

import type { Connection } from "mysql2";
import type { Sequelize } from "sequelize";
import { type Replacements, type Value, render, renderRows } from "./statement.ts";

/**
 * Characters that travel together; far below what a server takes (`max_allowed_packet`, 16 MiB in MariaDB) even when
 * each is three bytes.
 */
const MAX_BUNDLE = 1024 * 1024;

/** A statement on its way, and who waits for its answer. */
interface Pending {
  readonly text: string;
  readonly resolve?: (answer: unknown) => void;
  readonly reject?: (error: unknown) => void;
}

/**
 * A MySQL transaction that saves round trips: it begins together with its first SELECT, SELECTs of one turn travel
 * together, and what it writes waits for the next SELECT or the COMMIT and travels with it. The database stops at the
 * first statement that fails; then nothing after it has run, COMMIT included.
 *
 * Made for batches of the pipeline, where each round trip costs more than the rows that it carries.
 */
export class BundledTransaction {
  readonly #connection: Connection;
  #waiting: Pending[] = [{ text: "START TRANSACTION" }];
  #isLeaving = false;

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
      await transaction.#ask("COMMIT");
      return result;
    } catch (error) {
      await transaction.#undo();
      throw error;
    } finally {
      connectionManager.releaseConnection(connection);
    }
  }

  async select<R extends object>(statement: string, replacements: Replacements): Promise<R[]> {
    return (await this.#ask(render(statement, replacements))) as R[];
  }

  /** Runs it before the next SELECT, or with the COMMIT; what is wrong with it is heard there. */
  defer(statement: string, replacements: Replacements): void {
    this.#waiting.push({ text: render(statement, replacements) });
  }

  /** The same for rows between two parts of a statement, `INSERT … VALUES ` and what follows the rows. */
  deferRows(before: string, rows: readonly (readonly Value[])[], after: string): void {
    this.#waiting.push({ text: before + renderRows(rows) + after });
  }

  #ask(text: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ text, resolve, reject });
      if (this.#isLeaving) return;
      this.#isLeaving = true;
      queueMicrotask(() => {
        this.#isLeaving = false;
        const pending = this.#waiting;
        this.#waiting = [];
        this.#send(pending).catch((error: unknown) => {
          for (const { reject: refuse } of pending) refuse?.(error);
        });
      });
    });
  }

  async #send(pending: readonly Pending[]): Promise<void> {
    // One after the other: the database would go on with the next bundle although this one has failed.
    for (const bundle of bundles(pending)) {
      const answer = await this.#query(bundle.map(({ text }) => text).join(";\n"));
      // Of several statements, the driver gives a list of their answers.
      const answers = bundle.length > 1 ? (answer as unknown[]) : [answer];
      bundle.forEach(({ resolve }, index) => resolve?.(answers[index]));
    }
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
    await this.#ask("ROLLBACK").catch(() => this.#connection.destroy());
  }
}

function* bundles(pending: readonly Pending[]): Iterable<Pending[]> {
  let bundle: Pending[] = [];
  let size = 0;
  for (const statement of pending) {
    if (bundle.length > 0 && size + statement.text.length > MAX_BUNDLE) {
      yield bundle;
      bundle = [];
      size = 0;
    }
    bundle.push(statement);
    size += statement.text.length;
  }
  yield bundle;
}

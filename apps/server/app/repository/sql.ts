import type { ResultSetHeader } from "mysql2";
import { QueryTypes, type Transaction } from "sequelize";
import type { Database } from "../infra/database/open.ts";
import { BundledTransaction } from "./bundled-transaction.ts";
import { directQuery } from "./direct-query.ts";
import { reachable } from "./errors.ts";
import { type Replacements, type Value, render } from "./statement.ts";

/** Rows of one statement; more would make it slow to parse and hard to log. */
const ROWS_PER_STATEMENT = 1_000;

/** What statements run in: a Sequelize transaction (SQLite, and work outside the pipeline) or a bundled one (MySQL). */
export type Work = Transaction | BundledTransaction;

/** What to do when a row's key is taken: refuse, leave the row that is there, or replace the named columns. */
type OnConflict = "refuse" | "ignore" | { readonly key: readonly string[]; readonly update: readonly string[] };

/** Raw SQL that both dialects understand, for the paths where the model layer would cost too much. */
export class Sql {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  get clock() {
    return this.#database.clock;
  }

  get database(): Database {
    return this.#database;
  }

  /** Rows as the database gives them: times and JSON as text, booleans as 0 and 1. `R` states the columns selected. */
  select<R extends object>(sql: string, replacements: Replacements, transaction?: Work): Promise<R[]> {
    if (transaction instanceof BundledTransaction) return transaction.select<R>(sql, replacements);
    const { sequelize, dialect } = this.#database;
    const options = { type: QueryTypes.SELECT as const, replacements };
    // Inside a transaction the pipeline itself must hear what went wrong.
    if (transaction) return sequelize.query<R>(sql, { ...options, transaction });
    return reachable(() =>
      dialect === "mysql"
        ? (directQuery(sequelize, render(sql, replacements)) as Promise<R[]>)
        : sequelize.query<R>(sql, options),
    );
  }

  /** SELECT that locks its rows until the transaction ends. SQLite has one writer and needs no row locks. */
  selectForUpdate<R extends object>(sql: string, replacements: Replacements, transaction: Work): Promise<R[]> {
    const suffix = this.#database.dialect === "mysql" ? " FOR UPDATE" : "";
    return this.select<R>(sql + suffix, replacements, transaction);
  }

  async run(sql: string, replacements: Replacements, transaction?: Work): Promise<void> {
    if (transaction instanceof BundledTransaction) transaction.defer(sql, replacements);
    else if (transaction) await this.#database.sequelize.query(sql, { replacements, transaction });
    else await this.update(sql, replacements);
  }

  /** An UPDATE outside a transaction; gives how many rows it matched. */
  update(sql: string, replacements: Replacements): Promise<number> {
    const { sequelize, dialect } = this.#database;
    return reachable(async () => {
      if (dialect === "sqlite") return sequelize.query(sql, { type: QueryTypes.BULKUPDATE, replacements });
      return ((await directQuery(sequelize, render(sql, replacements))) as ResultSetHeader).affectedRows;
    });
  }

  /** Inserts rows with multi-row statements. Times must be column text and JSON must be text already. */
  async insert(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly Value[])[],
    onConflict: OnConflict,
    transaction?: Work,
  ): Promise<void> {
    if (rows.length === 0) return;
    const names = columns.map((column) => `\`${column}\``).join(", ");
    const verb = onConflict === "ignore" ? this.#insertIgnore : "INSERT INTO";
    const before = `${verb} \`${table}\` (${names}) VALUES `;
    for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
      const chunk = rows.slice(start, start + ROWS_PER_STATEMENT);
      const after = this.#onConflict(onConflict);
      if (transaction instanceof BundledTransaction) transaction.deferRows(before, chunk, after);
      else await this.run(`${before}:rows${after}`, { rows: chunk }, transaction);
    }
  }

  /** UPDATE that leaves a row as it is where it would take a unique key that another row has. */
  get updateIgnore(): string {
    return this.#database.dialect === "mysql" ? "UPDATE IGNORE" : "UPDATE OR IGNORE";
  }

  get #insertIgnore(): string {
    return this.#database.dialect === "mysql" ? "INSERT IGNORE INTO" : "INSERT OR IGNORE INTO";
  }

  #onConflict(onConflict: OnConflict): string {
    if (typeof onConflict === "string") return "";
    const { key, update } = onConflict;
    if (this.#database.dialect === "mysql") {
      return ` ON DUPLICATE KEY UPDATE ${update.map((column) => `\`${column}\` = VALUES(\`${column}\`)`).join(", ")}`;
    }
    const target = key.map((column) => `\`${column}\``).join(", ");
    const set = update.map((column) => `\`${column}\` = excluded.\`${column}\``).join(", ");
    return ` ON CONFLICT (${target}) DO UPDATE SET ${set}`;
  }
}

/** What a JSON column gives: text. `T` is what we wrote into it. */
export type JsonText<T> = string & { readonly written?: T };

export function fromJson<T>(text: JsonText<T>): T {
  return JSON.parse(text) as T;
}

/** The text of a JSON column. */
export function toJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}

/** Takes the wildcards out of a LIKE pattern. `!` escapes, because a backslash means different things in each dialect. */
export function escapeLike(text: string): string {
  return text.replace(/[!%_]/g, (character) => `!${character}`);
}

import { QueryTypes, type Transaction } from "sequelize";
import { reachable } from "./errors.ts";
import type { Database } from "../infra/database/open.ts";

/** Rows of one statement; more would make it slow to parse and hard to log. */
const ROWS_PER_STATEMENT = 1_000;

type Value = string | number | boolean | null;

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
  select<R extends object>(
    sql: string,
    replacements: Record<string, unknown>,
    transaction?: Transaction,
  ): Promise<R[]> {
    const options = { type: QueryTypes.SELECT as const, replacements };
    // Inside a transaction the pipeline itself must hear what went wrong.
    if (transaction) return this.#database.sequelize.query<R>(sql, { ...options, transaction });
    return reachable(() => this.#database.sequelize.query<R>(sql, options));
  }

  /** SELECT that locks its rows until the transaction ends. SQLite has one writer and needs no row locks. */
  selectForUpdate<R extends object>(
    sql: string,
    replacements: Record<string, unknown>,
    transaction: Transaction,
  ): Promise<R[]> {
    const suffix = this.#database.dialect === "mysql" ? " FOR UPDATE" : "";
    return this.select<R>(sql + suffix, replacements, transaction);
  }

  async run(sql: string, replacements: Record<string, unknown>, transaction?: Transaction): Promise<void> {
    if (transaction) await this.#database.sequelize.query(sql, { replacements, transaction });
    else await reachable(() => this.#database.sequelize.query(sql, { replacements }));
  }

  /** An UPDATE outside a transaction; gives how many rows it matched. */
  update(sql: string, replacements: Record<string, unknown>): Promise<number> {
    return reachable(() => this.#database.sequelize.query(sql, { type: QueryTypes.BULKUPDATE, replacements }));
  }

  /** Inserts rows with multi-row statements. Times must be column text and JSON must be text already. */
  async insert(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly Value[])[],
    onConflict: OnConflict,
    transaction?: Transaction,
  ): Promise<void> {
    const names = columns.map((column) => `\`${column}\``).join(", ");
    const verb = onConflict === "ignore" ? this.#insertIgnore : "INSERT INTO";
    for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
      const chunk = rows.slice(start, start + ROWS_PER_STATEMENT);
      const sql = `${verb} \`${table}\` (${names}) VALUES :rows${this.#onConflict(onConflict)}`;
      await this.run(sql, { rows: chunk }, transaction);
    }
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

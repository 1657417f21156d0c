import type { ColumnDefinition, IndexDefinition, TableDefinition } from "./definition.ts";
import type { SchemaEditor } from "./editor.ts";
import { refuseRowsWithoutFill } from "./fill.ts";
import { inspectSqliteTable } from "./inspect-sqlite.ts";
import { createIndexSql, createTableSql, defaultSql, quoteName, quoteNames } from "./sql.ts";
import type { SqlRunner } from "./sql-runner.ts";

function without<T>(record: Readonly<Record<string, T>> | undefined, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record ?? {}).filter(([key]) => key !== name));
}

/**
 * Edits by making the table anew, copying its rows and taking its name (https://www.sqlite.org/lang_altertable.html,
 * section 7): SQLite's own ALTER TABLE changes neither a column nor a check. Needs a transaction around it.
 */
export class SqliteEditor implements SchemaEditor {
  readonly #sql: SqlRunner;

  constructor(sql: SqlRunner) {
    this.#sql = sql;
  }

  async createTable(table: string, definition: TableDefinition): Promise<void> {
    if (await inspectSqliteTable(this.#sql, table)) return;
    for (const statement of createTableSql("sqlite", table, definition)) await this.#sql.run(statement);
  }

  async dropTable(table: string): Promise<void> {
    await this.#sql.run(`DROP TABLE IF EXISTS ${quoteName(table)}`);
  }

  async addColumn(table: string, column: string, definition: ColumnDefinition, fill?: string): Promise<void> {
    const found = await this.#table(table);
    if (column in found.columns) return;
    if (fill === undefined) await refuseRowsWithoutFill(this.#sql, table, column, definition);
    await this.#rebuild(
      table,
      { ...found, columns: { ...found.columns, [column]: definition } },
      { [column]: fill ?? defaultSql("sqlite", definition) ?? "NULL" },
    );
  }

  async changeColumn(table: string, column: string, definition: ColumnDefinition, fill?: string): Promise<void> {
    const found = await this.#table(table);
    if (!(column in found.columns)) throw new Error(`${table} has no column ${column}`);
    const value = fill ?? defaultSql("sqlite", definition);
    const filled = definition.nullable !== true && value !== undefined;
    await this.#rebuild(
      table,
      { ...found, columns: { ...found.columns, [column]: definition } },
      filled ? { [column]: `COALESCE(${quoteName(column)}, ${value})` } : {},
    );
  }

  async dropColumn(table: string, column: string): Promise<void> {
    const found = await this.#table(table);
    if (!(column in found.columns)) return;
    await this.#rebuild(table, { ...found, columns: without(found.columns, column) });
  }

  async addIndex(table: string, index: string, definition: IndexDefinition): Promise<void> {
    if (index in ((await this.#table(table)).indexes ?? {})) return;
    await this.#sql.run(createIndexSql(table, index, definition));
  }

  async dropIndex(_table: string, index: string): Promise<void> {
    await this.#sql.run(`DROP INDEX IF EXISTS ${quoteName(index)}`);
  }

  async addCheck(table: string, check: string, expression: string): Promise<void> {
    const found = await this.#table(table);
    if (check in (found.checks ?? {})) return;
    await this.#rebuild(table, { ...found, checks: { ...found.checks, [check]: expression } });
  }

  async dropCheck(table: string, check: string): Promise<void> {
    const found = await this.#table(table);
    if (!(check in (found.checks ?? {}))) return;
    await this.#rebuild(table, { ...found, checks: without(found.checks, check) });
  }

  /** Puts `definition` in the place of a table. Columns keep their values but for those that `values` computes. */
  async #rebuild(table: string, definition: TableDefinition, values: Record<string, string> = {}): Promise<void> {
    const columns = Object.keys(definition.columns);
    const expressions = columns.map((column) => values[column] ?? quoteName(column));
    const anew = `${table}__new`;
    const [createTable] = createTableSql("sqlite", anew, { ...definition, indexes: {} });
    if (createTable === undefined) throw new Error(`nothing makes ${table}`);
    await this.#sql.run(createTable);
    await this.#sql.run(
      `INSERT INTO ${quoteName(anew)} (${quoteNames(columns)}) SELECT ${expressions.join(", ")} FROM ${quoteName(table)}`,
    );
    await this.#sql.run(`DROP TABLE ${quoteName(table)}`);
    await this.#sql.run(`ALTER TABLE ${quoteName(anew)} RENAME TO ${quoteName(table)}`);
    for (const [name, index] of Object.entries(definition.indexes ?? {})) {
      await this.#sql.run(createIndexSql(table, name, index));
    }
  }

  async #table(table: string): Promise<TableDefinition> {
    const found = await inspectSqliteTable(this.#sql, table);
    if (!found) throw new Error(`there is no table ${table}`);
    return found;
  }
}

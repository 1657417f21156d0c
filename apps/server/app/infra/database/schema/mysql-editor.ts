import type { ColumnDefinition, IndexDefinition, TableDefinition } from "./definition.ts";
import type { SchemaEditor } from "./editor.ts";
import { inspectMysqlTable } from "./inspect-mysql.ts";
import type { TableShape } from "./shape.ts";
import { checkSql, columnSql, createIndexSql, createTableSql, defaultSql, quoteName } from "./sql.ts";
import type { SqlRunner } from "./sql-runner.ts";
import { fillNulls, refuseRowsWithoutFill } from "./fill.ts";

/** Edits by ALTER TABLE. Each call is a commit of its own. */
export class MysqlEditor implements SchemaEditor {
  readonly #sql: SqlRunner;

  constructor(sql: SqlRunner) {
    this.#sql = sql;
  }

  async createTable(table: string, definition: TableDefinition): Promise<void> {
    if (await inspectMysqlTable(this.#sql, table)) return;
    for (const statement of createTableSql("mysql", table, definition)) await this.#sql.run(statement);
  }

  async dropTable(table: string): Promise<void> {
    await this.#sql.run(`DROP TABLE IF EXISTS ${quoteName(table)}`);
  }

  async addColumn(table: string, column: string, definition: ColumnDefinition, fill?: string): Promise<void> {
    const found = (await this.#table(table)).columns.get(column);
    if (definition.nullable === true || fill === undefined) {
      if (found) return;
      // Without this, MySQL would put '' or 0 into the rows that are there, where SQLite refuses.
      await refuseRowsWithoutFill(this.#sql, table, column, definition);
      await this.#alter(table, `ADD COLUMN ${columnSql("mysql", column, definition)}`);
      return;
    }
    // By way of a nullable column, which is also what a run that stopped half-way leaves.
    if (!found) await this.#alter(table, `ADD COLUMN ${columnSql("mysql", column, { ...definition, nullable: true })}`);
    if (!found || found.nullable) {
      await fillNulls(this.#sql, table, column, fill);
      await this.#alter(table, `MODIFY COLUMN ${columnSql("mysql", column, definition)}`);
    }
  }

  async changeColumn(table: string, column: string, definition: ColumnDefinition, fill?: string): Promise<void> {
    const value = fill ?? defaultSql("mysql", definition);
    if (definition.nullable !== true && value !== undefined) await fillNulls(this.#sql, table, column, value);
    await this.#alter(table, `MODIFY COLUMN ${columnSql("mysql", column, definition)}`);
  }

  async dropColumn(table: string, column: string): Promise<void> {
    if (!(await this.#table(table)).columns.has(column)) return;
    await this.#alter(table, `DROP COLUMN ${quoteName(column)}`);
  }

  async addIndex(table: string, index: string, definition: IndexDefinition): Promise<void> {
    if ((await this.#table(table)).indexes.has(index)) return;
    await this.#sql.run(createIndexSql(table, index, definition));
  }

  async dropIndex(table: string, index: string): Promise<void> {
    if (!(await this.#table(table)).indexes.has(index)) return;
    await this.#alter(table, `DROP INDEX ${quoteName(index)}`);
  }

  async addCheck(table: string, check: string, expression: string): Promise<void> {
    if ((await this.#table(table)).checks.has(check)) return;
    await this.#alter(table, `ADD ${checkSql(check, expression)}`);
  }

  async dropCheck(table: string, check: string): Promise<void> {
    if (!(await this.#table(table)).checks.has(check)) return;
    await this.#alter(table, `DROP CONSTRAINT ${quoteName(check)}`);
  }

  async #alter(table: string, change: string): Promise<void> {
    await this.#sql.run(`ALTER TABLE ${quoteName(table)} ${change}`);
  }

  async #table(table: string): Promise<TableShape> {
    const found = await inspectMysqlTable(this.#sql, table);
    if (!found) throw new Error(`there is no table ${table}`);
    return found;
  }
}

import type { ColumnDefinition, IndexDefinition, TableDefinition } from "./definition.ts";

/**
 * What migrations change a schema with: the same calls for each dialect. Each call does nothing when the schema is
 * already as it asks, so that a migration which stopped half-way (MySQL commits at each change) can simply run again.
 *
 * Migrations that have run somewhere rely on these calls: extend them, never change what one means.
 */
export interface SchemaEditor {
  createTable(table: string, definition: TableDefinition): Promise<void>;
  dropTable(table: string): Promise<void>;
  /**
   * @param fill SQL expression for the rows that are there already
   * @throws {Error} when the column may be neither null nor left to its default, there are rows, and no `fill` is given
   */
  addColumn(table: string, column: string, definition: ColumnDefinition, fill?: string): Promise<void>;
  /**
   * Gives a column another type, nullability or default.
   *
   * @param fill SQL expression for rows where the column is null and no longer may be; absent: the new default
   */
  changeColumn(table: string, column: string, definition: ColumnDefinition, fill?: string): Promise<void>;
  /** Removes a column that no index, key or check uses. */
  dropColumn(table: string, column: string): Promise<void>;
  addIndex(table: string, index: string, definition: IndexDefinition): Promise<void>;
  dropIndex(table: string, index: string): Promise<void>;
  /** @throws {Error} (the database's) when a row does not fulfil it */
  addCheck(table: string, check: string, expression: string): Promise<void>;
  dropCheck(table: string, check: string): Promise<void>;
}

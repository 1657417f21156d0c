import type { ColumnDefinition } from "./definition.ts";
import { quoteName } from "./sql.ts";
import type { SqlRunner } from "./sql-runner.ts";

/** Gives a value to the rows that have none in this column. */
export async function fillNulls(sql: SqlRunner, table: string, column: string, value: string): Promise<void> {
  await sql.run(`UPDATE ${quoteName(table)} SET ${quoteName(column)} = ${value} WHERE ${quoteName(column)} IS NULL`);
}

/** @throws {Error} when there are rows and a new column can be neither null nor its default in them */
export async function refuseRowsWithoutFill(
  sql: SqlRunner,
  table: string,
  column: string,
  definition: ColumnDefinition,
): Promise<void> {
  if (definition.nullable === true || definition.default !== undefined) return;
  const rows = await sql.rows<object>(`SELECT 1 AS found FROM ${quoteName(table)} LIMIT 1`);
  if (rows.length > 0) {
    throw new Error(`${table} has rows, so its new column ${column} needs a default, null, or a value to fill in`);
  }
}

import type { ColumnShape, IndexShape, SchemaShape, TableShape } from "./shape.ts";
import { quoteName } from "./sql.ts";
import type { SqlRunner } from "./sql-runner.ts";

interface ColumnRow {
  readonly name: string;
  readonly type: string;
  readonly nullable: "YES" | "NO";
  readonly fallback: string | null;
  readonly collation: string | null;
  readonly extra: string;
}

interface IndexRow {
  readonly name: string;
  readonly column_name: string;
  readonly non_unique: number;
  readonly prefix: number | null;
  readonly direction: string | null;
}

/** A table-level CHECK as SHOW CREATE TABLE prints it, one to a line. */
const CHECK_LINE = /^\s*CONSTRAINT `([^`]+)` CHECK \((.*)\),?$/;
/** MariaDB's JSON is LONGTEXT with this check on the column. */
const JSON_LINE = /^\s*`([^`]+)` .*CHECK \(json_valid\(`\1`\)\)/;

async function inspectColumns(
  sql: SqlRunner,
  table: string,
  ddl: readonly string[],
): Promise<Map<string, ColumnShape>> {
  const jsonColumns = new Set(ddl.map((line) => JSON_LINE.exec(line)?.[1]));
  const rows = await sql.rows<ColumnRow>(
    `SELECT COLUMN_NAME AS name, COLUMN_TYPE AS type, IS_NULLABLE AS nullable, COLUMN_DEFAULT AS fallback,
       COLLATION_NAME AS collation, EXTRA AS extra
     FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = :table ORDER BY ORDINAL_POSITION`,
    { table },
  );
  return new Map(
    rows.map((row) => [
      row.name,
      {
        type: [jsonColumns.has(row.name) ? "json" : row.type, row.extra].filter((text) => text !== "").join(" "),
        nullable: row.nullable === "YES",
        // MariaDB spells the absence of a default of a nullable column as the text NULL, MySQL as a null.
        default: row.fallback === null || row.fallback === "NULL" ? "none" : row.fallback,
        collation: row.collation ?? "none",
      },
    ]),
  );
}

async function inspectIndexes(sql: SqlRunner, table: string): Promise<Map<string, IndexShape>> {
  const rows = await sql.rows<IndexRow>(
    `SELECT INDEX_NAME AS name, COLUMN_NAME AS column_name, NON_UNIQUE AS non_unique, SUB_PART AS prefix,
       COLLATION AS direction
     FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = :table
     ORDER BY INDEX_NAME, SEQ_IN_INDEX`,
    { table },
  );
  const indexes = new Map<string, { columns: string[]; unique: boolean }>();
  for (const row of rows) {
    const index = indexes.get(row.name) ?? { columns: [], unique: row.non_unique === 0 };
    const prefix = row.prefix === null ? "" : `(${row.prefix})`;
    index.columns.push(`${row.column_name}${prefix}${row.direction === "D" ? " DESC" : ""}`);
    indexes.set(row.name, index);
  }
  return indexes;
}

/** A table as the server describes it; undefined when there is none of that name. */
export async function inspectMysqlTable(sql: SqlRunner, table: string): Promise<TableShape | undefined> {
  const [known] = await sql.rows<{ name: string }>(
    "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = :table",
    { table },
  );
  if (!known) return undefined;
  const [created] = await sql.rows<{ "Create Table": string }>(`SHOW CREATE TABLE ${quoteName(table)}`);
  const ddl = (created?.["Create Table"] ?? "").split("\n");
  const indexes = await inspectIndexes(sql, table);
  const primaryKey = indexes.get("PRIMARY")?.columns ?? [];
  indexes.delete("PRIMARY");
  const checks = ddl.flatMap((line): [string, string][] => {
    const [, name, expression] = CHECK_LINE.exec(line) ?? [];
    return name !== undefined && expression !== undefined ? [[name, expression]] : [];
  });
  return { columns: await inspectColumns(sql, table, ddl), primaryKey, indexes, checks: new Map(checks) };
}

/** Every table of a MySQL-protocol database. */
export async function inspectMysql(sql: SqlRunner): Promise<SchemaShape> {
  const tables = await sql.rows<{ name: string }>(
    `SELECT TABLE_NAME AS name FROM information_schema.TABLES
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE'`,
  );
  const schema = new Map<string, TableShape>();
  for (const { name } of tables) {
    const table = await inspectMysqlTable(sql, name);
    if (table) schema.set(name, table);
  }
  return schema;
}

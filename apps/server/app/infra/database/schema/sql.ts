import type { Dialect } from "../dialect.ts";
import type { ColumnDefinition, IndexDefinition, TableDefinition } from "./definition.ts";

/** Byte by byte, in every MySQL-protocol server. */
const BINARY_COLLATION = "utf8mb4_bin";
/** Without regard to case, in every MySQL-protocol server. */
const CASE_INSENSITIVE_COLLATION = "utf8mb4_unicode_ci";

/** @throws {Error} for a name with a backtick, which no table, column or index of ours has */
export function quoteName(name: string): string {
  if (name.includes("`")) throw new Error(`not a name: ${name}`);
  return `\`${name}\``;
}

export function quoteNames(names: readonly string[]): string {
  return names.map(quoteName).join(", ");
}

function literal(dialect: Dialect, value: string | number): string {
  if (typeof value === "number") return String(value);
  const quoted = value.replaceAll("'", "''");
  return `'${dialect === "mysql" ? quoted.replaceAll("\\", "\\\\") : quoted}'`;
}

function collation(dialect: Dialect, column: ColumnDefinition): string[] {
  if (column.caseInsensitive !== true) return [];
  return [`COLLATE ${dialect === "mysql" ? CASE_INSENSITIVE_COLLATION : "NOCASE"}`];
}

/** `name type …` as in CREATE TABLE and ALTER TABLE. */
export function columnSql(dialect: Dialect, name: string, column: ColumnDefinition): string {
  return [
    quoteName(name),
    column.type,
    ...collation(dialect, column),
    column.nullable === true ? "NULL" : "NOT NULL",
    ...(column.default === undefined ? [] : [`DEFAULT ${literal(dialect, column.default)}`]),
  ].join(" ");
}

/** A column's declared default as an expression, if it has one. */
export function defaultSql(dialect: Dialect, column: ColumnDefinition): string | undefined {
  return column.default === undefined ? undefined : literal(dialect, column.default);
}

export function checkSql(name: string, expression: string): string {
  return `CONSTRAINT ${quoteName(name)} CHECK (${expression})`;
}

export function createIndexSql(table: string, name: string, index: IndexDefinition): string {
  const kind = index.unique === true ? "UNIQUE INDEX" : "INDEX";
  return `CREATE ${kind} ${quoteName(name)} ON ${quoteName(table)} (${quoteNames(index.columns)})`;
}

/**
 * The statements that make a table with its indexes. MySQL gets one statement, so that a crash leaves either the whole
 * table or nothing.
 */
export function createTableSql(dialect: Dialect, table: string, definition: TableDefinition): string[] {
  const indexes = Object.entries(definition.indexes ?? {});
  const parts = [
    ...Object.entries(definition.columns).map(([name, column]) => columnSql(dialect, name, column)),
    `PRIMARY KEY (${quoteNames(definition.primaryKey)})`,
    ...Object.entries(definition.checks ?? {}).map(([name, expression]) => checkSql(name, expression)),
  ];
  if (dialect === "sqlite") {
    return [
      `CREATE TABLE IF NOT EXISTS ${quoteName(table)} (${parts.join(", ")})`,
      ...indexes.map(([name, index]) => createIndexSql(table, name, index)),
    ];
  }
  const keys = indexes.map(
    ([name, index]) =>
      `${index.unique === true ? "UNIQUE KEY" : "KEY"} ${quoteName(name)} (${quoteNames(index.columns)})`,
  );
  const options = `DEFAULT CHARACTER SET utf8mb4 COLLATE ${BINARY_COLLATION}`;
  return [`CREATE TABLE IF NOT EXISTS ${quoteName(table)} (${[...parts, ...keys].join(", ")}) ${options}`];
}

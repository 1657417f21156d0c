import type { ColumnDefinition, IndexDefinition, TableDefinition } from "./definition.ts";
import type { SchemaShape, TableShape } from "./shape.ts";
import type { SqlRunner } from "./sql-runner.ts";
import { parseCreateTable } from "./sqlite-ddl.ts";

interface MasterRow {
  readonly name: string;
  readonly sql: string;
}

interface ColumnRow {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
  /** Place in the primary key, from 1; 0 outside it. */
  readonly pk: number;
}

interface IndexRow {
  readonly name: string;
  readonly unique: number;
  /** "c" for CREATE INDEX, "u" for a UNIQUE constraint, "pk" for the key's own. */
  readonly origin: string;
}

function parseDefault(text: string | null): Pick<ColumnDefinition, "default"> {
  if (text === null || text === "NULL") return {};
  const quoted = /^'(.*)'$/s.exec(text);
  if (quoted) return { default: (quoted[1] ?? "").replaceAll("''", "'") };
  return { default: text !== "" && Number.isFinite(Number(text)) ? Number(text) : text };
}

async function inspectIndexes(sql: SqlRunner, table: string): Promise<Record<string, IndexDefinition>> {
  const found: Record<string, IndexDefinition> = {};
  const indexes = await sql.rows<IndexRow>(`SELECT name, "unique", origin FROM pragma_index_list(:table)`, { table });
  for (const index of indexes.filter((row) => row.origin !== "pk")) {
    const columns = await sql.rows<{ name: string }>("SELECT name FROM pragma_index_info(:index) ORDER BY seqno", {
      index: index.name,
    });
    found[index.name] = {
      columns: columns.map((column) => column.name),
      ...(index.unique === 1 ? { unique: true } : {}),
    };
  }
  return found;
}

/** A table as it would be declared anew; undefined when there is none of that name. */
export async function inspectSqliteTable(sql: SqlRunner, table: string): Promise<TableDefinition | undefined> {
  const [master] = await sql.rows<MasterRow>(
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name = :table",
    { table },
  );
  if (!master) return undefined;
  const ddl = parseCreateTable(master.sql);
  const rows = await sql.rows<ColumnRow>(
    `SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(:table)`,
    {
      table,
    },
  );
  const columns = rows.map((row): [string, ColumnDefinition] => [
    row.name,
    {
      type: row.type,
      ...(row.notnull === 0 ? { nullable: true } : {}),
      ...parseDefault(row.dflt_value),
      ...(ddl.caseInsensitiveColumns.has(row.name) ? { caseInsensitive: true } : {}),
    },
  ]);
  const key = rows.filter((row) => row.pk > 0).toSorted((a, b) => a.pk - b.pk);
  return {
    columns: Object.fromEntries(columns),
    primaryKey: key.map((row) => row.name),
    indexes: await inspectIndexes(sql, table),
    checks: Object.fromEntries(ddl.checks),
  };
}

function shapeOf(definition: TableDefinition): TableShape {
  const columns = Object.entries(definition.columns).map(
    ([name, column]) =>
      [
        name,
        {
          type: column.type.toLowerCase(),
          nullable: column.nullable === true,
          default: column.default === undefined ? "none" : JSON.stringify(column.default),
          collation: column.caseInsensitive === true ? "nocase" : "binary",
        },
      ] as const,
  );
  const indexes = Object.entries(definition.indexes ?? {}).map(
    ([name, index]) => [name, { columns: index.columns, unique: index.unique === true }] as const,
  );
  return {
    columns: new Map(columns),
    primaryKey: definition.primaryKey,
    indexes: new Map(indexes),
    checks: new Map(Object.entries(definition.checks ?? {})),
  };
}

/** Every table of a SQLite database. */
export async function inspectSqlite(sql: SqlRunner): Promise<SchemaShape> {
  const tables = await sql.rows<MasterRow>(
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
  );
  const schema = new Map<string, TableShape>();
  for (const { name } of tables) {
    const definition = await inspectSqliteTable(sql, name);
    if (definition) schema.set(name, shapeOf(definition));
  }
  return schema;
}

import type { ColumnShape, IndexShape, SchemaShape, TableShape } from "./shape.ts";

/** One thing that the models and the migrated database see differently, each side in the database's own words. */
export interface Difference {
  readonly table: string;
  readonly subject: "table" | "column" | "primary key" | "index" | "check";
  /** The column's, index's or check's; the table's own for a table and its key. */
  readonly name: string;
  /** Absent: only the database has it. */
  readonly expected?: string;
  /** Absent: only the models have it. */
  readonly actual?: string;
}

function columnText(column: ColumnShape): string {
  const fallback = column.default === "none" ? "no default" : `default ${column.default}`;
  const collation = column.collation === "none" ? [] : [`compared as ${column.collation}`];
  return [column.type, column.nullable ? "null" : "not null", fallback, ...collation].join(", ");
}

/** Whether a column that differs may hold nulls in the database as it is. */
export function wasNullable({ subject, actual }: Difference): boolean {
  return subject === "column" && actual?.split(", ").includes("null") === true;
}

function indexText(index: IndexShape): string {
  return `${index.unique ? "unique " : ""}(${index.columns.join(", ")})`;
}

function sides(expected: string | undefined, actual: string | undefined): Pick<Difference, "expected" | "actual"> {
  return { ...(expected === undefined ? {} : { expected }), ...(actual === undefined ? {} : { actual }) };
}

function compareMaps<Shape>(
  table: string,
  subject: Difference["subject"],
  expected: ReadonlyMap<string, Shape>,
  actual: ReadonlyMap<string, Shape>,
  textOf: (shape: Shape) => string,
): Difference[] {
  return [...new Set([...expected.keys(), ...actual.keys()])].flatMap((name) => {
    const [wanted, found] = [expected, actual].map((side) => {
      const shape = side.get(name);
      return shape === undefined ? undefined : textOf(shape);
    });
    return wanted === found ? [] : [{ table, subject, name, ...sides(wanted, found) }];
  });
}

function compareTables(table: string, expected: TableShape, actual: TableShape): Difference[] {
  const [wanted, found] = [expected, actual].map((side) => `(${side.primaryKey.join(", ")})`);
  return [
    ...compareMaps(table, "column", expected.columns, actual.columns, columnText),
    ...(wanted === found ? [] : [{ table, subject: "primary key" as const, name: table, ...sides(wanted, found) }]),
    ...compareMaps(table, "index", expected.indexes, actual.indexes, indexText),
    ...compareMaps(table, "check", expected.checks, actual.checks, (expression) => expression),
  ];
}

/** What two schemas of one server differ in, in both directions; the order of columns does not count. */
export function compareSchemas(expected: SchemaShape, actual: SchemaShape): Difference[] {
  const tables = [...new Set([...expected.keys(), ...actual.keys()])].toSorted();
  return tables.flatMap((table): Difference[] => {
    const [wanted, found] = [expected.get(table), actual.get(table)];
    if (wanted && found) return compareTables(table, wanted, found);
    return [{ table, subject: "table", name: table, ...(wanted ? { expected: "a table" } : { actual: "a table" }) }];
  });
}

/** A difference in one line. */
export function describeDifference({ table, subject, name, expected, actual }: Difference): string {
  const what = name === table ? `${subject} ${table}` : `${subject} ${table}.${name}`;
  if (expected !== undefined && actual !== undefined) {
    return `${what}: ${expected} in the models, ${actual} in the migrated database`;
  }
  const where = actual === undefined ? "only in the models" : "only in the migrated database";
  return subject === "table" ? `${what}: ${where}` : `${what}: ${where}: ${expected ?? actual}`;
}

import type { ColumnDefinition } from "../schema/definition.ts";
import { type Difference, wasNullable } from "../schema/difference.ts";
import type { SchemaDefinition } from "../schema/from-models.ts";
import { PRINT_WIDTH, printLiteral } from "./source.ts";

/** One call of a migration. */
export interface Step {
  readonly source: string;
  /** Loses data, so that it is written as a comment for somebody to decide on. */
  readonly destructive: boolean;
}

const INDENT = "  ";

function call(method: string, names: readonly string[], ...rest: readonly unknown[]): string {
  const start = `${INDENT}await schema.${method}(`;
  const first = names.map((name) => JSON.stringify(name));
  const line = `${start}${[...first, ...rest.map((value) => printLiteral(value, INDENT, 0))].join(", ")});`;
  if (line.length <= PRINT_WIDTH && !line.includes("\n")) return line;
  const [definition] = rest;
  if (rest.length === 1 && typeof definition === "object") {
    const opening = `${start}${first.join(", ")}, `;
    return `${opening}${printLiteral(definition, INDENT, opening.length + ");".length)});`;
  }
  const inner = INDENT + INDENT;
  const parameters = [...first, ...rest.map((value) => printLiteral(value, inner, inner.length + 1))];
  return `${start}\n${parameters.map((parameter) => `${inner}${parameter},\n`).join("")}${INDENT});`;
}

/** A value for rows that are there already, for types where nothing speaks against the empty one. */
function emptyValue(column: ColumnDefinition): string | undefined {
  if (column.nullable === true || column.default !== undefined) return undefined;
  if (/^(VARCHAR|CHAR|TEXT)/i.test(column.type)) return "''";
  return /INT/i.test(column.type) ? "0" : undefined;
}

function columnStep(difference: Difference, definition: ColumnDefinition | undefined): Step {
  const names = [difference.table, difference.name];
  if (definition === undefined) return { source: call("dropColumn", names), destructive: true };
  const method = difference.actual === undefined ? "addColumn" : "changeColumn";
  const fill = difference.actual === undefined || wasNullable(difference) ? emptyValue(definition) : undefined;
  return { source: call(method, names, definition, ...(fill === undefined ? [] : [fill])), destructive: false };
}

/** Dropping comes before adding: a changed index or check goes and comes anew under its name. */
function droppedParts(differences: readonly Difference[]): Step[] {
  const gone = differences.filter(({ actual }) => actual !== undefined);
  return [
    ...gone.filter(({ subject }) => subject === "check").map(({ table, name }) => call("dropCheck", [table, name])),
    ...gone.filter(({ subject }) => subject === "index").map(({ table, name }) => call("dropIndex", [table, name])),
  ].map((source) => ({ source, destructive: false }));
}

function addedParts(differences: readonly Difference[], schema: SchemaDefinition): Step[] {
  return differences.flatMap(({ table, subject, name }): Step[] => {
    const index = subject === "index" ? schema[table]?.indexes?.[name] : undefined;
    if (index) return [{ source: call("addIndex", [table, name], index), destructive: false }];
    const check = subject === "check" ? schema[table]?.checks?.[name] : undefined;
    return check === undefined ? [] : [{ source: call("addCheck", [table, name], check), destructive: false }];
  });
}

/**
 * The calls that take a migrated database to `schema`, in an order in which they can run.
 *
 * @throws {Error} for a changed primary key, which means a new table and a decision about its rows
 */
export function stepsFor(differences: readonly Difference[], schema: SchemaDefinition): Step[] {
  const key = differences.find(({ subject }) => subject === "primary key");
  if (key) throw new Error(`the primary key of ${key.table} differs: write that migration by hand`);
  const tables = differences.filter(({ subject }) => subject === "table");
  const columns = differences.filter(({ subject }) => subject === "column");
  return [
    ...tables
      .filter(({ actual }) => actual === undefined)
      .map(({ table }) => ({ source: call("createTable", [table], schema[table]), destructive: false })),
    ...droppedParts(differences),
    ...columns.map((difference) => columnStep(difference, schema[difference.table]?.columns[difference.name])),
    ...addedParts(differences, schema),
    ...tables
      .filter(({ expected }) => expected === undefined)
      .map(({ table }) => ({ source: call("dropTable", [table]), destructive: true })),
  ];
}

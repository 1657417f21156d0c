import mysql from "mysql2";

/** A value of a column. */
export type Value = string | number | boolean | null | Buffer;

/** What a statement may name by `:name`. Lists become `a, b`, lists of lists `(a, b), (c, d)`. */
export type Replacements = Readonly<Record<string, unknown>>;

const NAME = /:([a-zA-Z]\w*)/g;

/**
 * A statement for MySQL with its names replaced by literals.
 *
 * @throws {TypeError} for what is neither number, text, bytes, boolean, null nor a list of these
 */
export function render(statement: string, replacements: Replacements): string {
  return statement.replaceAll(NAME, (whole, name: string) =>
    Object.hasOwn(replacements, name) ? literal(replacements[name]) : whole,
  );
}

/** Rows for an INSERT's VALUES. */
export function renderRows(rows: readonly (readonly Value[])[]): string {
  return rows.map((row) => `(${row.map(literal).join(", ")})`).join(", ");
}

function literal(value: unknown): string {
  switch (typeof value) {
    case "number":
    case "boolean":
      return String(value);
    case "string":
      return mysql.escape(value);
    default:
      if (Array.isArray(value)) {
        return value.map((one) => (Array.isArray(one) ? `(${literal(one)})` : literal(one))).join(", ");
      }
      if (value === null || value === undefined) return "NULL";
      if (Buffer.isBuffer(value)) return `X'${value.toString("hex")}'`;
      throw new TypeError("a statement takes numbers, texts, bytes, booleans and lists of these");
  }
}

import type { Summary } from "./summary.ts";

interface Column {
  readonly head: string;
  readonly cell: (summary: Summary) => string;
}

const number = (value: number, digits: number): string =>
  Number.isNaN(value)
    ? "–"
    : value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

const COLUMNS: readonly Column[] = [
  { head: "workload", cell: ({ title }) => title },
  { head: "system", cell: ({ subject }) => subject },
  { head: "a second", cell: ({ rate, unit }) => `${number(rate, 0)} ${unit}` },
  { head: "±", cell: ({ rateSpread }) => `${number((rateSpread * 100) / 2, 0)}%` },
  { head: "p50 ms", cell: ({ p50 }) => number(p50, 1) },
  { head: "p99 ms", cell: ({ p99 }) => number(p99, 1) },
  { head: "max ms", cell: ({ max }) => number(max, 0) },
  { head: "server", cell: ({ server }) => number(server, 3) },
  { head: "database", cell: ({ database }) => number(database, 3) },
  { head: "generator", cell: ({ generator }) => number(generator, 3) },
  { head: "KiB each", cell: ({ kibPerConnection }) => number(kibPerConnection, 1) },
  { head: "others", cell: ({ others }) => `${number(others * 100, 0)}%` },
];

/** Columns whose cells are words. */
const WORDS = 2;

/** A table in Markdown whose columns also line up as text. */
export function table(summaries: readonly Summary[]): string {
  return align(
    [COLUMNS.map(({ head }) => head), ...summaries.map((one) => COLUMNS.map(({ cell }) => cell(one)))],
    WORDS,
  );
}

/** Rows of cells as a Markdown table, the first row its head; the first `words` columns to the left. */
export function align(rows: readonly (readonly string[])[], words: number): string {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  const line = (row: readonly string[]): string => {
    const cells = row.map((cell, index) =>
      index < words ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0),
    );
    return `| ${cells.join(" | ")} |`;
  };
  const rule = widths.map((width, index) => (index < words ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  const [head = [], ...body] = rows;
  return [line(head), line(rule), ...body.map(line)].join("\n");
}

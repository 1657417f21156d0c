import type { Table } from "dexie";

/** Small rows handed to the database in one go: some 10 ms of the thread, of which a screen has 50 before it is felt. */
export const ROWS_AT_ONCE = 250;

/**
 * Rows that reading a stretch of a table may find beside each one wanted. Chromium needs some 50 µs for a request and a
 * tenth of that for another row of the same one.
 */
const ROWS_PER_WANTED = 4;

/** With fewer wanted, each is asked for by itself. */
const STRETCH_FROM = 16;

/**
 * The rows of these keys, undefined where there is none: as `bulkGet`, which makes one request for each. Here the
 * stretch of the table from the first to the last is read at once, as far as that is not too many rows, and only what
 * lies beyond it one by one. `keyOf` gives a row's primary key.
 */
export async function readMany<T>(
  table: Table<T, string>,
  keys: readonly string[],
  keyOf: (row: T) => string,
): Promise<(T | undefined)[]> {
  if (keys.length < STRETCH_FROM) return table.bulkGet([...keys]);
  // As IndexedDB orders strings: by code units.
  const ordered = [...new Set(keys)].toSorted((a, b) => (a < b ? -1 : 1));
  const limit = ordered.length * ROWS_PER_WANTED;
  const [first, last] = [ordered[0] ?? "", ordered.at(-1) ?? ""];
  const stretch = await table.where(":id").between(first, last, true, true).limit(limit).toArray();
  const found = new Map(stretch.map((row) => [keyOf(row), row]));
  const reached = stretch.at(-1);
  if (reached !== undefined && stretch.length === limit) {
    const beyond = ordered.filter((key) => key > keyOf(reached));
    (await table.bulkGet(beyond)).forEach((row) => row && found.set(keyOf(row), row));
  }
  return keys.map((key) => found.get(key));
}

/**
 * Hands rows to `write` a few at a time. Each step waits for the database before the next begins, so that others get at
 * the thread in between; the transaction stays one.
 */
export async function inSteps<T>(
  rows: readonly T[],
  atOnce: number,
  write: (step: readonly T[]) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < rows.length; start += atOnce) await write(rows.slice(start, start + atOnce));
}

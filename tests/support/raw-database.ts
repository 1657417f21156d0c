import { join } from "node:path";
import { type RowDataPacket, createConnection } from "mysql2/promise";
import sqlite3 from "sqlite3";

/** Columns by name, as the database gives them. */
export type Row = Readonly<Record<string, unknown>>;

/** Reads and writes past the server. */
export interface RawDatabase {
  /** A whole table. */
  rows(table: string): Promise<Row[]>;
  /** What a SELECT gives. */
  select(sql: string): Promise<Row[]>;
  /** One statement that both databases understand. */
  run(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** How long a statement waits for the server to let go of the file, in milliseconds. */
const BUSY_MS = 10_000;

/** Opens the database of a stopped or running server: the one that the URL names, or the embedded one's file. */
export async function openRaw(databaseUrl: string | undefined, dataDir: string): Promise<RawDatabase> {
  if (databaseUrl !== undefined) {
    const connection = await createConnection({ uri: databaseUrl, charset: "utf8mb4", jsonStrings: true });
    const select = async (sql: string) => (await connection.query<RowDataPacket[]>(sql))[0];
    return {
      select,
      rows: (table) => select(`SELECT * FROM \`${table}\``),
      async run(sql) {
        await connection.query(sql);
      },
      close: () => connection.end(),
    };
  }
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(join(dataDir, "im.sqlite"), sqlite3.OPEN_READWRITE, (error) =>
      error === null ? resolve(opened) : reject(error),
    );
  });
  database.configure("busyTimeout", BUSY_MS);
  const select = (sql: string) =>
    new Promise<Row[]>((resolve, reject) => {
      database.all<Row>(sql, (error, rows) => (error === null ? resolve(rows) : reject(error)));
    });
  return {
    select,
    rows: (table) => select(`SELECT * FROM \`${table}\``),
    run: (sql) =>
      new Promise((resolve, reject) => {
        database.exec(sql, (error) => (error === null ? resolve() : reject(error)));
      }),
    close: () =>
      new Promise((resolve, reject) => {
        database.close((error) => (error === null ? resolve() : reject(error)));
      }),
  };
}

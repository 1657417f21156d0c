import { StoreFileError } from "./store-file-error.ts";
import type { SqliteDatabase } from "./sqlite-database.ts";

/** "IMst" in the file's header: says that a database is a store of this library. */
const APPLICATION_ID = 0x49_4d_73_74;

/**
 * The layouts that the file has had, oldest first; its version is the number of those applied. Append only: a layout
 * that has been released is on people's devices. All values but ids, numbers and files are JSON.
 */
const LAYOUTS: readonly string[] = [
  `
  CREATE TABLE device (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE positions (account TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE conversations (
    account TEXT, id TEXT, value TEXT NOT NULL, PRIMARY KEY (account, id)
  ) WITHOUT ROWID;
  CREATE TABLE messages (
    account TEXT, conversation TEXT, seq INTEGER, version INTEGER NOT NULL, bytes INTEGER NOT NULL,
    value TEXT NOT NULL, PRIMARY KEY (account, conversation, seq)
  ) WITHOUT ROWID;
  CREATE TABLE cached (
    account TEXT, conversation TEXT, messages INTEGER NOT NULL, bytes INTEGER NOT NULL,
    PRIMARY KEY (account, conversation)
  ) WITHOUT ROWID;
  CREATE TABLE opened (
    account TEXT, conversation TEXT, at INTEGER NOT NULL, PRIMARY KEY (account, conversation)
  ) WITHOUT ROWID;
  CREATE TABLE beginnings (
    account TEXT, conversation TEXT, seq INTEGER NOT NULL, PRIMARY KEY (account, conversation)
  ) WITHOUT ROWID;
  CREATE TABLE outgoing (
    place INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL,
    UNIQUE (account, id)
  );
  CREATE TABLE reads (
    account TEXT, conversation TEXT, seq INTEGER NOT NULL, PRIMARY KEY (account, conversation)
  ) WITHOUT ROWID;
  CREATE TABLE users (account TEXT, id TEXT, value TEXT NOT NULL, PRIMARY KEY (account, id)) WITHOUT ROWID;
  `,
  `
  CREATE TABLE changes (
    place INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL,
    UNIQUE (account, id)
  );
  CREATE TABLE drafts (
    account TEXT, conversation TEXT, value TEXT NOT NULL, PRIMARY KEY (account, conversation)
  ) WITHOUT ROWID;
  `,
  `
  CREATE TABLE people (account TEXT, id TEXT, value TEXT NOT NULL, PRIMARY KEY (account, id)) WITHOUT ROWID;
  `,
  // What messages that wait carry, in pieces.
  `
  CREATE TABLE files (
    account TEXT, id TEXT, file INTEGER, piece INTEGER, type TEXT NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (account, id, file, piece)
  );
  `,
];

/** The tables that have rows of an account. */
export const ACCOUNT_TABLES = [
  "positions",
  "conversations",
  "messages",
  "cached",
  "opened",
  "beginnings",
  "outgoing",
  "files",
  "reads",
  "changes",
  "drafts",
  "users",
  "people",
] as const;

/** Throws a `StoreFileError` where a database is another program's, or a later version's; changes nothing. */
export function recognize(db: SqliteDatabase, file: string): void {
  const id = db.get<{ application_id: number }>("PRAGMA application_id")?.application_id ?? 0;
  const isEmpty = db.get("SELECT 1 FROM sqlite_schema LIMIT 1") === undefined;
  if (id !== APPLICATION_ID && !(id === 0 && isEmpty)) {
    throw new StoreFileError("notAStore", `${file} is a database of another program`);
  }
  if (versionOf(db) > LAYOUTS.length) throw new StoreFileError("newer", `${file} was written by a later version`);
}

/** Brings a recognized database to the newest layout, step by step, each wholly. */
export function migrate(db: SqliteDatabase): void {
  for (let version = versionOf(db); version < LAYOUTS.length; version += 1) {
    db.transaction(() => {
      db.exec(LAYOUTS[version] ?? "");
      db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${version + 1}`);
    });
  }
}

function versionOf(db: SqliteDatabase): number {
  return db.get<{ user_version: number }>("PRAGMA user_version")?.user_version ?? 0;
}

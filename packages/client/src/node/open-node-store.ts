import { rmSync } from "node:fs";
import { resolve } from "node:path";
import type { Database } from "node-sqlite3-wasm";
import { FileOwner } from "./file-owner.ts";
import { SqliteDatabase } from "./sqlite-database.ts";
import { migrate, recognize } from "./sqlite-schema.ts";
import { SqliteStore } from "./sqlite-store.ts";
import { StoreFileError } from "./store-file-error.ts";

/** Where the store is. */
export interface NodeStoreOptions {
  /** Made if it is not there; its folder has to be. One file per server; nobody but its owner may read it. */
  file: string;
}

/**
 * Opens a store that survives the program, in a file. A process that is killed leaves what its last finished step
 * stored; a power cut may take the last steps, never a part of one. `close` gives the file back to others.
 *
 * @throws {StoreFileError} `inUse`, `notAStore`, `newer`, `noDriver` or `failed`
 */
export async function openNodeStore({ file }: NodeStoreOptions): Promise<SqliteStore> {
  const driver = await loadDriver();
  const path = resolve(file);
  return whole(path, () => {
    const owner = FileOwner.take(path);
    let db: SqliteDatabase | undefined;
    try {
      // The driver's lock is a folder, which a process that is killed leaves behind.
      if (owner.isTakenOver) rmSync(`${path}.lock`, { recursive: true, force: true });
      db = new SqliteDatabase(new driver.Database(path));
      // Before anything is read: the driver has no shared memory, which the log needs where several have it open.
      db.exec("PRAGMA locking_mode = EXCLUSIVE");
      recognize(db, path);
      db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON");
      migrate(db);
      return new SqliteStore(db, owner);
    } catch (error) {
      try {
        db?.close();
      } finally {
        owner.release();
      }
      throw error;
    }
  });
}

interface Driver {
  readonly Database: typeof Database;
}

async function loadDriver(): Promise<Driver> {
  try {
    // A CommonJS module, whose names Node does not see: they are those of its default export, unlike its types say.
    const loaded: Driver & { default?: Driver } = await import("node-sqlite3-wasm");
    return loaded.default ?? loaded;
  } catch (cause) {
    throw new StoreFileError("noDriver", "Storing in a file needs the package node-sqlite3-wasm", { cause });
  }
}

/** The work, its failures told in terms of the file. */
function whole<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof StoreFileError) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    if (/not a database|malformed/.test(message)) {
      throw new StoreFileError("notAStore", `${path} is no database: ${message}`, { cause });
    }
    if (/locked/.test(message)) {
      throw new StoreFileError("inUse", `${path} is locked by another program`, { cause });
    }
    throw new StoreFileError("failed", `${path} cannot be opened: ${message}`, { cause });
  }
}

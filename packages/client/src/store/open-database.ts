import { Dexie } from "dexie";
import type { DexieOptions } from "dexie";
import type { Versions } from "./indexeddb-schema.ts";
import { NewerLayoutError } from "./storage-fault.ts";

/**
 * Longest wait for IndexedDB, in milliseconds. Some browsers neither open nor refuse it (private windows of older
 * Firefox, Safari after an update), and a page that is frozen while it has an older layout open keeps others waiting.
 */
const OPEN_TIMEOUT_MS = 5_000;

/** Dexie multiplies its versions by this. */
const VERSION_FACTOR = 10;

/**
 * Opens a database in the newest of `versions`. Once it is closed, by whomever, it stays closed: opened again by itself,
 * a database that was erased would be back, empty and unnoticed. Rejects with `NewerLayoutError` where a later version of
 * the library has been.
 */
export async function openDatabase(name: string, options: DexieOptions, versions: Versions): Promise<Dexie> {
  const factory = (options.indexedDB ?? indexedDB) as Pick<IDBFactory, "open">;
  const held = await inTime(versionOf(name, factory), `${name} does not open`, () => undefined);
  if (held > versions.length * VERSION_FACTOR) throw new NewerLayoutError(name);
  const db = new Dexie(name, { ...options, autoOpen: false });
  versions.forEach(({ stores, upgrade }, index) => {
    const version = db.version(index + 1).stores(stores);
    if (upgrade) version.upgrade(upgrade);
  });
  // Another tab erases the database, or lays it out anew: it waits for this one to step aside.
  db.on("versionchange", () => {
    db.close();
    return false;
  });
  await inTime(db.open(), `${name} does not open`, () => db.close());
  return db;
}

/**
 * The version of a database, 0 where there is none. Asked of the browser itself, because Dexie opens a database of a
 * newer version as well, and adds to it what it misses.
 */
function versionOf(name: string, factory: Pick<IDBFactory, "open">): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name);
    let isNew = false;
    request.addEventListener("upgradeneeded", () => {
      isNew = true;
      request.transaction?.abort();
    });
    request.addEventListener("success", () => {
      const { result } = request;
      resolve(result.version);
      result.close();
    });
    request.addEventListener("error", () => {
      if (isNew) resolve(0);
      else reject(request.error ?? new Error(`${name} does not open`));
    });
  });
}

/** Waits for IndexedDB, but not for ever; calls `late` when the wait ends without an answer. */
export async function inTime<T>(work: PromiseLike<T>, message: string, late: () => void): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late();
      reject(new Error(message));
    }, OPEN_TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

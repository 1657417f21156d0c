import type { LocalStore } from "./local-store.ts";
import { MemoryStore } from "./memory-store.ts";

/**
 * Longest wait for IndexedDB to open, in milliseconds. Some browsers neither open nor refuse it (private windows of
 * older Firefox, Safari after an update); chatting without a cache is better than not at all.
 */
const OPEN_TIMEOUT_MS = 5_000;

/** The best store that this platform gives: IndexedDB where it works, else memory. Never rejects. */
export async function openStore(scope: string): Promise<LocalStore> {
  if (typeof indexedDB === "undefined") return new MemoryStore();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("IndexedDB does not open")), OPEN_TIMEOUT_MS);
  });
  try {
    return await Promise.race([openIndexedDb(scope), timeout]);
  } catch {
    return new MemoryStore();
  } finally {
    clearTimeout(timer);
  }
}

/** Dexie is more than half of the library: programs that keep nothing in a browser do not load it. */
async function openIndexedDb(scope: string): Promise<LocalStore> {
  const { IndexedDbStore } = await import("./indexeddb-store.ts");
  return IndexedDbStore.open({ scope });
}

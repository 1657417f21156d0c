import type { LocalStore } from "./local-store.ts";
import { MemoryStore } from "./memory-store.ts";

/** The best store that this platform gives: IndexedDB where it works, else memory. Never rejects. */
export async function openStore(scope: string): Promise<LocalStore> {
  if (typeof indexedDB === "undefined") return new MemoryStore();
  try {
    return await openIndexedDb(scope);
  } catch {
    return new MemoryStore();
  }
}

/** Dexie is more than half of the library: programs that keep nothing in a browser do not load it. */
async function openIndexedDb(scope: string): Promise<LocalStore> {
  const { IndexedDbStore } = await import("./indexeddb-store.ts");
  return IndexedDbStore.open({ scope });
}

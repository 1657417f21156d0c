/**
 * The store in IndexedDB, apart from the library's own entry, which loads it, with Dexie, only where it is used.
 *
 * @module @im-webapp/client/indexeddb
 */
export { IndexedDbStore } from "../store/indexeddb-store.ts";
export type { IndexedDbOptions } from "../store/indexeddb-store.ts";

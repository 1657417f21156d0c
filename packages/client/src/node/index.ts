/**
 * The store in a file, for Node; needs the package `node-sqlite3-wasm`.
 *
 * @module @im-webapp/client/node
 */
export { openNodeStore } from "./open-node-store.ts";
export type { NodeStoreOptions } from "./open-node-store.ts";
export { SqliteStore } from "./sqlite-store.ts";
export { StoreFileError } from "./store-file-error.ts";
export type { StoreFileReason } from "./store-file-error.ts";

export { openNodeStore } from "./open-node-store.ts";
export type { NodeStoreOptions } from "./open-node-store.ts";
export { SqliteStore } from "./sqlite-store.ts";
export { StoreFileError } from "./store-file-error.ts";
export type { StoreFileReason } from "./store-file-error.ts";

/**
 * The client library: connection, sync, outbox, local store and state of one user, in browsers and Node.
 *
 * @module @im-webapp/client
 */
export { ImClient } from "./im-client.ts";
export type { ImClientOptions } from "./im-client.ts";
export { ImError } from "./errors.ts";
export type { LocalReason } from "./errors.ts";
export type { CacheBounds } from "./cache/bounds.ts";
export type * from "./types.ts";
export type * from "./store/local-store.ts";
export type { ConversationRecord } from "./sync/conversation-record.ts";
export type { Held } from "./sync/held.ts";
export { MemoryStore } from "./store/memory-store.ts";
export { openStore } from "./store/open-store.ts";
export type { FileQuestion, FileSearchResult, SearchQuestion, SearchResult } from "./remote/search.ts";

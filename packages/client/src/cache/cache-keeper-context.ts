import type { ConversationId } from "@im-webapp/protocol";
import type { TaskGroup } from "../async/task-group.ts";
import type { AccountStore } from "../store/local-store.ts";
import type { CacheBounds, StorageQuota } from "./bounds.ts";

/** What keeping the cache within its bounds needs. */
export interface CacheKeeperContext {
  readonly store: Pick<AccountStore, "cached" | "evict">;
  readonly bounds: CacheBounds;
  /** What the platform grants; undefined where it does not say. */
  readonly quota: () => Promise<StorageQuota | undefined>;
  /** Conversations that lose nothing: pinned, or on screen. */
  readonly isKept: (id: ConversationId) => boolean;
  readonly tasks: TaskGroup;
}

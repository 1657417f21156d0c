import type { Logger } from "pino";
import type { Settings } from "../config/environment.ts";
import { Presence, type PresenceOptions } from "./core/presence/presence.ts";
import { MemoryRegistry } from "./infra/presence/memory-registry.ts";
import { RedisRegistry } from "./infra/presence/redis-registry.ts";
import { connectRedis } from "./infra/redis.ts";
import { SqlPresenceStore } from "./repository/presence-store.ts";
import type { Sql } from "./repository/sql.ts";

export interface PresenceParts extends Pick<PresenceOptions, "bus" | "limit" | "onFault"> {
  readonly settings: Settings;
  readonly sql: Sql;
  readonly nodeId: string;
  readonly log: Logger;
}

/** Builds what knows who is connected, over all nodes. */
export function composePresence({ settings, sql, nodeId, log, ...rest }: PresenceParts) {
  const registry =
    settings.redisUrl === undefined
      ? new MemoryRegistry()
      : new RedisRegistry(connectRedis(settings.redisUrl, "presence", log), nodeId);
  return {
    presence: new Presence({ ...rest, registry, store: new SqlPresenceStore(sql), clock: Date.now }),
    online: registry,
  };
}

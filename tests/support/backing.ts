import { inject } from "vitest";
import { makeTemporaryFolder, removeTemporaryFolder } from "./guard.ts";
import { createDatabase } from "./maria-db.ts";
import { type RedisServer, startRedis } from "./redis.ts";
import { type Server, type ServerOptions, startServer } from "./server.ts";

/** The services of the running project; null where there is none but SQLite. */
export interface BackingUrls {
  readonly mysqlUrl: string;
  readonly redisUrl: string;
}

declare module "vitest" {
  interface ProvidedContext {
    backing: BackingUrls | null;
  }
}

/** What servers that belong together share: a database of their own, and a bus of their own where there are services. */
export interface Backing {
  readonly kind: "embedded" | "services";
  /** `DATABASE_URL`, `REDIS_URL` and `DATA_DIR` for each server. */
  readonly env: Readonly<Record<string, string>>;
  /** The bus between the servers; undefined where each has only its own. */
  readonly redis: RedisServer | undefined;
  start(options?: ServerOptions): Promise<Server>;
  /** Removes what belongs to it; call it after the servers have stopped. */
  release(): Promise<void>;
}

const REDIS_PASSWORD = "secret@:/%";

/** An empty database for one test file: SQLite in the `embedded` project, MariaDB with Redis in the others. */
export async function openBacking(): Promise<Backing> {
  const urls = inject("backing");
  const folder = makeTemporaryFolder("data");
  if (urls === null) {
    const env = { DATA_DIR: folder };
    return {
      kind: "embedded",
      env,
      redis: undefined,
      start: (options = {}) => startServer({ ...options, env: { ...env, ...options.env }, dataDir: folder }),
      release: () => removeTemporaryFolder(folder),
    };
  }
  // Redis names its channels without regard to databases, so each file has a Redis to itself.
  const [databaseUrl, redis] = await Promise.all([
    createDatabase(urls.mysqlUrl),
    startRedis({ password: REDIS_PASSWORD }),
  ]);
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redis.url, DATA_DIR: folder };
  return {
    kind: "services",
    env,
    redis,
    start: (options = {}) => startServer({ ...options, env: { ...env, ...options.env }, dataDir: folder }),
    async release() {
      await redis.stop();
      await removeTemporaryFolder(folder);
    },
  };
}

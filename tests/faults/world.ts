import { Redis } from "ioredis";
import { type MariaDb, startMariaDb } from "../support/maria-db.ts";
import { makeTemporaryFolder, removeTemporaryFolder } from "../support/guard.ts";
import { type RedisServer, startRedis } from "../support/redis.ts";
import { type Server, startServer } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";
import { Proxy } from "./proxy.ts";

/** How long a node may take to come up once its database is there, in milliseconds. */
const NODE_UP_MS = 60_000;

/** What is shown of the log of a node that ended by itself, in UTF-16 units. */
const LOG_SHOWN = 4_000;

/** Groups above this size are large: of the six people of a run, all together are. */
export const FANOUT_MAX_MEMBERS = 4;

/** One node with its ways: from the clients, to the database and to Redis. */
export class FaultyNode {
  readonly clients: Proxy;
  readonly database: Proxy;
  readonly redis: Proxy;
  readonly #env: Record<string, string>;
  readonly #dataDir = makeTemporaryFolder("faults");
  #server: Server | undefined;
  /** What the node ended by when nobody had ended it: a fault of its own. */
  readonly crashes: string[] = [];
  #isExpectedToEnd = false;

  private constructor(clients: Proxy, database: Proxy, redis: Proxy, env: Record<string, string>) {
    this.clients = clients;
    this.database = database;
    this.redis = redis;
    this.#env = env;
  }

  static async open(databaseUrl: string, redisUrl: string): Promise<FaultyNode> {
    const addressOf = (url: string) => ({ host: "127.0.0.1", port: Number(new URL(url).port) });
    const opened: { node?: FaultyNode } = {};
    const [clients, database, redis] = await Promise.all([
      Proxy.open(() => opened.node?.address),
      Proxy.open(() => addressOf(databaseUrl)),
      Proxy.open(() => addressOf(redisUrl)),
    ]);
    const through = (url: string, { port }: Proxy) => url.replace(/:\d+(?=\/|$)/, `:${port}`);
    opened.node = new FaultyNode(clients, database, redis, {
      DATABASE_URL: through(databaseUrl, database),
      REDIS_URL: through(redisUrl, redis),
      FANOUT_MAX_MEMBERS: String(FANOUT_MAX_MEMBERS),
      LOG_LEVEL: "warn",
    });
    return opened.node;
  }

  /** Where clients find it, however often it is restarted. */
  get url(): string {
    return `http://127.0.0.1:${this.clients.port}`;
  }

  get address(): { host: string; port: number } | undefined {
    if (this.#server === undefined || this.#server.exit !== undefined) return undefined;
    const { hostname, port } = new URL(this.#server.url);
    return { host: hostname, port: Number(port) };
  }

  /** Starts it; a node ends by itself when its database is away at the start, and is started again. */
  async start(): Promise<void> {
    this.#server = await waitFor(
      () => startServer({ env: { ...this.#env, LOG_LEVEL: "info" }, dataDir: this.#dataDir }),
      { timeoutMs: NODE_UP_MS, what: "a node that comes up" },
    );
    this.#isExpectedToEnd = false;
    const server = this.#server;
    server.exited
      .then(({ code, signal }) => {
        if (!this.#isExpectedToEnd) this.crashes.push(`${code ?? signal}\n${server.logs().slice(-LOG_SHOWN)}`);
      })
      .catch((error: unknown) => this.crashes.push(String(error)));
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    this.#isExpectedToEnd = true;
    await this.#server?.kill();
  }

  /** SIGTERM, and the orderly end. */
  async stop(): Promise<void> {
    this.#isExpectedToEnd = true;
    if (this.#server?.exit === undefined) await this.#server?.stop();
  }

  mend(): void {
    for (const proxy of [this.clients, this.database, this.redis]) proxy.mend();
  }

  async close(): Promise<void> {
    if (this.#server?.exit === undefined) await this.kill();
    await Promise.all([this.clients, this.database, this.redis].map((proxy) => proxy.close()));
    await removeTemporaryFolder(this.#dataDir);
  }
}

/** Two nodes on a MariaDB and a Redis of their own. */
export class World {
  readonly database: MariaDb;
  readonly redis: RedisServer;
  readonly nodes: readonly FaultyNode[];

  private constructor(database: MariaDb, redis: RedisServer, nodes: readonly FaultyNode[]) {
    this.database = database;
    this.redis = redis;
    this.nodes = nodes;
  }

  static async open(): Promise<World> {
    const [database, redis] = await Promise.all([startMariaDb(), startRedis({ password: "faults" })]);
    const databaseUrl = await database.createDatabase();
    const nodes = await Promise.all([0, 1].map(() => FaultyNode.open(databaseUrl, redis.url)));
    await Promise.all(nodes.map((node) => node.start()));
    return new World(database, redis, nodes);
  }

  /** Empties Redis. */
  async flushRedis(): Promise<void> {
    const redis = new Redis(this.redis.url, { maxRetriesPerRequest: 0, retryStrategy: () => null });
    redis.on("error", () => undefined);
    try {
      await redis.flushall();
    } finally {
      redis.disconnect();
    }
  }

  async close(): Promise<void> {
    this.database.resume();
    this.redis.resume();
    await Promise.all(this.nodes.map((node) => node.close()));
    await Promise.all([this.database.stop(), this.redis.stop()]);
  }
}

import { Redis } from "ioredis";
import { Child } from "./child.ts";
import { freePort } from "./free-port.ts";
import { makeTemporaryFolder, removeTemporaryFolder } from "./guard.ts";
import { requireProgram } from "./programs.ts";
import { waitFor } from "./wait-for.ts";

/** How long Redis may take until it answers, in milliseconds. */
const READY_TIMEOUT_MS = 20_000;

/** Other ports to try when the first one was taken between finding and listening. */
const PORT_ATTEMPTS = 5;

export interface RedisServer {
  /** `redis://:PASSWORD@127.0.0.1:PORT`, the password percent-encoded; without it when there is none. */
  readonly url: string;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again, empty, after `kill`, on the same port. */
  restart(): Promise<void>;
  /** SIGSTOP: it takes connections and bytes, and answers nothing. */
  pause(): void;
  /** SIGCONT. */
  resume(): void;
  stop(): Promise<void>;
}

async function listen(folder: string, port: number, url: string, password: string | undefined): Promise<Child> {
  const child = await Child.start(
    requireProgram("redisServer"),
    [
      ["--bind", "127.0.0.1"],
      ["--port", String(port)],
      ["--dir", folder],
      ["--save", ""],
      ["--appendonly", "no"],
      password === undefined ? [] : ["--requirepass", password],
    ].flat(),
    { name: "redis-server" },
  );
  await waitFor(
    async () => {
      if (child.exit !== undefined) return true;
      const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
      redis.on("error", () => undefined);
      try {
        await redis.connect();
        return (await redis.ping()) === "PONG";
      } finally {
        redis.disconnect();
      }
    },
    { timeoutMs: READY_TIMEOUT_MS, what: "an answer of redis-server" },
  ).catch(async (error: unknown) => {
    await child.kill();
    throw new Error(`${String(error)}\n${child.logs()}`, { cause: error });
  });
  if (child.exit !== undefined) throw new Error(`redis-server ended at start\n${child.logs()}`);
  return child;
}

/**
 * Starts a private Redis without persistence: own folder, own port, loopback only.
 *
 * @throws Error with what it wrote when it does not come up.
 */
export async function startRedis({ password }: { password?: string } = {}): Promise<RedisServer> {
  const folder = makeTemporaryFolder("redis");
  const urlOf = (port: number) =>
    `redis://${password === undefined ? "" : `:${encodeURIComponent(password)}@`}127.0.0.1:${port}`;

  let port = await freePort();
  let child: Child | undefined;
  for (let attempt = 1; child === undefined; attempt += 1) {
    try {
      child = await listen(folder, port, urlOf(port), password);
    } catch (error) {
      if (!String(error).includes("already in use") || attempt >= PORT_ATTEMPTS) {
        await removeTemporaryFolder(folder);
        throw error;
      }
      port = await freePort();
    }
  }
  let running = child;

  return {
    url: urlOf(port),
    kill: () => running.kill(),
    async restart() {
      if (running.exit === undefined) throw new Error("redis-server is still running");
      running = await listen(folder, port, urlOf(port), password);
    },
    pause: () => running.signal("SIGSTOP"),
    resume: () => running.signal("SIGCONT"),
    async stop() {
      if (running.exit === undefined) await running.stop();
      await removeTemporaryFolder(folder);
    },
  };
}

import { join } from "node:path";
import { root } from "../../scripts/root.ts";
import { Child, type Exit } from "./child.ts";
import { makeTemporaryFolder, removeTemporaryFolder } from "./guard.ts";
import { nodeFlags } from "./node-flags.ts";
import { waitFor } from "./wait-for.ts";

/** How long the server may take until it listens, in milliseconds: migrations on a busy machine included. */
const START_TIMEOUT_MS = 60_000;

export interface ServerOptions {
  /** Added to the environment, which is otherwise empty but for what a program needs to run. */
  env?: Record<string, string | undefined>;
  /** Folder of its files; absent: a fresh one, removed when the server stops. The caller removes a folder it names. */
  dataDir?: string;
  workers?: number;
}

export interface Server {
  readonly url: string;
  readonly pid: number;
  readonly dataDir: string;
  /** Resolves when the process has ended. */
  readonly exited: Promise<Exit>;
  /** How it ended; undefined while it runs. */
  readonly exit: Exit | undefined;
  /** What it has written, JSON lines; the last part when it wrote much. */
  logs(): string;
  /**
   * SIGTERM; waits for the orderly end.
   *
   * @throws Error with the logs when it does not end by itself or its exit code is not 0.
   */
  stop(): Promise<void>;
  /** SIGKILL to the server and its workers. */
  kill(): Promise<void>;
}

/** The `url` of the line `{"msg":"listening","url":…}`, once it is there. */
function findUrl(logs: string): string | undefined {
  for (const line of logs.split("\n")) {
    if (!line.includes('"listening"')) continue;
    try {
      const entry: unknown = JSON.parse(line);
      if (typeof entry !== "object" || entry === null) continue;
      if ("msg" in entry && entry.msg === "listening" && "url" in entry && typeof entry.url === "string") {
        return entry.url;
      }
    } catch {
      // The line is not whole yet.
    }
  }
  return undefined;
}

/**
 * Starts the real server on a free port of the loopback interface and waits until it listens. Without a `DATABASE_URL`
 * it is the embedded one, on SQLite.
 *
 * @throws Error with what it wrote when it ends or stays silent.
 */
export async function startServer({ env = {}, dataDir, workers = 1 }: ServerOptions = {}): Promise<Server> {
  const folder = dataDir ?? makeTemporaryFolder("server");
  const child = await Child.start(process.execPath, [...nodeFlags(), join("apps", "server", "dist", "main.js")], {
    name: "the server",
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: process.env.TMPDIR,
      PORT: "0",
      HOST: "127.0.0.1",
      DATA_DIR: folder,
      WORKERS: String(workers),
      RATE_LIMIT: "off",
      LOG_LEVEL: "info",
      ...env,
    },
  });
  const removeOwnFolder = async () => {
    if (dataDir === undefined) await removeTemporaryFolder(folder);
  };

  let url: string;
  try {
    url = await waitFor(
      () => {
        if (child.exit !== undefined) return "ended";
        return findUrl(child.logs());
      },
      { timeoutMs: START_TIMEOUT_MS, what: "the server's listening line" },
    );
    if (url === "ended") throw new Error(`the server ended at start: ${JSON.stringify(child.exit)}`);
  } catch (error) {
    await child.kill();
    await removeOwnFolder();
    throw new Error(`${String(error)}\n${child.logs()}`, { cause: error });
  }

  return {
    url,
    pid: child.pid,
    dataDir: folder,
    exited: child.exited,
    get exit() {
      return child.exit;
    },
    logs: () => child.logs(),
    async stop() {
      if (child.exit !== undefined) {
        await removeOwnFolder();
        throw new Error(`the server had ended before it was stopped: ${JSON.stringify(child.exit)}\n${child.logs()}`);
      }
      const { code, signal } = await child.stop();
      await removeOwnFolder();
      if (code !== 0) throw new Error(`the server stopped with ${code ?? signal}, not 0\n${child.logs()}`);
    },
    async kill() {
      await child.kill();
      await removeOwnFolder();
    },
  };
}

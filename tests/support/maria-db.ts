import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createConnection } from "mysql2/promise";
import { Child } from "./child.ts";
import { freePort } from "./free-port.ts";
import { makeTemporaryFolder, removeTemporaryFolder } from "./guard.ts";
import { requireProgram } from "./programs.ts";
import { waitFor } from "./wait-for.ts";

/** How long MariaDB may take until it answers, in milliseconds. An InnoDB recovery on a busy disk takes seconds. */
const READY_TIMEOUT_MS = 60_000;

/** Other ports to try when the first one was taken between finding and listening. */
const PORT_ATTEMPTS = 5;

/** Has `@`, `:`, `/` and `%`, so that whoever reads a URL without decoding it fails here and not at a customer's. */
const PASSWORD_SUFFIX = "@:/%";

export interface MariaDb {
  /** The administrator's URL without a database: `mysql://root@127.0.0.1:PORT/`. */
  readonly url: string;
  /** Makes an empty database with a user of its own, and gives that user's URL (its password percent-encoded). */
  createDatabase(): Promise<string>;
  /** SIGKILL: as a power failure, without the disk's. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, on the same port and files. */
  restart(): Promise<void>;
  /** SIGSTOP: it takes connections and bytes, and answers nothing. */
  pause(): void;
  /** SIGCONT. */
  resume(): void;
  /** Ends it and removes its files. */
  stop(): Promise<void>;
}

const userOption = () => (process.getuid?.() === 0 ? ["--user=root"] : []);

const dataOf = (folder: string) => join(folder, "data");

/** A server removes at its start what it takes for another's remains: one that is shared loses files in use. */
const temporaryOf = (folder: string) => join(folder, "tmp");

function install(folder: string): void {
  mkdirSync(temporaryOf(folder));
  const done = spawnSync(
    requireProgram("mariadbInstallDb"),
    [
      "--no-defaults",
      `--datadir=${dataOf(folder)}`,
      "--auth-root-authentication-method=normal",
      "--skip-test-db",
      "--skip-name-resolve",
      ...userOption(),
    ],
    { encoding: "utf8" },
  );
  if (done.status !== 0) throw new Error(`mariadb-install-db failed (${done.status})\n${done.stdout}${done.stderr}`);
}

async function listen(folder: string, port: number): Promise<Child> {
  const child = await Child.start(
    requireProgram("mariadbd"),
    [
      "--no-defaults",
      `--datadir=${dataOf(folder)}`,
      `--tmpdir=${temporaryOf(folder)}`,
      `--port=${port}`,
      "--bind-address=127.0.0.1",
      `--socket=${join(folder, "socket")}`,
      `--pid-file=${join(folder, "pid")}`,
      "--skip-name-resolve",
      "--skip-log-bin",
      "--character-set-server=utf8mb4",
      // A commit is on disk before it is acknowledged: what the fault suite relies on.
      "--innodb-flush-log-at-trx-commit=1",
      "--innodb-buffer-pool-size=128M",
      "--innodb-log-file-size=64M",
      // Containers often lack the kernel's asynchronous I/O.
      "--innodb-use-native-aio=0",
      "--max-connections=300",
      "--performance-schema=OFF",
      ...userOption(),
    ],
    { name: "mariadbd" },
  );
  await waitFor(
    async () => {
      if (child.exit !== undefined) return true;
      const connection = await createConnection({ host: "127.0.0.1", port, user: "root" });
      try {
        await connection.query("SELECT 1");
      } finally {
        await connection.end();
      }
      return true;
    },
    { timeoutMs: READY_TIMEOUT_MS, what: "an answer of mariadbd" },
  ).catch(async (error: unknown) => {
    await child.kill();
    throw new Error(`${String(error)}\n${child.logs()}`, { cause: error });
  });
  if (child.exit !== undefined) throw new Error(`mariadbd ended at start\n${child.logs()}`);
  return child;
}

/**
 * Makes an empty database, and a user who may use it alone, at the server of an administrator's URL. Gives the user's
 * URL, the password percent-encoded.
 */
export async function createDatabase(adminUrl: string): Promise<string> {
  const name = `im_${randomBytes(6).toString("hex")}`;
  const password = randomBytes(9).toString("hex") + PASSWORD_SUFFIX;
  const connection = await createConnection(adminUrl);
  try {
    await connection.query(`CREATE DATABASE ${name}`);
    await connection.query(`CREATE USER ${name}@'127.0.0.1' IDENTIFIED BY ?`, [password]);
    await connection.query(`GRANT ALL ON ${name}.* TO ${name}@'127.0.0.1'`);
  } finally {
    await connection.end();
  }
  const { host } = new URL(adminUrl);
  return `mysql://${name}:${encodeURIComponent(password)}@${host}/${name}`;
}

/**
 * Starts a private MariaDB: own files under the temporary folder, own port, loopback only.
 *
 * @throws Error with what it wrote when it does not come up.
 */
export async function startMariaDb(): Promise<MariaDb> {
  const folder = makeTemporaryFolder("mariadb");
  install(folder);

  let port = await freePort();
  let child: Child | undefined;
  for (let attempt = 1; child === undefined; attempt += 1) {
    try {
      child = await listen(folder, port);
    } catch (error) {
      const taken = String(error).includes("Address already in use");
      if (!taken || attempt >= PORT_ATTEMPTS) {
        await removeTemporaryFolder(folder);
        throw error;
      }
      port = await freePort();
    }
  }
  let running = child;

  return {
    url: `mysql://root@127.0.0.1:${port}/`,
    createDatabase: () => createDatabase(`mysql://root@127.0.0.1:${port}/`),
    kill: () => running.kill(),
    async restart() {
      if (running.exit === undefined) throw new Error("mariadbd is still running");
      running = await listen(folder, port);
    },
    pause: () => running.signal("SIGSTOP"),
    resume: () => running.signal("SIGCONT"),
    async stop() {
      if (running.exit === undefined) await running.stop();
      await removeTemporaryFolder(folder);
    },
  };
}

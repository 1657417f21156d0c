import { type Backing, openBacking } from "../support/backing.ts";
import type { Server } from "../support/server.ts";

/** A server on a database of its own. */
export interface Running {
  readonly backing: Backing;
  readonly server: Server;
}

/**
 * Those of this process, by their environment. It serves one test file at a time, so no two files use one at once; the
 * guardian ends them with the process.
 */
const servers = new Map<string, Promise<Running>>();

/**
 * The server with this environment that the files of this process share; started by the first that asks.
 *
 * @throws Error with the logs when it has ended meanwhile
 */
export async function sharedServer(env: Readonly<Record<string, string>>): Promise<Running> {
  const key = JSON.stringify(Object.entries(env));
  const starting = servers.get(key) ?? start(env);
  servers.set(key, starting);
  const running = await starting;
  requireRunning(running);
  return running;
}

/** @throws Error with the logs when the server has ended */
export function requireRunning({ server }: Running): void {
  if (server.exit === undefined) return;
  throw new Error(`the shared server has ended: ${JSON.stringify(server.exit)}\n${server.logs()}`);
}

async function start(env: Readonly<Record<string, string>>): Promise<Running> {
  const backing = await openBacking();
  return { backing, server: await backing.start({ env }) };
}

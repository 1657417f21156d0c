import { type Server, createServer } from "node:http";
import { type AddressInfo } from "node:net";
import path from "node:path";
import { start } from "egg";
import type { Settings } from "../config/environment.ts";

const BASE_DIR = path.join(import.meta.dirname, "..");

/** A server that answers. */
export interface RunningServer {
  /** Where it listens; undefined for a worker, whose connections come from its supervisor. */
  readonly url: string | undefined;
  readonly http: Server;
  /** Stops accepting, finishes what was accepted, tells the clients, and closes everything. */
  stop(): Promise<void>;
}

/**
 * Runs the Egg application in this process.
 *
 * @param listen false for a worker whose supervisor owns the port
 * @throws when the database cannot be reached or the port is taken
 */
export async function serve(settings: Settings, listen: boolean): Promise<RunningServer> {
  // Egg reads these itself; `prod` keeps its development aids away.
  process.env["EGG_SERVER_ENV"] = "prod";
  process.env["EGG_TYPESCRIPT"] = "true";
  process.env["EGG_TS_ENABLE"] = "true";
  const app = await start({ baseDir: BASE_DIR, mode: "single", ignoreWarning: true });
  const handle = app.callback();
  const http = createServer((request, response) => void handle(request, response));
  app.emit("server", http);
  if (listen) await listening(http, settings);
  return {
    url: listen ? urlOf(http, settings) : undefined,
    http,
    async stop() {
      if (listen) http.close();
      http.closeIdleConnections();
      await app.close();
      http.closeAllConnections();
    },
  };
}

function listening(http: Server, { port, host }: Settings): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once("error", reject);
    http.listen({ port, ...(host !== undefined && { host }) }, () => {
      http.off("error", reject);
      resolve();
    });
  });
}

export function urlOf(http: Server, { host }: Settings): string {
  const { port } = http.address() as AddressInfo;
  const name = host === undefined || host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

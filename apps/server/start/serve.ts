import { type Server, createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { start } from "egg";
import type { Settings } from "../config/environment.ts";
import { CODE_FOLDER } from "../config/folders.ts";

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
  const isSource = import.meta.filename.endsWith(".ts");
  process.env["EGG_TYPESCRIPT"] = String(isSource);
  process.env["EGG_TS_ENABLE"] = String(isSource);
  const app = await start({ baseDir: CODE_FOLDER, mode: "single", ignoreWarning: true });
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

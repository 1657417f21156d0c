import { makeTemporaryFolder, removeTemporaryFolder } from "../support/guard.ts";
import { type Server, startServer } from "../support/server.ts";

/** A server that can be killed and started again, on what it has stored and at the same place. */
export class World {
  readonly url: string;
  readonly #dataDir: string;
  #server: Server;

  private constructor(server: Server, dataDir: string) {
    this.url = server.url;
    this.#server = server;
    this.#dataDir = dataDir;
  }

  static async open(): Promise<World> {
    const dataDir = makeTemporaryFolder("client-faults");
    return new World(await startServer({ dataDir }), dataDir);
  }

  kill(): Promise<void> {
    return this.#server.kill();
  }

  async start(): Promise<void> {
    this.#server = await startServer({ dataDir: this.#dataDir, env: { PORT: new URL(this.url).port } });
  }

  async close(): Promise<void> {
    await this.#server.stop();
    await removeTemporaryFolder(this.#dataDir);
  }
}

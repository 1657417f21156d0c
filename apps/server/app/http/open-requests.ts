import type { Server, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** The HTTP requests of a server that have not been answered to the end. */
export class OpenRequests {
  readonly #open = new Set<ServerResponse>();
  #draining = false;
  #onEmpty: (() => void) | undefined;

  /**
   * Call it before Socket.IO attaches to the server, which keeps its own requests (they last as long as the connection)
   * from the listeners that it finds.
   */
  watch(server: Server): void {
    server.on("request", (_request, response) => {
      if (this.#draining) response.setHeader("connection", "close");
      this.#open.add(response);
      response.once("close", () => {
        this.#open.delete(response);
        if (this.#open.size === 0) this.#onEmpty?.();
      });
    });
  }

  /**
   * Lets each connection end with its present request, and resolves when all are answered, at the latest after
   * `withinMs` milliseconds: whoever reads slowly, or keeps asking, must not hold up a stop.
   */
  async drain(withinMs: number): Promise<void> {
    this.#draining = true;
    for (const response of this.#open) if (!response.headersSent) response.setHeader("connection", "close");
    if (this.#open.size === 0) return;
    const late = new AbortController();
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    await Promise.race([empty, sleep(withinMs, undefined, { signal: late.signal }).catch(() => undefined)]);
    late.abort();
  }
}

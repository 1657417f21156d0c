import type { PushRequest, PushSettings } from "@im-webapp/protocol";
import type { RemoteContext } from "./remote.ts";

/** How this device is notified while the program does not run. Every call needs the server, and rejects with an `ImError`. */
export class PushCalls {
  readonly #context: RemoteContext;

  constructor(context: RemoteContext) {
    this.#context = context;
  }

  /** The server's key, for `pushManager.subscribe`, and what this device has asked for. */
  settings(): Promise<PushSettings> {
    return this.#context.send({ method: "GET", path: "/me/push" });
  }

  /**
   * Has this device notified until its session ends. Asked again, it replaces what was asked before. `FORBIDDEN` where the
   * server does not speak to the browser's push service.
   */
  subscribe(request: PushRequest): Promise<PushSettings> {
    return this.#context.send({ method: "PUT", path: "/me/push", body: request });
  }

  async unsubscribe(): Promise<void> {
    await this.#context.send({ method: "DELETE", path: "/me/push" });
  }
}

import type { Seq } from "@im-webapp/protocol";
import type { TaskGroup } from "../async/task-group.ts";
import type { Call } from "../transport/link.ts";

/** Shortest time between two acknowledgements, in milliseconds: they only help the server to trim and to show. */
const ACK_INTERVAL_MS = 5_000;

/**
 * Tells the server now and then how far this device has stored its timeline. Late or lost acknowledgements cost
 * nothing, so failures are left to the next one.
 */
export class Acknowledger {
  readonly #call: Call;
  readonly #tasks: TaskGroup;
  #acknowledged: Seq | null = null;
  #stored: Seq | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(call: Call, tasks: TaskGroup) {
    this.#call = call;
    this.#tasks = tasks;
  }

  /** Everything up to `cursor` is stored. */
  stored(cursor: Seq): void {
    this.#stored = cursor;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tasks.run(() => this.#acknowledge());
    }, ACK_INTERVAL_MS);
  }

  /** Sends nothing until the next `stored`. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#acknowledged = null;
  }

  async #acknowledge(): Promise<void> {
    const cursor = this.#stored;
    if (cursor === null || cursor === this.#acknowledged) return;
    try {
      await this.#call("sync:ack", { cursor });
      this.#acknowledged = cursor;
    } catch {
      // The next one says the same and more.
    }
  }
}

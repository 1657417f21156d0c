import { Serial } from "../async/serial.ts";

/**
 * Writes of what waits to be sent, one after the other, and reading it again when another tab has written. What was
 * read is taken over only where nothing of this tab's has come in between, else it is read once more: memory may be
 * ahead of the store, and never goes back to an older state of it.
 */
export class PendingWrites {
  readonly #steps = new Serial();
  readonly #stored: () => void;
  #waiting = 0;
  /** Readings that wait for the writes to be done. */
  readonly #rereads: (() => void)[] = [];

  /** `stored` is called after each write. */
  constructor(stored: () => void) {
    this.#stored = stored;
  }

  /** Runs a write once those before it are done. */
  async run<T>(write: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    try {
      return await this.#steps.run(write);
    } finally {
      this.#waiting -= 1;
      this.#stored();
      if (this.#waiting === 0) for (const reread of this.#rereads.splice(0)) reread();
    }
  }

  /**
   * Reads the store until what it says is as new as memory, then hands it to `take`. `memory` gives an object that is
   * another one whenever memory has changed.
   */
  async refresh<T>(memory: () => unknown, read: () => Promise<T>, take: (stored: T) => void): Promise<void> {
    await this.#steps.run(async () => {
      for (let settled = false; !settled && this.#waiting === 0;) {
        const before = memory();
        const stored = await read();
        settled = memory() === before && this.#waiting === 0;
        if (settled) take(stored);
      }
    });
    if (this.#waiting > 0) {
      await new Promise<void>((resolve) => {
        this.#rereads.push(resolve);
      });
      await this.refresh(memory, read, take);
    }
  }
}

/**
 * Work that nobody awaits, kept track of: a fault goes to `onFault` instead of becoming an unhandled rejection, and
 * `idle` lets the owner wait for all of it before it closes what the work uses.
 */
export class TaskGroup {
  readonly #running = new Set<Promise<void>>();
  readonly #onFault: (error: unknown) => void;

  constructor(onFault: (error: unknown) => void) {
    this.#onFault = onFault;
  }

  /** Starts `task` at once, synchronously up to its first `await`. */
  run(task: () => Promise<unknown>): void {
    const running: Promise<void> = task()
      .then(() => undefined, this.#onFault)
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves once nothing runs, work that was started meanwhile included. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}

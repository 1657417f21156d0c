import type { Files } from "./files.ts";

/** Time between two looks, in milliseconds. */
const EVERY_MS = 60_000;

/** Files of one step. */
const FILES_PER_STEP = 50;

/** Removes files that no message carries: a task of every node, in small steps; two that meet do no harm. */
export class FileSweeper {
  readonly #files: Pick<Files, "sweep">;
  readonly #uploads: { sweep(): Promise<void> };
  readonly #onFault: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isStopped = false;

  constructor(files: Pick<Files, "sweep">, uploads: { sweep(): Promise<void> }, onFault: (error: unknown) => void) {
    this.#files = files;
    this.#uploads = uploads;
    this.#onFault = onFault;
  }

  /** Looks now, and then once a minute. */
  start(): void {
    this.#begin();
    this.#timer = setInterval(() => this.#begin(), EVERY_MS);
    this.#timer.unref();
  }

  /** Resolves when the step that is under way has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Removes all that may go by now. */
  async pass(): Promise<void> {
    while (!this.#isStopped && (await this.#files.sweep(FILES_PER_STEP)) === FILES_PER_STEP);
    await this.#uploads.sweep();
  }

  #begin(): void {
    this.#running ??= this.pass()
      .catch(this.#onFault)
      .finally(() => (this.#running = undefined));
  }
}

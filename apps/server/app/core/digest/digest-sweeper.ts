import type { Digests } from "./digests.ts";

/** Time between two looks, in milliseconds: each is one read of an index. */
const EVERY_MS = 5_000;

/** Addresses of one step. */
const ADDRESSES_PER_STEP = 50;

/** The longest pause after the mail server was away, in milliseconds: each is twice as long as the one before. */
const MAX_PAUSE_MS = 60 * 60_000;

/** Sends the mails that are due: a task of every node, each of which takes what no other has taken. */
export class DigestSweeper {
  readonly #digests: Pick<Digests, "pass">;
  readonly #onFault: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isStopped = false;
  #pauseMs = EVERY_MS;

  constructor(digests: Pick<Digests, "pass">, onFault: (error: unknown) => void) {
    this.#digests = digests;
    this.#onFault = onFault;
  }

  start(): void {
    this.#running = this.#pass()
      .catch(this.#onFault)
      .finally(() => {
        if (this.#isStopped) return;
        this.#timer = setTimeout(() => this.start(), this.#pauseMs);
        this.#timer.unref();
      });
  }

  /** Resolves when the mail that is under way has been sent or given up. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #pass(): Promise<void> {
    let looked = ADDRESSES_PER_STEP;
    let isUp = true;
    while (!this.#isStopped && isUp && looked === ADDRESSES_PER_STEP) {
      ({ looked, isUp } = await this.#digests.pass(ADDRESSES_PER_STEP));
    }
    this.#pauseMs = isUp ? EVERY_MS : Math.min(MAX_PAUSE_MS, 2 * this.#pauseMs);
  }
}

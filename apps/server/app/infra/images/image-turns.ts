import sharp from "sharp";
import { unavailable } from "../../core/shared/errors.ts";

// One image after the other, on one thread: the others are for passwords and files.
sharp.concurrency(1);
sharp.cache(false);

/** Lets work on images take turns: each takes up to a second of a core and 64 MiB. */
export class ImageTurns {
  readonly #maxWaiting: number;
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** @param maxWaiting how many may wait at a time */
  constructor(maxWaiting: number) {
    this.#maxWaiting = maxWaiting;
  }

  /** @throws {ImError} `UNAVAILABLE` when too many wait */
  take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= this.#maxWaiting) return Promise.reject(unavailable("too many images are waiting"));
    this.#waiting += 1;
    const made = this.#tail.then(work);
    this.#tail = made.catch(() => undefined).finally(() => (this.#waiting -= 1));
    return made;
  }
}

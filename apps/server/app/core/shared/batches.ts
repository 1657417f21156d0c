/** Most keys of one batch. */
const MAX_KEYS = 1_000;

/**
 * Gathers keys, each with its latest value, while a batch of earlier ones is worked on; one batch at a time. What the
 * work throws rejects those who wait for a key of that batch.
 */
export class Batches<K, V> {
  readonly #work: (batch: ReadonlyMap<K, V>) => Promise<void>;
  readonly #merge: (old: V, next: V) => V;
  readonly #onFault: (error: unknown) => void;
  #waiting = new Map<K, V>();
  #next: Promise<void> | undefined;
  #tail: Promise<void> = Promise.resolve();

  constructor(
    work: (batch: ReadonlyMap<K, V>) => Promise<void>,
    onFault: (error: unknown) => void,
    merge: (old: V, next: V) => V = (_, next) => next,
  ) {
    this.#work = work;
    this.#onFault = onFault;
    this.#merge = merge;
  }

  /** Resolves when a batch with these keys has been worked on that began after this call. */
  add(entries: Iterable<readonly [K, V]>): Promise<void> {
    for (const [key, value] of entries) {
      const old = this.#waiting.get(key);
      this.#waiting.set(key, old === undefined ? value : this.#merge(old, value));
    }
    if (this.#waiting.size === 0) return Promise.resolve();
    if (!this.#next) {
      this.#next = this.#tail.then(() => this.#run());
      this.#tail = this.#next.catch(() => undefined);
    }
    return this.#next;
  }

  /** The same for those who do not wait. */
  note(entries: Iterable<readonly [K, V]>): void {
    this.add(entries).catch((error: unknown) => this.#onFault(error));
  }

  async #run(): Promise<void> {
    const taken = [...this.#waiting];
    this.#waiting = new Map();
    this.#next = undefined;
    for (let start = 0; start < taken.length; start += MAX_KEYS) {
      await this.#work(new Map(taken.slice(start, start + MAX_KEYS)));
    }
  }
}

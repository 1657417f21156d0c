interface Waiter {
  admit(): void;
}

/** A mutex within one process that admits in order of arrival. */
export class FairLock {
  #held = false;
  readonly #waiters = new Set<Waiter>();

  /** Resolves true once the caller holds the lock, false when that took longer than `timeoutMs`. */
  acquire(timeoutMs: number): Promise<boolean> {
    if (!this.#held) {
      this.#held = true;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const waiter: Waiter = {
        admit: () => {
          clearTimeout(timer);
          resolve(true);
        },
      };
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        resolve(false);
      }, timeoutMs);
      this.#waiters.add(waiter);
    });
  }

  /** Passes the lock on to who has waited longest. Only its holder may call this, once. */
  release(): void {
    const [next] = this.#waiters;
    if (next) {
      this.#waiters.delete(next);
      next.admit();
    } else {
      this.#held = false;
    }
  }
}

/** Things that should come by themselves, each with what to do when they have not. */
export class Expectations {
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  /** Calls `missed` after `ms` milliseconds if `isMissing` says so by then. */
  add(ms: number, isMissing: () => boolean, missed: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (isMissing()) missed();
    }, ms);
    this.#timers.add(timer);
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}

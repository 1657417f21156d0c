/**
 * Does things late, and in their order: what comes after a delay was taken away waits for what is still delayed, as the
 * bytes of one TCP connection do.
 */
export class LateLane {
  readonly #queue: { readonly dueAt: number; readonly work: () => void }[] = [];

  /** @param delayMs from now; 0 does it at once unless something waits */
  push(work: () => void, delayMs: number): void {
    if (delayMs <= 0 && this.#queue.length === 0) {
      work();
      return;
    }
    const last = this.#queue.at(-1)?.dueAt ?? 0;
    this.#queue.push({ dueAt: Math.max(performance.now() + delayMs, last), work });
    if (this.#queue.length === 1) this.#wait();
  }

  #wait(): void {
    const [next] = this.#queue;
    if (!next) return;
    setTimeout(
      () => {
        this.#queue.shift();
        next.work();
        this.#wait();
      },
      Math.max(0, next.dueAt - performance.now()),
    );
  }
}

import { ImError } from "../errors.ts";
import type { PendingChange } from "../store/local-store.ts";
import { isWaiting } from "./pending-change.ts";

interface Waiter {
  resolve(): void;
  reject(error: ImError): void;
}

/** Callers who wait for what the server says to their change. */
export class Outcomes {
  readonly #waiters = new Map<string, Waiter>();

  /** Resolves when the change is accepted, made needless, or given up on; rejects when it is refused for good. */
  of(id: string): Promise<void> {
    return new Promise((resolve, reject) => this.#waiters.set(id, { resolve, reject }));
  }

  /** The changes are these by now. */
  settle(changes: readonly PendingChange[]): void {
    if (this.#waiters.size === 0) return;
    const held = new Map(changes.map((change) => [change.id, change]));
    for (const [id, waiter] of this.#waiters) {
      const change = held.get(id);
      if (change && isWaiting(change)) continue;
      this.#waiters.delete(id);
      if (change?.error) waiter.reject(new ImError(change.error));
      else waiter.resolve();
    }
  }

  /** No answer can come for now: the changes are stored, which is all that can be said of them. */
  giveUp(): void {
    for (const waiter of this.#waiters.values()) waiter.resolve();
    this.#waiters.clear();
  }
}

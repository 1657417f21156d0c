import type { UserId } from "@im-webapp/protocol";

/** Whom the program wants to know of, counted; outlives connections and accounts. */
export class WatchedUsers {
  readonly #counts = new Map<UserId, number>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Watches until the returned function is called. */
  add(userIds: readonly UserId[]): () => void {
    const watched = [...new Set(userIds)];
    for (const userId of watched) this.#counts.set(userId, (this.#counts.get(userId) ?? 0) + 1);
    this.#changed();
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      for (const userId of watched) {
        const count = this.#counts.get(userId) ?? 0;
        if (count > 1) this.#counts.set(userId, count - 1);
        else this.#counts.delete(userId);
      }
      this.#changed();
    };
  }

  has(userId: UserId): boolean {
    return this.#counts.has(userId);
  }

  /** Those watched last, at most so many. */
  newest(count: number): UserId[] {
    return [...this.#counts.keys()].slice(-count);
  }
}

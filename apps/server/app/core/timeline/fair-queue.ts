/** What waits in a queue, and behind what. */
export interface Queued {
  /** Items of one lane leave in the order in which they came. */
  readonly lane: string;
}

/**
 * A queue that serves its lanes in turn, one item of each, so that a lane with thousands of items does not hold up one
 * with a single item (round robin).
 */
export class FairQueue<T extends Queued> {
  /** The lanes that have something, the one to be served next first. None is empty. */
  #lanes = new Map<string, T[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(item: T): void {
    const items = this.#lanes.get(item.lane);
    if (items) items.push(item);
    else this.#lanes.set(item.lane, [item]);
    this.#size += 1;
  }

  /** Takes items until none is left or the next one does not fit; that one stays the next. */
  take(fits: (item: T) => boolean): T[] {
    const taken: T[] = [];
    // A lane that is put to the end comes up again in the same loop.
    for (const [lane, items] of this.#lanes) {
      const [item] = items;
      if (item === undefined || !fits(item)) break;
      items.shift();
      this.#lanes.delete(lane);
      if (items.length > 0) this.#lanes.set(lane, items);
      taken.push(item);
    }
    this.#size -= taken.length;
    return taken;
  }

  /** Puts back what was taken last: before all others, in the same order. */
  putBack(taken: readonly T[]): void {
    if (taken.length === 0) return;
    const others = this.#lanes;
    this.#lanes = new Map();
    this.#size += taken.length;
    for (const item of taken) {
      const items = this.#lanes.get(item.lane);
      if (items) items.push(item);
      else this.#lanes.set(item.lane, [item]);
    }
    for (const [lane, items] of others) {
      const before = this.#lanes.get(lane);
      if (before) before.push(...items);
      else this.#lanes.set(lane, items);
    }
  }

  /** Takes everything. */
  clear(): T[] {
    return this.take(() => true);
  }
}

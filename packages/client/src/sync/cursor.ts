import { PUSH_GAP_MS } from "@im-webapp/protocol";
import type { Entry, Seq } from "@im-webapp/protocol";

/** Most entries held beyond a hole. What does not fit is dropped; the pull that closes the hole brings it again. */
const MAX_HELD = 2_000;

/**
 * The client's rule of the protocol: entries that continue the cursor are let through in order, what lies at or below
 * it is dropped, and what came early is held. A hole that stays open for `PUSH_GAP_MS` calls `onHole` once; pushes of
 * several nodes cross so often that pulling at once would double the load.
 */
export class CursorRule {
  readonly #onHole: () => void;
  readonly #held = new Map<Seq, Entry>();
  #cursor: Seq | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onHole: () => void) {
    this.#onHole = onHole;
  }

  /** The `seq` of the last entry let through; null while there is no place to continue from. */
  get cursor(): Seq | null {
    return this.#cursor;
  }

  /** Goes on from `cursor`, forgetting what was held; null lets nothing through until the next `reset`. */
  reset(cursor: Seq | null): void {
    this.#cursor = cursor;
    this.#held.clear();
    this.#disarm();
  }

  /** Takes entries of a push or a pull, in any order; gives those that may be applied now, ascending without a hole. */
  offer(entries: readonly Entry[]): Entry[] {
    if (this.#cursor === null) return [];
    let cursor = this.#cursor;
    const passed: Entry[] = [];
    const pass = (entry: Entry): void => {
      passed.push(entry);
      cursor = entry.seq;
    };
    for (const entry of entries) {
      if (entry.seq === cursor + 1) pass(entry);
      else if (entry.seq > cursor && this.#held.size < MAX_HELD) this.#held.set(entry.seq, entry);
    }
    for (let next = this.#held.get(cursor + 1); next; next = this.#held.get(cursor + 1)) pass(next);
    if (passed.length > 0) {
      for (const seq of this.#held.keys()) if (seq <= cursor) this.#held.delete(seq);
      // The hole that was timed has moved or is gone.
      this.#disarm();
    }
    this.#cursor = cursor;
    if (this.#held.size > 0) this.#arm();
    return passed;
  }

  #arm(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#onHole();
    }, PUSH_GAP_MS);
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

import type { EpochMs, Seq, UserId } from "@im-webapp/protocol";
import type { Clock } from "../shared/clock.ts";

/** Time between two tries of a node to take the turn, in milliseconds. */
const TRY_EVERY_MS = 10_000;

/**
 * Time from the beginning of a pass to that of the next, in milliseconds, whichever nodes make them. With the time
 * between two tries it is a minute at most, as the protocol asks.
 */
const TURN_MS = 50_000;

/** Timelines looked at in one query. */
const TIMELINES_PER_PAGE = 200;

/**
 * Entries that one step deletes. A step holds its timeline's lock for some milliseconds; deleting a whole table's worth
 * at a time was measured to raise the latency of sends fifty times over.
 */
const ENTRIES_PER_STEP = 500;

/** Pause between steps, in milliseconds: leaves the database to the senders. */
const STEP_PAUSE_MS = 5;

const DAY_MS = 24 * 60 * 60 * 1000;

/** The sync store, as trimming sees it. */
export interface TrimStore {
  /** Takes the turn of this pass for `forMs`; false when another node has it. */
  takeTurn(now: EpochMs, forMs: number): Promise<boolean>;
  /** Up to `limit` timelines of users above `after` that hold more than `keepEntries`, ascending by user. */
  longTimelines(after: UserId, keepEntries: number, limit: number): Promise<{ userId: UserId; head: Seq }[]>;
  /**
   * Deletes, in one transaction, up to `limit` of the oldest entries of a timeline that are at or below `upTo` and older
   * than `before`, and notes how far the timeline is trimmed. Gives how many it deleted.
   */
  trim(userId: UserId, upTo: Seq, before: EpochMs, limit: number): Promise<number>;
}

export interface TrimmerOptions {
  store: TrimStore;
  /** Entries younger than this many days stay. */
  keepDays: number;
  /** The newest entries of each timeline stay, whatever their age. */
  keepEntries: number;
  clock: Clock;
  onFault(error: unknown): void;
}

/** Removes what no device needs any more from the timelines: a task that one node at a time does, in small steps. */
export class Trimmer {
  readonly #options: TrimmerOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(options: TrimmerOptions) {
    this.#options = options;
  }

  /** Makes a pass, and then one a minute, unless other nodes do. */
  start(): void {
    this.#begin();
    this.#timer = setInterval(() => this.#begin(), TRY_EVERY_MS);
    this.#timer.unref();
  }

  /** Resolves when the step that is under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  /** One pass over all timelines, unless another node has its turn. Gives how many entries went. */
  async pass(): Promise<number> {
    const { store, keepDays, keepEntries, clock } = this.#options;
    const now = clock();
    if (!(await store.takeTurn(now, TURN_MS))) return 0;
    let removed = 0;
    for (let after = ""; !this.#stopped;) {
      const timelines = await store.longTimelines(after, keepEntries, TIMELINES_PER_PAGE);
      for (const { userId, head } of timelines) {
        removed += await this.#trimOne(userId, head - keepEntries, now - keepDays * DAY_MS);
      }
      const last = timelines.at(-1);
      if (!last) break;
      after = last.userId;
    }
    return removed;
  }

  async #trimOne(userId: UserId, upTo: Seq, before: EpochMs): Promise<number> {
    let removed = 0;
    while (!this.#stopped) {
      const step = await this.#options.store.trim(userId, upTo, before, ENTRIES_PER_STEP);
      removed += step;
      if (step < ENTRIES_PER_STEP) break;
      await new Promise((resolve) => setTimeout(resolve, STEP_PAUSE_MS));
    }
    return removed;
  }

  #begin(): void {
    this.#running ??= this.pass()
      .then(() => undefined)
      .catch((error: unknown) => {
        this.#options.onFault(error);
      })
      .finally(() => {
        this.#running = undefined;
      });
  }
}

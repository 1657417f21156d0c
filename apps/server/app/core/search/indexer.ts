import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../shared/clock.ts";
import { termsOf } from "./grams.ts";
import { Harvest } from "./harvest.ts";
import type { HeldPlaces, MessageRange, SegmentStore } from "./ports.ts";
import { type IndexedMessage, type Segment, buildSegment } from "./segment.ts";

/** Time between two looks at what there is to do, in milliseconds. A search reads what is not in the index itself. */
const LOOK_EVERY_MS = 2_000;
/** How long a node has the turn, in milliseconds: longer than a segment takes. */
const TURN_MS = 10_000;
/** Messages from which on a segment is worth making; a search looks through as many without one. */
const MIN_MESSAGES = 512;
/** Messages of a full segment: fewer make searches read more rows, more make the building slower. */
const FULL_SEGMENT = 8_192;
/** Least pause between two segments, in milliseconds: shows how busy the process is without the index. */
const PAUSE_MS = 50;
/** Share of a pause in which the process did other things, from which on it counts as busy. */
const BUSY = 0.3;
/** Pause of a busy process, in times of the work before it: those who send give up a fifteenth of what they have. */
const BUSY_PAUSES = 14;
/** How long a pause may hold up the end of the process, in milliseconds. */
const STOP_LOOK_MS = 250;
/** Changed messages that are looked at in one step. */
const CHANGES_AT_ONCE = 500;

export interface IndexerOptions {
  readonly store: SegmentStore;
  readonly clock: Clock;
  readonly onFault: (error: unknown) => void;
}

/**
 * Makes the index follow the messages: a task of one node at a time. The messages themselves are its outbox, and what is
 * kept is how far it has come in each conversation, written together with what was indexed: sending costs nothing more,
 * and a crash at any moment loses nothing.
 */
export class Indexer {
  readonly #options: IndexerOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(options: IndexerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => this.#begin(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** Resolves when the step that is under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  /**
   * Takes out what was recalled or edited away, and makes segments of what waits, unless another node has the turn. Gives
   * how many messages went into them.
   */
  pass(atLeast = MIN_MESSAGES): Promise<number> {
    return this.#inTurn(async (keepTurn) => {
      let indexed = 0;
      let harvest: Harvest | undefined;
      while (!this.#stopped && (await keepTurn())) {
        const startedAt = performance.now();
        if (await this.#followChanges()) continue;
        harvest ??= await Harvest.begin(this.#options.store, FULL_SEGMENT);
        if (harvest.waiting < atLeast || harvest.waiting === 0) return indexed;
        const added = await this.#addSegment(harvest);
        if (added === 0) return indexed;
        indexed += added;
        await this.#merge();
        if (harvest.waiting === 0) harvest = undefined;
        await this.#giveWay(performance.now() - startedAt);
      }
      return indexed;
    });
  }

  /**
   * Makes the index anew, telling after each segment how many messages are in it. Gives their number; undefined while
   * another node has the turn.
   */
  rebuild(onProgress: (messages: number) => void): Promise<number | undefined> {
    return this.#inTurn(async (keepTurn) => {
      if (!(await keepTurn())) return undefined;
      await this.#options.store.clear();
      let indexed = 0;
      let harvest: Harvest | undefined;
      while (await keepTurn()) {
        if (await this.#followChanges()) continue;
        if (!harvest || harvest.waiting === 0) harvest = await Harvest.begin(this.#options.store, FULL_SEGMENT);
        if (harvest.waiting === 0) return indexed;
        const added = await this.#addSegment(harvest);
        if (added === 0) throw new Error("messages that a conversation counts are not there");
        indexed += added;
        onProgress(indexed);
      }
      return undefined;
    });
  }

  /** Waits: long after long work, when others need the process. */
  async #giveWay(workedMs: number): Promise<void> {
    const before = performance.eventLoopUtilization();
    await sleep(PAUSE_MS);
    if (performance.eventLoopUtilization(before).utilization < BUSY) return;
    for (let left = workedMs * BUSY_PAUSES; left > 0 && !this.#stopped; left -= STOP_LOOK_MS) {
      await sleep(Math.min(left, STOP_LOOK_MS));
    }
  }

  async #inTurn<T>(work: (keepTurn: () => Promise<boolean>) => Promise<T>): Promise<T> {
    const { store, clock } = this.#options;
    let held: number | undefined;
    try {
      return await work(async () => {
        const until = clock() + TURN_MS;
        if (!(await store.takeTurn(clock(), until, held))) return false;
        held = until;
        return true;
      });
    } finally {
      if (held !== undefined) await store.endTurn(held);
    }
  }

  /** Gives how many messages it has. */
  async #addSegment(harvest: Harvest): Promise<number> {
    const { size, ranges, positions } = await harvest.take(FULL_SEGMENT);
    if (size > 0) await this.#options.store.add(await this.#segmentOf(ranges), positions);
    return size;
  }

  /**
   * Makes segments find messages by what they say now, and forget what was recalled or edited away. Gives whether there
   * is more to do.
   */
  async #followChanges(): Promise<boolean> {
    const { store } = this.#options;
    const { messages, positions, isMore } = await store.changes(CHANGES_AT_ONCE);
    if (positions.length > 0) await store.rewrite(await this.#heldPlaces(messages), positions);
    return isMore;
  }

  /** Where the segments hold these messages, and what each is found by now. */
  async #heldPlaces(changed: readonly IndexedMessage[]): Promise<HeldPlaces[]> {
    if (changed.length === 0) return [];
    const times = changed.map(({ message }) => message.sentAt);
    const held = await this.#options.store.segmentsOf(Math.min(...times), Math.max(...times));
    return held.flatMap(({ segmentId, runs }) => {
      const terms = new Map<number, Set<number>>();
      let start = 0;
      for (const run of runs) {
        for (const document of changed) {
          const { conversationId, seq } = document.message;
          const index = seq - run.firstSeq;
          if (conversationId !== run.conversationId || index < 0 || index >= run.times.length) continue;
          terms.set(start + index, termsOf(document));
        }
        start += run.times.length;
      }
      return terms.size > 0 ? [{ segmentId, terms }] : [];
    });
  }

  /** Makes one full segment of small ones, as soon as there are messages enough. */
  async #merge(): Promise<void> {
    const { store } = this.#options;
    const small = await store.smallSegments(FULL_SEGMENT);
    const taken = [];
    let size = 0;
    for (const segment of small) {
      if (size >= FULL_SEGMENT) break;
      taken.push(segment);
      size += segment.size;
    }
    if (size < FULL_SEGMENT || taken.length < 2) return;
    await store.replace(
      await this.#segmentOf(inOrder(taken.flatMap(({ runs }) => runs))),
      taken.map(({ segmentId }) => segmentId),
    );
  }

  async #segmentOf(ranges: readonly MessageRange[]): Promise<Segment> {
    return buildSegment(await this.#options.store.messagesOf(ranges));
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

/** By conversation and place, each message in one range only. */
function inOrder(runs: readonly Segment["runs"][number][]): MessageRange[] {
  const sorted = runs.toSorted((a, b) =>
    a.conversationId === b.conversationId ? a.firstSeq - b.firstSeq : a.conversationId < b.conversationId ? -1 : 1,
  );
  const out: { conversationId: string; firstSeq: number; count: number }[] = [];
  for (const { conversationId, firstSeq, times } of sorted) {
    const before = out.at(-1);
    const end = firstSeq + times.length;
    if (before?.conversationId === conversationId && firstSeq <= before.firstSeq + before.count) {
      before.count = Math.max(before.count, end - before.firstSeq);
    } else out.push({ conversationId, firstSeq, count: times.length });
  }
  return out;
}

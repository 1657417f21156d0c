import { termsOf } from "./grams.ts";
import type {
  ChangePosition,
  HeldPlaces,
  IndexPosition,
  IndexSource,
  IndexTarget,
  MessageRange,
  SegmentStore,
} from "./index-ports.ts";
import type { Pace } from "./pace.ts";
import { type IndexedMessage, type Segment, buildSegment } from "./segment.ts";

/** Messages of a full segment: fewer make searches read more rows, more make the building slower. */
export const FULL_SEGMENT = 8_192;

/** The index in the database itself: segments of some thousands of messages. */
export class SegmentTarget implements IndexTarget {
  /** The number rises with every change of what is kept. */
  readonly name = "tables-2";
  readonly #source: Pick<IndexSource, "messagesOf">;
  readonly #store: SegmentStore;
  readonly #pace: Pace;

  constructor(source: Pick<IndexSource, "messagesOf">, store: SegmentStore, pace: Pace) {
    this.#source = source;
    this.#store = store;
    this.#pace = pace;
  }

  async add(messages: readonly IndexedMessage[], positions: readonly IndexPosition[]): Promise<void> {
    await this.#store.add(await buildSegment(messages, this.#pace), positions);
  }

  async rewrite(messages: readonly IndexedMessage[], positions: readonly ChangePosition[]): Promise<void> {
    await this.#store.rewrite(await this.#heldPlaces(messages), positions);
  }

  clear(): Promise<void> {
    return this.#store.clear();
  }

  /** Where the segments hold these messages, and what each is found by now. */
  async #heldPlaces(changed: readonly IndexedMessage[]): Promise<HeldPlaces[]> {
    if (changed.length === 0) return [];
    const times = changed.map(({ message }) => message.sentAt);
    const held = await this.#store.segmentsOf(Math.min(...times), Math.max(...times));
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
  async tidy(): Promise<void> {
    const store = this.#store;
    const small = await store.smallSegments(FULL_SEGMENT);
    const taken = [];
    let size = 0;
    for (const segment of small) {
      if (size >= FULL_SEGMENT) break;
      taken.push(segment);
      size += segment.size;
    }
    if (size < FULL_SEGMENT || taken.length < 2) return;
    const messages = await this.#source.messagesOf(inOrder(taken.flatMap(({ runs }) => runs)));
    await store.replace(
      await buildSegment(messages, this.#pace),
      taken.map(({ segmentId }) => segmentId),
    );
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

import type { EpochMs, Seq } from "@im-webapp/protocol";
import type { IndexBacklog, IndexPosition, IndexSource, MessageRange } from "./index-ports.ts";

/** Conversations that are gone through together: bounds what a harvest holds in memory. */
const MAX_CONVERSATIONS = 2_000;
/** Times read of one conversation in one query. */
const MIN_PAGE = 64;
const MAX_PAGE = 2_000;

/** What goes into the next segment, and where the index stands with it. */
export interface Sheaf {
  readonly size: number;
  readonly ranges: readonly MessageRange[];
  readonly positions: readonly IndexPosition[];
}

/** A conversation as far as it has not been taken. */
interface Stream {
  readonly backlog: IndexBacklog;
  /** The last message taken. */
  seq: Seq;
  /** When those after it were sent, as far as that was read; never descending. */
  ahead: EpochMs[];
}

/**
 * What waits for the index, in the order in which it was sent: a segment then holds a time, whatever the number of
 * conversations, and the newest hits of a search are found in the newest segments. Only times are held, and the messages
 * read when their segment is made: as they are then.
 */
export class Harvest {
  readonly #source: IndexSource;
  readonly #streams: Stream[];
  readonly #page: number;
  #waiting: number;

  private constructor(source: IndexSource, backlog: readonly IndexBacklog[], size: number) {
    this.#source = source;
    this.#streams = backlog.map((one) => ({ backlog: one, seq: one.seq, ahead: [] }));
    this.#page = Math.min(MAX_PAGE, Math.max(MIN_PAGE, Math.ceil((2 * size) / Math.max(1, backlog.length))));
    this.#waiting = backlog.reduce((sum, { seq, lastSeq }) => sum + lastSeq - seq, 0);
  }

  /** @param size of a step */
  static async begin(source: IndexSource, size: number): Promise<Harvest> {
    return new Harvest(source, await source.backlog(MAX_CONVERSATIONS), size);
  }

  /** How many messages have not been taken. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Takes the next messages, up to `size` of them. */
  async take(size: number): Promise<Sheaf> {
    const taken = new Map<Stream, Seq>();
    let count = 0;
    while (count < size) {
      await this.#readAhead();
      const until = this.#takenUntil(size - count);
      let step = 0;
      for (const stream of this.#streams) {
        const first = stream.seq + 1;
        const left = stream.ahead.findIndex((at) => at > until);
        const room = Math.min(left === -1 ? stream.ahead.length : left, size - count - step);
        if (room === 0) continue;
        if (!taken.has(stream)) taken.set(stream, first);
        stream.ahead.splice(0, room);
        stream.seq += room;
        step += room;
      }
      if (step === 0) break;
      count += step;
    }
    this.#waiting -= count;
    const sheaf = [...taken].map(([{ backlog, seq }, firstSeq]) => ({ backlog, firstSeq, seq }));
    return {
      size: count,
      ranges: sheaf.map(({ backlog, firstSeq, seq }) => ({
        conversationId: backlog.conversationId,
        firstSeq,
        count: seq - firstSeq + 1,
      })),
      positions: sheaf.map(({ backlog, seq }) => ({
        conversationId: backlog.conversationId,
        seq,
        changeSeq: backlog.lastChangeSeq,
      })),
    };
  }

  async #readAhead(): Promise<void> {
    const empty = this.#streams.filter(({ ahead, seq, backlog }) => ahead.length === 0 && seq < backlog.lastSeq);
    const times = await this.#source.timesAfter(
      empty.map(({ backlog: { conversationId, lastSeq }, seq }) => ({
        conversationId,
        firstSeq: seq + 1,
        count: Math.min(this.#page, lastSeq - seq),
      })),
    );
    for (const stream of empty) {
      let last = -Infinity;
      stream.ahead = times(stream.backlog.conversationId).map((at) => (last = Math.max(last, at)));
    }
  }

  /** Up to when all that waits is known, or room is left. */
  #takenUntil(room: number): EpochMs {
    const known = this.#streams
      .filter(({ seq, ahead, backlog }) => seq + ahead.length < backlog.lastSeq)
      .map(({ ahead }) => ahead.at(-1) ?? -Infinity);
    const until = known.reduce((a, b) => Math.min(a, b), Infinity);
    const within = Float64Array.from(
      this.#streams.flatMap(({ ahead }) => ahead.filter((at) => at <= until)),
    ).toSorted();
    return Math.min(until, within[room - 1] ?? Infinity);
  }
}

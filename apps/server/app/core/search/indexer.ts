import type { Message } from "@im-webapp/protocol";
import type { Clock } from "../shared/clock.ts";
import type { IndexPosition, SegmentStore } from "./ports.ts";
import { type Segment, buildSegment } from "./segment.ts";

/** Time between two looks at what there is to do, in milliseconds. A search reads what is not in the index itself. */
const LOOK_EVERY_MS = 2_000;
/** How long a node has the turn, in milliseconds: longer than a segment takes. */
const TURN_MS = 10_000;
/** Messages from which on a segment is worth making; a search looks through as many without one. */
const MIN_MESSAGES = 512;
/** Messages of a full segment: fewer make searches read more rows, more make the building slower. */
const FULL_SEGMENT = 8_192;
/** Conversations that one segment takes messages from. */
const MAX_CONVERSATIONS = 2_000;
/** Pause between two segments, in milliseconds: leaves the database to the senders. */
const PAUSE_MS = 20;
const MESSAGES_PER_QUERY = 1_000;

export interface IndexerOptions {
  readonly store: SegmentStore;
  readonly clock: Clock;
  readonly onFault: (error: unknown) => void;
}

/** A segment to be, and where the index stands with it. */
interface Harvest {
  readonly messages: readonly Message[];
  readonly positions: readonly IndexPosition[];
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

  /** Makes segments of what is waiting, unless another node has the turn. Gives how many messages went into them. */
  pass(atLeast = MIN_MESSAGES): Promise<number> {
    return this.#inTurn(async (keepTurn) => {
      let indexed = 0;
      while (!this.#stopped && (await keepTurn())) {
        const added = await this.#addSegment(atLeast);
        if (added === undefined) break;
        indexed += added;
        await this.#merge();
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
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
      while (await keepTurn()) {
        const added = await this.#addSegment(1);
        if (added === undefined) return indexed;
        indexed += added;
        onProgress(indexed);
      }
      return undefined;
    });
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

  /** Gives how many messages it has; undefined when there was nothing to do. */
  async #addSegment(atLeast: number): Promise<number | undefined> {
    const { messages, positions } = await this.#harvest(atLeast);
    if (positions.length === 0) return undefined;
    await this.#options.store.replace(await buildSegment(messages), [], positions);
    return messages.length;
  }

  /** The next messages for a segment; none while fewer than `atLeast` wait. */
  async #harvest(atLeast: number): Promise<Harvest> {
    const { store } = this.#options;
    const backlog = await store.backlog(MAX_CONVERSATIONS);
    const waiting = backlog.reduce(
      (sum, { seq, lastSeq, changeSeq, lastChangeSeq }) => sum + lastSeq - seq + lastChangeSeq - changeSeq,
      0,
    );
    const messages: Message[] = [];
    const positions: IndexPosition[] = [];
    if (waiting < atLeast) return { messages, positions };
    for (const { conversationId, seq, changeSeq, lastSeq, lastChangeSeq } of backlog) {
      const room = FULL_SEGMENT - messages.length;
      if (room <= 0) break;
      const fresh: Message[] = [];
      for (let after = seq; after < lastSeq && fresh.length < room;) {
        const limit = Math.min(MESSAGES_PER_QUERY, room - fresh.length);
        const page = await store.messagesAfter(conversationId, after, lastSeq, limit);
        fresh.push(...page);
        after = page.at(-1)?.seq ?? lastSeq;
      }
      // Changes of messages that are not indexed yet are in what was just read.
      const changed = lastChangeSeq > changeSeq ? await store.changedAfter(conversationId, changeSeq, room) : [];
      const edited = changed.filter(({ message }) => message.seq <= seq && message.editedAt !== undefined);
      messages.push(...fresh, ...edited.map(({ message }) => message));
      positions.push({
        conversationId,
        seq: fresh.at(-1)?.seq ?? seq,
        changeSeq:
          changed.length < room ? Math.max(lastChangeSeq, changeSeq) : (changed.at(-1)?.changeSeq ?? changeSeq),
      });
    }
    return { messages, positions };
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
    const messages: Message[] = [];
    for (const { conversationId, firstSeq, count } of inOrder(taken.flatMap(({ runs }) => runs))) {
      messages.push(...(await store.messagesAfter(conversationId, firstSeq - 1, firstSeq + count - 1, count)));
    }
    await store.replace(
      await buildSegment(messages),
      taken.map(({ segmentId }) => segmentId),
      [],
    );
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

/** By conversation and place, each message in one run only. */
function inOrder(
  runs: readonly Segment["runs"][number][],
): { conversationId: string; firstSeq: number; count: number }[] {
  const sorted = runs.toSorted((a, b) =>
    a.conversationId === b.conversationId ? a.firstSeq - b.firstSeq : a.conversationId < b.conversationId ? -1 : 1,
  );
  const out: { conversationId: string; firstSeq: number; count: number }[] = [];
  for (const { conversationId, firstSeq, count } of sorted) {
    const before = out.at(-1);
    const end = firstSeq + count;
    if (before?.conversationId === conversationId && firstSeq <= before.firstSeq + before.count) {
      before.count = Math.max(before.count, end - before.firstSeq);
    } else out.push({ conversationId, firstSeq, count });
  }
  return out;
}

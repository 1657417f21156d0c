import type { Clock } from "../shared/clock.ts";
import { Harvest } from "./harvest.ts";
import type { IndexSource, IndexTarget } from "./index-ports.ts";
import type { GentlePace } from "./pace.ts";
import { FULL_SEGMENT } from "./segment-target.ts";

/** Time between two looks at what there is to do, in milliseconds. A search reads what is not in the index itself. */
const LOOK_EVERY_MS = 2_000;
/** How long a node has the turn, in milliseconds: longer than what it does without a rest, and no more than a crash may cost. */
const TURN_MS = 10_000;
/** When a turn has less than this left, a rest renews it, in milliseconds. */
const RENEW_MS = 7_000;
/** Messages from which on a step is worth making; a search looks through as many that are not in the index. */
const MIN_MESSAGES = 512;
/** Messages that are added in one step. */
const MESSAGES_AT_ONCE = FULL_SEGMENT;
/** Changed messages that are looked at in one step. */
const CHANGES_AT_ONCE = 500;

/** The turn was lost in the middle of a step, to a node that has begun with the same: nothing more may be written. */
class TurnLost extends Error {
  override name = "TurnLost";
}

export interface IndexerOptions {
  readonly source: IndexSource;
  readonly target: IndexTarget;
  readonly clock: Clock;
  /** Of the passes; absent: they do not rest. */
  readonly pace?: GentlePace | undefined;
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
    this.#options.pace?.stop();
    await this.#running;
  }

  /**
   * Takes out what was recalled or edited away, and adds what waits, until another node has the turn. Gives how many
   * messages were added.
   */
  async pass(atLeast = MIN_MESSAGES): Promise<number> {
    let indexed = 0;
    try {
      await this.#passInTurn(atLeast, (added) => (indexed += added));
    } catch (error) {
      if (!(error instanceof TurnLost)) throw error;
    }
    return indexed;
  }

  async #passInTurn(atLeast: number, onAdded: (messages: number) => void): Promise<void> {
    const { pace, source, target } = this.#options;
    await this.#inTurn(async (keepTurn) => {
      let harvest: Harvest | undefined;
      let isOwn = false;
      pace?.begin(async () => {
        if (!(await keepTurn(RENEW_MS))) throw new TurnLost();
      });
      while (!this.#stopped && (await keepTurn())) {
        if (!isOwn) await this.#own();
        isOwn = true;
        if (await this.#followChanges()) continue;
        harvest ??= await Harvest.begin(source, MESSAGES_AT_ONCE);
        if (harvest.waiting < atLeast || harvest.waiting === 0) return;
        const added = await this.#addNext(harvest);
        if (added === 0) return;
        onAdded(added);
        await target.tidy();
        if (harvest.waiting === 0) harvest = undefined;
        await pace?.rest();
      }
    });
  }

  /**
   * Makes the index anew, telling after each step how many messages are in it. Gives their number; undefined while
   * another node has the turn.
   */
  rebuild(onProgress: (messages: number) => void): Promise<number | undefined> {
    return this.#inTurn(async (keepTurn) => {
      if (!(await keepTurn())) return undefined;
      await this.#options.target.clear();
      await this.#options.source.setOwner(this.#options.target.name);
      let indexed = 0;
      let harvest: Harvest | undefined;
      while (await keepTurn()) {
        if (await this.#followChanges()) continue;
        if (!harvest || harvest.waiting === 0) harvest = await Harvest.begin(this.#options.source, MESSAGES_AT_ONCE);
        if (harvest.waiting === 0) return indexed;
        const added = await this.#addNext(harvest);
        if (added === 0) throw new Error("messages that a conversation counts are not there");
        indexed += added;
        onProgress(indexed);
      }
      return undefined;
    });
  }

  /** `keepTurn` takes the turn, or renews one that has less than `ifLeftMs` left; false when another node has it. */
  async #inTurn<T>(work: (keepTurn: (ifLeftMs?: number) => Promise<boolean>) => Promise<T>): Promise<T> {
    const { source, clock } = this.#options;
    let held: number | undefined;
    try {
      return await work(async (ifLeftMs = TURN_MS) => {
        if (held !== undefined && held - clock() > ifLeftMs) return true;
        const until = clock() + TURN_MS;
        if (!(await source.takeTurn(clock(), until, held))) return false;
        held = until;
        return true;
      });
    } finally {
      if (held !== undefined) await source.endTurn(held);
    }
  }

  /** Gives how many messages were added. */
  async #addNext(harvest: Harvest): Promise<number> {
    const { source, target } = this.#options;
    const { size, ranges, positions } = await harvest.take(MESSAGES_AT_ONCE);
    if (size > 0) await target.add(await source.messagesOf(ranges), positions);
    return size;
  }

  /**
   * Makes the index find messages by what they say now, and forget what was recalled or edited away. Gives whether there
   * is more to do.
   */
  async #followChanges(): Promise<boolean> {
    const { source, target } = this.#options;
    const { messages, positions, isMore } = await source.changes(CHANGES_AT_ONCE);
    if (positions.length > 0) await target.rewrite(messages, positions);
    return isMore;
  }

  /** Begins anew where the positions belong to another index, or to an earlier form of this one. */
  async #own(): Promise<void> {
    const { source, target } = this.#options;
    if ((await source.owner()) === target.name) return;
    await target.clear();
    await source.setOwner(target.name);
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

import { Serial } from "../async/serial.ts";
import { sleep } from "../async/sleep.ts";
import type { CacheKeeperContext } from "./cache-keeper-context.ts";

/** How much may come between two looks: share of the bound, half of how far that may be passed. */
const LOOK_SHARE = 0.025;

/** Most messages that come between two looks at the counts. */
const MAX_LOOK_EVERY = 500;

/** A message of a usual size, in bytes: how often to look where the bound in bytes is a low one. */
const USUAL_MESSAGE_BYTES = 500;

/** Pause between two steps, in milliseconds, in which others get at the store. */
const STEP_PAUSE_MS = 20;

/** Pause before a look, in milliseconds: what has just come is shown first, and one look serves all of it. */
const LOOK_DELAY_MS = 1_000;

/** Keeps the cache of messages within its bounds, in small steps and apart from what stores them. */
export class CacheKeeper {
  readonly #context: CacheKeeperContext;
  readonly #looks = new Serial();
  readonly #stopped = new AbortController();
  readonly #lookEvery: number;
  #grown = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: CacheKeeperContext) {
    this.#context = context;
    const { messages, bytes } = context.bounds;
    const most = Math.min(messages, bytes / USUAL_MESSAGE_BYTES);
    this.#lookEvery = Math.min(MAX_LOOK_EVERY, Math.max(1, most * LOOK_SHARE));
  }

  /** The store can be read from now on; it may be over its bounds from before. */
  start(): void {
    this.#lookSoon();
  }

  /** About so many messages have been cached. */
  grew(messages: number): void {
    this.#grown += messages;
    if (this.#grown >= this.#lookEvery) this.#lookSoon();
  }

  stop(): void {
    this.#stopped.abort();
    clearTimeout(this.#timer);
  }

  #lookSoon(): void {
    if (this.#stopped.signal.aborted) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#context.tasks.run(() => this.#looks.run(() => this.#look()));
    }, LOOK_DELAY_MS);
  }

  async #look(): Promise<void> {
    const stopped = this.#stopped.signal;
    if (stopped.aborted) return;
    this.#grown = 0;
    // Nothing waits for it; where it cannot be loaded, the next look may do better.
    const loaded = await import("./trim-cache.ts").catch(() => undefined);
    await loaded?.trimCache(this.#context, stopped, () => sleep(STEP_PAUSE_MS, stopped));
  }
}

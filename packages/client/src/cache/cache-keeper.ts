import type { ConversationId } from "@im-webapp/protocol";
import { Serial } from "../async/serial.ts";
import { sleep } from "../async/sleep.ts";
import type { TaskGroup } from "../async/task-group.ts";
import type { AccountStore } from "../store/local-store.ts";
import { boundsWithin, scaled } from "./bounds.ts";
import type { CacheBounds, StorageQuota } from "./bounds.ts";
import { nextEviction, totalOf } from "./eviction-plan.ts";

/** How far a bound may be passed before anything goes, and how far below it the cache then gets: share of the bound. */
const SLACK = 0.05;

/** Most messages that come between two looks at the counts. */
const MAX_LOOK_EVERY = 500;

/** A message of a usual size, in bytes: how often to look where the bound in bytes is a low one. */
const USUAL_MESSAGE_BYTES = 500;

/** Pause before a look, in milliseconds: what has just come is shown first, and one look serves all of it. */
const LOOK_DELAY_MS = 1_000;

/** Pause between two steps, in milliseconds, in which others get at the store. */
const STEP_PAUSE_MS = 20;

export interface CacheKeeperContext {
  readonly store: Pick<AccountStore, "cached" | "evict">;
  readonly bounds: CacheBounds;
  /** What the platform grants; undefined where it does not say. */
  readonly quota: () => Promise<StorageQuota | undefined>;
  /** Conversations that lose nothing: pinned, or on screen. */
  readonly isKept: (id: ConversationId) => boolean;
  readonly tasks: TaskGroup;
}

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
    this.#lookEvery = Math.min(MAX_LOOK_EVERY, Math.max(1, (most * SLACK) / 2));
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
    const { store, quota, isKept } = this.#context;
    const stopped = this.#stopped.signal;
    if (stopped.aborted) return;
    this.#grown = 0;
    const cached = new Map((await store.cached()).map((counts) => [counts.conversationId, counts]));
    const total = totalOf(cached.values());
    const bounds = boundsWithin(this.#context.bounds, total.bytes, await quota());
    const tolerated = scaled(bounds, 1 + SLACK);
    if (total.messages <= tolerated.messages && total.bytes <= tolerated.bytes) return;
    while (!stopped.aborted) {
      const step = nextEviction(cached.values(), scaled(bounds, 1 - SLACK), isKept);
      if (!step) return;
      const before = cached.get(step.conversationId)?.messages ?? 0;
      const left = await store.evict(step);
      // Filled again as fast as it is emptied, or emptied by another tab: not worth a second step now.
      if (left.messages >= before || left.messages === 0) cached.delete(step.conversationId);
      else cached.set(step.conversationId, left);
      await sleep(STEP_PAUSE_MS, stopped);
    }
  }
}

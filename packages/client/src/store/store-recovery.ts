import type { EpochMs } from "@im-webapp/protocol";
import type { StorageState } from "../types.ts";
import { fill } from "./fill.ts";
import type { AccountStore } from "./local-store.ts";
import { MemoryAccountStore } from "./memory-account-store.ts";
import type { ResilientContext, Work } from "./resilient-context.ts";
import { storageFault } from "./storage-fault.ts";

/** How often half of the cached messages go to make room. */
const MAX_EVICTIONS = 2;

/** How often a store that fails is opened again before memory takes its place. */
const MAX_REOPENINGS = 3;

/** A store that has worked for so long counts as healthy again, in milliseconds. */
const HEALTHY_AFTER_MS = 60_000;

export interface RecoveryContext extends Pick<ResilientContext, "reopen" | "held" | "filled" | "fault"> {
  /** The store that is used now. */
  readonly store: () => AccountStore;
  /** Takes this store in its place. */
  readonly use: (store: AccountStore) => void;
  /** Tells how the account is stored from now on. */
  readonly turn: (state: StorageState) => void;
}

/** What helps a store that has failed, as `ResilientAccountStore` says. Loaded apart from it: most stores never fail. */
export class StoreRecovery {
  readonly #context: RecoveryContext;
  #reopenings = 0;
  #reopenedAt: EpochMs = 0;

  constructor(context: RecoveryContext) {
    this.#context = context;
  }

  /** Mends what `error` shows to be broken, or throws it; gives the result where the mending had one. */
  async recover<T>(error: unknown, work: Work<T>, lean: Work<T>): Promise<{ value: T } | null> {
    const kind = this.#context.store() instanceof MemoryAccountStore ? null : storageFault(error);
    switch (kind) {
      case null:
        throw error;
      case "full":
        return this.#makeRoom(work, lean);
      case "newer":
        this.#context.fault(error);
        await this.#useMemory("outdated");
        return null;
      case "failed":
        await this.#mend(error);
        return null;
    }
  }

  async #makeRoom<T>(work: Work<T>, lean: Work<T>): Promise<{ value: T } | null> {
    try {
      for (let evicted = 0; evicted < MAX_EVICTIONS; evicted += 1) {
        const done = await this.#with(0.5, work);
        if (done) return done;
      }
      this.#context.turn("full");
      const done = await this.#with(1, lean);
      if (!done) await this.#useMemory("memory");
      return done;
    } catch (error) {
      if (storageFault(error) === null) throw error;
      // Another fault on top: doing the work again meets it.
      return null;
    }
  }

  /** Does the work with this share of the cached messages gone; null where there is no room even so. */
  async #with<T>(share: number, work: Work<T>): Promise<{ value: T } | null> {
    try {
      await this.#evict(share);
      return { value: await work(this.#context.store()) };
    } catch (error) {
      if (storageFault(error) !== "full") throw error;
      return null;
    }
  }

  /** Removes this share of the cached messages, of the conversations opened longest ago first. */
  async #evict(share: number): Promise<void> {
    const cached = (await this.#context.store().cached()).toSorted((a, b) => a.openedAt - b.openedAt);
    let left = Math.ceil(cached.reduce((sum, { messages }) => sum + messages, 0) * share);
    for (const { conversationId, messages } of cached) {
      if (left <= 0) return;
      const limit = Math.min(left, messages);
      await this.#context.store().evict({ conversationId, limit, keep: 0 });
      left -= limit;
    }
  }

  async #mend(error: unknown): Promise<void> {
    this.#context.fault(error);
    if (Date.now() - this.#reopenedAt > HEALTHY_AFTER_MS) this.#reopenings = 0;
    this.#reopenings += 1;
    this.#reopenedAt = Date.now();
    if (this.#reopenings > MAX_REOPENINGS) {
      await this.#useMemory("memory");
      return;
    }
    await this.#abandon();
    let reopened: AccountStore | null;
    try {
      reopened = await this.#context.reopen();
    } catch (fault) {
      this.#context.fault(fault);
      await this.#useMemory(stateAfter(fault));
      return;
    }
    // The user has signed out, in another tab: nothing of theirs may come back to this device.
    if (!reopened) throw error;
    this.#context.use(reopened);
    await this.#refill(reopened);
  }

  /** Puts back what was there before, if it is gone. */
  async #refill(store: AccountStore): Promise<void> {
    try {
      const { position } = await store.load();
      if (position.epoch !== null) return;
      await fill(store, this.#context.held());
      this.#context.filled();
    } catch (error) {
      // The next step meets the same fault.
      this.#context.fault(error);
    }
  }

  async #useMemory(state: StorageState): Promise<void> {
    await this.#abandon();
    const memory = new MemoryAccountStore();
    await fill(memory, this.#context.held());
    this.#context.use(memory);
    this.#context.turn(state);
  }

  /** Closes the store that has failed, if it still can be. */
  async #abandon(): Promise<void> {
    try {
      await this.#context.store().close();
    } catch {
      // It is closed, then.
    }
  }
}

/** How an account is stored that goes on in memory after this fault. */
export function stateAfter(fault: unknown): StorageState {
  return storageFault(fault) === "newer" ? "outdated" : "memory";
}

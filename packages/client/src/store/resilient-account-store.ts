import type { ConversationId, EpochMs, Message, Seq, User } from "@im-webapp/protocol";
import { Serial } from "../async/serial.ts";
import type { PersonRecord } from "../people/person-record.ts";
import type { ConversationRecord } from "../sync/conversation-record.ts";
import type {
  AccountSnapshot,
  AccountStore,
  CachedConversation,
  CachedPage,
  Draft,
  Eviction,
  OutgoingRecord,
  PendingChange,
  PendingSnapshot,
  ReadingBatch,
  ReadMark,
  SyncBatch,
} from "./local-store.ts";
import type { StorageState } from "../types.ts";
import { fill } from "./fill.ts";
import { MemoryAccountStore } from "./memory-account-store.ts";
import { storageFault } from "./storage-fault.ts";

/** How often half of the cached messages go to make room. */
const MAX_EVICTIONS = 2;

/** How long messages are not cached after there was no room for them, in milliseconds. */
const FULL_FOR_MS = 60_000;

/** How often a store that fails is opened again before memory takes its place. */
const MAX_REOPENINGS = 3;

/** A store that has worked for so long counts as healthy again, in milliseconds. */
const HEALTHY_AFTER_MS = 60_000;

export interface ResilientContext {
  /** Opens the account's store again; null where it was erased on purpose, together with its session. */
  readonly reopen: () => Promise<AccountStore | null>;
  /** All that the program holds of the account, for a store that has lost it. */
  readonly held: () => AccountSnapshot;
  /** A store that had lost the account has it again. */
  readonly filled: () => void;
  /** `state` has changed. */
  readonly changed: () => void;
  readonly fault: (error: unknown) => void;
}

type Work<T> = (store: AccountStore) => Promise<T>;

/**
 * A store that goes on when the one below it fails: makes room where there is none, opens it again where it was closed,
 * fills it again where it was wiped, and if nothing helps puts memory in its place, with all that the program holds. One
 * step at a time, so that what is tried again stays in its order.
 */
export class ResilientAccountStore implements AccountStore {
  readonly #context: ResilientContext;
  readonly #steps = new Serial();
  #store: AccountStore;
  #state: StorageState = "persistent";
  #fullUntil: EpochMs = 0;
  #reopenings = 0;
  #reopenedAt: EpochMs = 0;

  constructor(store: AccountStore, context: ResilientContext) {
    this.#store = store;
    this.#context = context;
  }

  get state(): StorageState {
    return this.#state;
  }

  get shared(): boolean {
    return this.#store.shared;
  }

  load(): Promise<AccountSnapshot> {
    return this.#do((store) => store.load());
  }

  pending(): Promise<PendingSnapshot> {
    return this.#do((store) => store.pending());
  }

  commit(batch: SyncBatch): Promise<boolean> {
    return this.#do(
      (store) => store.commit(batch),
      (store) => store.commit({ ...batch, messages: [] }),
    );
  }

  advance(batch: ReadingBatch): Promise<boolean> {
    return this.#do(
      (store) => store.advance(batch),
      (store) => store.advance({ ...batch, messages: [] }),
    );
  }

  putConversations(epoch: string, conversations: readonly ConversationRecord[]): Promise<boolean> {
    return this.#do((store) => store.putConversations(epoch, conversations));
  }

  completeList(epoch: string, adopt?: { cursor: Seq; listed: ReadonlySet<ConversationId> }): Promise<boolean> {
    return this.#do((store) => store.completeList(epoch, adopt));
  }

  putPeople(epoch: string, put: readonly PersonRecord[], gone: readonly string[]): Promise<boolean> {
    return this.#do((store) => store.putPeople(epoch, put, gone));
  }

  expire(): Promise<void> {
    return this.#do((store) => store.expire());
  }

  reset(epoch: string): Promise<boolean> {
    return this.#do((store) => store.reset(epoch));
  }

  messages(conversationId: ConversationId, limit: number, before?: Seq): Promise<CachedPage> {
    return this.#do((store) => store.messages(conversationId, limit, before));
  }

  messagesAfter(conversationId: ConversationId, limit: number, after: Seq): Promise<CachedPage> {
    return this.#do((store) => store.messagesAfter(conversationId, limit, after));
  }

  putMessages(conversationId: ConversationId, messages: readonly Message[], beginning?: Seq): Promise<void> {
    return this.#do(
      (store) => store.putMessages(conversationId, messages, beginning),
      (store) => store.putMessages(conversationId, [], beginning),
    );
  }

  cached(): Promise<readonly CachedConversation[]> {
    return this.#do((store) => store.cached());
  }

  evict(eviction: Eviction): Promise<CachedConversation> {
    return this.#do((store) => store.evict(eviction));
  }

  markOpened(conversationId: ConversationId, at: EpochMs): Promise<void> {
    return this.#do((store) => store.markOpened(conversationId, at));
  }

  enqueue(outgoing: OutgoingRecord): Promise<void> {
    return this.#do((store) => store.enqueue(outgoing));
  }

  updateOutgoing(
    clientMessageIds: readonly string[],
    update: (held: OutgoingRecord) => OutgoingRecord | null,
  ): Promise<readonly OutgoingRecord[]> {
    return this.#do((store) => store.updateOutgoing(clientMessageIds, update));
  }

  removeOutgoing(clientMessageIds: readonly string[]): Promise<void> {
    return this.#do((store) => store.removeOutgoing(clientMessageIds));
  }

  putRead(mark: ReadMark): Promise<void> {
    return this.#do((store) => store.putRead(mark));
  }

  removeReads(marks: readonly ReadMark[]): Promise<void> {
    return this.#do((store) => store.removeReads(marks));
  }

  updateChanges(
    update: (held: readonly PendingChange[]) => readonly PendingChange[],
  ): Promise<readonly PendingChange[]> {
    return this.#do((store) => store.updateChanges(update));
  }

  putDraft(draft: Draft): Promise<Draft> {
    return this.#do((store) => store.putDraft(draft));
  }

  putUsers(users: readonly User[]): Promise<void> {
    return this.#do((store) => store.putUsers(users));
  }

  close(): Promise<void> {
    return this.#steps.run(() => this.#store.close());
  }

  /** Does `work`; where there is no room for messages, `lean`, which leaves them out. */
  #do<T>(work: Work<T>, lean: Work<T> = work): Promise<T> {
    return this.#steps.run(async () => {
      for (;;) {
        try {
          if (this.#state === "full" && Date.now() < this.#fullUntil) return await lean(this.#store);
          const result = await work(this.#store);
          if (this.#state === "full") this.#turn("persistent");
          return result;
        } catch (error) {
          const result = await this.#recover(error, work, lean);
          if (result) return result.value;
        }
      }
    });
  }

  /** Mends what `error` shows to be broken, or throws it; gives the result where the mending had one. */
  async #recover<T>(error: unknown, work: Work<T>, lean: Work<T>): Promise<{ value: T } | null> {
    const kind = this.#store instanceof MemoryAccountStore ? null : storageFault(error);
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
      this.#fullUntil = Date.now() + FULL_FOR_MS;
      this.#turn("full");
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
      return { value: await work(this.#store) };
    } catch (error) {
      if (storageFault(error) !== "full") throw error;
      return null;
    }
  }

  /** Removes this share of the cached messages, of the conversations opened longest ago first. */
  async #evict(share: number): Promise<void> {
    const cached = (await this.#store.cached()).toSorted((a, b) => a.openedAt - b.openedAt);
    let left = Math.ceil(cached.reduce((sum, { messages }) => sum + messages, 0) * share);
    for (const { conversationId, messages } of cached) {
      if (left <= 0) return;
      const limit = Math.min(left, messages);
      await this.#store.evict({ conversationId, limit, keep: 0 });
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
      await this.#useMemory(storageFault(fault) === "newer" ? "outdated" : "memory");
      return;
    }
    // The user has signed out, in another tab: nothing of theirs may come back to this device.
    if (!reopened) throw error;
    this.#store = reopened;
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
    this.#store = memory;
    this.#turn(state);
  }

  /** Closes the store that has failed, if it still can be. */
  async #abandon(): Promise<void> {
    try {
      await this.#store.close();
    } catch {
      // It is closed, then.
    }
  }

  #turn(state: StorageState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#context.changed();
  }
}

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
import type { ResilientContext, Work } from "./resilient-context.ts";
import type { StoreRecovery } from "./store-recovery.ts";

/** How long messages are not cached after there was no room for them, in milliseconds. */
const FULL_FOR_MS = 60_000;

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
  #recovery: StoreRecovery | undefined;

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

  /** Loads what mends a store, so that it is there also when the network is not. */
  prepare(): void {
    // It is tried again when it is needed.
    void this.#loadRecovery().catch(() => undefined);
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

  enqueue(outgoing: OutgoingRecord, files?: readonly Blob[]): Promise<void> {
    return this.#do((store) => store.enqueue(outgoing, files));
  }

  file(clientMessageId: string, index: number): Promise<Blob | undefined> {
    return this.#do((store) => store.file(clientMessageId, index));
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
          const recovery = await this.#loadRecovery().catch(() => undefined);
          // Without the means to mend it, the fault is the caller's.
          if (!recovery) throw error;
          const result = await recovery.recover(error, work, lean);
          if (result) return result.value;
        }
      }
    });
  }

  async #loadRecovery(): Promise<StoreRecovery> {
    if (this.#recovery) return this.#recovery;
    const loaded = await import("./store-recovery.ts");
    this.#recovery ??= new loaded.StoreRecovery({
      ...this.#context,
      store: () => this.#store,
      use: (store) => {
        this.#store = store;
      },
      turn: (state) => this.#turn(state),
    });
    return this.#recovery;
  }

  #turn(state: StorageState): void {
    if (state === "full") this.#fullUntil = Date.now() + FULL_FOR_MS;
    if (state === this.#state) return;
    this.#state = state;
    this.#context.changed();
  }
}

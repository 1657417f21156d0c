import type { Conversation, ConversationId, Entry, Seq, UserId } from "@im-webapp/protocol";
import { Serial } from "../async/serial.ts";
import type { AccountSnapshot, AccountStore, SyncPosition } from "../store/local-store.ts";
import { withServerView } from "./conversation-record.ts";
import type { ConversationRecord } from "./conversation-record.ts";
import { fold, withRecords } from "./fold.ts";
import type { TimelineChanges } from "./fold.ts";

/** What a change of the held timeline carries to those who show it. */
export type StoredChanges = Pick<TimelineChanges, "conversations" | "messages" | "updates" | "users" | "delivered">;

const NO_CHANGES: StoredChanges = { conversations: new Map(), messages: [], updates: [], users: [], delivered: [] };

/** Thrown when the local store has been reset by another tab: what is held in memory is void. */
export class ReplacedError extends Error {
  constructor() {
    super("The local store was replaced meanwhile");
    this.name = "ReplacedError";
  }
}

export interface TimelineStoreContext {
  readonly self: UserId;
  readonly store: AccountStore;
  /** Something was stored and is held now. */
  readonly stored: (changes: StoredChanges) => void;
  /** Everything held, or everything but the list, is void and gone from the store. */
  readonly dropped: (what: "all" | "cache") => void;
}

/**
 * The timeline as held in memory and in the store at once: memory moves only after the store has taken the same step,
 * so that what is shown is never ahead of what a reload would find. One step at a time.
 */
export class TimelineStore {
  readonly #context: TimelineStoreContext;
  readonly #steps = new Serial();
  #position: SyncPosition = { epoch: null, cursor: null, complete: false };
  #conversations: ReadonlyMap<ConversationId, ConversationRecord> = new Map();

  constructor(context: TimelineStoreContext) {
    this.#context = context;
  }

  get position(): SyncPosition {
    return this.#position;
  }

  get conversations(): ReadonlyMap<ConversationId, ConversationRecord> {
    return this.#conversations;
  }

  restore({ position, conversations }: Pick<AccountSnapshot, "position" | "conversations">): void {
    this.#position = position;
    this.#conversations = new Map(conversations.map((record) => [record.conversation.conversationId, record]));
  }

  /** Reads the store again, after a `ReplacedError`. */
  reload(): Promise<void> {
    return this.#steps.run(async () => {
      this.restore(await this.#context.store.load());
      this.#context.stored({ ...NO_CHANGES, conversations: this.#conversations });
    });
  }

  /** Applies consecutive entries that continue the cursor. */
  apply(entries: readonly Entry[]): Promise<void> {
    return this.#steps.run(async () => {
      const { epoch, cursor, complete } = this.#position;
      if (epoch === null || cursor === null) throw new ReplacedError();
      const { timeline, changes } = fold({ cursor, conversations: this.#conversations }, entries, this.#context.self);
      const whole = changes.missing.size === 0;
      const taken = await this.#context.store.commit({
        epoch,
        cursor: timeline.cursor,
        complete: whole,
        conversations: [...changes.conversations.values()],
        messages: changes.messages,
        updates: changes.updates,
        users: changes.users,
        delivered: changes.delivered,
      });
      if (!taken) throw new ReplacedError();
      this.#position = { epoch, cursor: timeline.cursor, complete: complete && whole };
      this.#conversations = timeline.conversations;
      this.#context.stored(changes);
    });
  }

  /** Takes one page of the conversation list over. */
  list(page: readonly Conversation[]): Promise<void> {
    return this.#steps.run(async () => {
      const { epoch } = this.#position;
      const changed = new Map<ConversationId, ConversationRecord>();
      for (const view of page) {
        const held = changed.get(view.conversationId) ?? this.#conversations.get(view.conversationId);
        changed.set(view.conversationId, withServerView(held, view));
      }
      if (epoch === null || !(await this.#context.store.putConversations(epoch, [...changed.values()]))) {
        throw new ReplacedError();
      }
      this.#conversations = withRecords(this.#conversations, changed);
      this.#context.stored({ ...NO_CHANGES, conversations: changed });
    });
  }

  /** The whole list has been taken over; `adopt` as in `AccountStore.completeList`. */
  completeList(adopt?: { cursor: Seq; listed: ReadonlySet<ConversationId> }): Promise<void> {
    return this.#steps.run(async () => {
      const { epoch, cursor } = this.#position;
      if (epoch === null || !(await this.#context.store.completeList(epoch, adopt))) throw new ReplacedError();
      this.#position = { epoch, cursor: adopt?.cursor ?? cursor, complete: true };
      if (adopt) {
        this.#conversations = new Map([...this.#conversations].filter(([id]) => adopt.listed.has(id)));
      }
      this.#context.stored(NO_CHANGES);
    });
  }

  /** The cursor has expired: the list stays on screen until the new one has come; messages and names go. */
  expire(): Promise<void> {
    return this.#steps.run(async () => {
      await this.#context.store.expire();
      this.#position = { epoch: this.#position.epoch, cursor: null, complete: false };
      this.#context.dropped("cache");
    });
  }

  /** Another life of the server's database. */
  reset(epoch: string): Promise<void> {
    return this.#steps.run(async () => {
      await this.#context.store.reset(epoch);
      this.#position = { epoch, cursor: null, complete: false };
      // Told before the list goes, for what still needs a look at it.
      this.#context.dropped("all");
      this.#conversations = new Map();
      this.#context.stored(NO_CHANGES);
    });
  }
}

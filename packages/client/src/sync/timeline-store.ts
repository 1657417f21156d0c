import type {
  Conversation,
  ConversationId,
  Entry,
  GroupPushEvent,
  LargeGroupState,
  Message,
  Seq,
  UserId,
} from "@im-webapp/protocol";
import { Serial } from "../async/serial.ts";
import type { AccountSnapshot, AccountStore, SyncPosition } from "../store/local-store.ts";
import { LISTED } from "../people/person-record.ts";
import type { PersonRecord } from "../people/person-record.ts";
import { listed, withKnown, withMentions, withPositionsOf, withRead, withShown } from "./conversation-record.ts";
import type { ConversationRecord } from "./conversation-record.ts";
import { fold, withRecords } from "./fold.ts";
import type { TimelineChanges } from "./fold.ts";
import { foldPushes, foldReading } from "./fold-conversation.ts";
import type { ConversationChanges, ConversationReading } from "./fold-conversation.ts";
import { Readings } from "./readings.ts";
import type { Reading } from "./readings.ts";

/** What a change of what is held carries to those who show it. */
export type StoredChanges = Omit<TimelineChanges, "missing"> & {
  /** Conversations whose cached messages are gone, because they may have changed unseen. */
  readonly dropped: readonly ConversationId[];
};

/** Of contacts and applications. */
export interface PeopleChange {
  readonly put: readonly PersonRecord[];
  /** Keys of what goes. */
  readonly gone: readonly string[];
}

type TakeMessages = (messages: readonly Message[]) => void;

const NO_CHANGES: StoredChanges = {
  conversations: new Map(),
  messages: [],
  updates: [],
  users: [],
  people: [],
  delivered: [],
  dropped: [],
};

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
 * The timeline as held in memory and in the store at once, and with it what is read of conversations themselves: memory
 * moves only after the store has taken the same step, so that what is shown is never ahead of what a reload would find.
 * One step at a time.
 */
export class TimelineStore {
  /** Questions to the server whose answers are to be cached. */
  readonly readings = new Readings();
  readonly #context: TimelineStoreContext;
  readonly #steps = new Serial();
  #position: SyncPosition = { epoch: null, cursor: null, complete: false };
  #conversations: ReadonlyMap<ConversationId, ConversationRecord> = new Map();
  #people: ReadonlyMap<string, PersonRecord> = new Map();

  constructor(context: TimelineStoreContext) {
    this.#context = context;
  }

  get position(): SyncPosition {
    return this.#position;
  }

  get conversations(): ReadonlyMap<ConversationId, ConversationRecord> {
    return this.#conversations;
  }

  /** Contacts and applications, and whether the lists of them have been read. */
  get people(): ReadonlyMap<string, PersonRecord> {
    return this.#people;
  }

  restore({ position, conversations, people }: Pick<AccountSnapshot, "position" | "conversations" | "people">): void {
    this.#position = position;
    this.#people = new Map(people.map((record) => [record.key, record]));
    this.#conversations = new Map(conversations.map((record) => [record.conversation.conversationId, record]));
  }

  /** Reads the store again, after a `ReplacedError`. */
  reload(): Promise<void> {
    return this.#steps.run(async () => {
      this.restore(await this.#context.store.load());
      // What another tab has stored instead may lack changes of what windows and questions here have seen.
      this.readings.drop();
      this.#context.dropped("cache");
      this.#told({ ...NO_CHANGES, conversations: this.#conversations });
    });
  }

  /** Applies consecutive entries that continue the cursor. */
  apply(entries: readonly Entry[]): Promise<void> {
    return this.#steps.run(async () => {
      const { epoch, cursor, complete } = this.#position;
      if (epoch === null || cursor === null) throw new ReplacedError();
      const { timeline, changes } = fold({ cursor, conversations: this.#conversations }, entries, this.#context.self);
      const { missing, ...stored } = changes;
      const whole = missing.size === 0;
      const conversations = [...changes.conversations.values()];
      const batch = { ...stored, epoch, cursor: timeline.cursor, complete: whole, conversations };
      if (!(await this.#context.store.commit(batch))) throw new ReplacedError();
      this.#position = { epoch, cursor: timeline.cursor, complete: complete && whole };
      this.#conversations = timeline.conversations;
      this.#keepPeople(changes.people);
      this.#told({ ...stored, dropped: [] });
    });
  }

  /** Stores what is to be put and what goes of contacts and applications, as `change` says when the step begins. */
  putPeople(change: () => PeopleChange): Promise<void> {
    return this.#steps.run(async () => {
      const { put, gone } = change();
      const { epoch } = this.#position;
      if (epoch === null || !(await this.#context.store.putPeople(epoch, put, gone))) throw new ReplacedError();
      this.#keepPeople(put, gone);
      this.#told(NO_CHANGES);
    });
  }

  /** Applies pushes of large groups as far as they continue what is held; gives those that come too early. */
  applyPushes(pushes: readonly GroupPushEvent[]): Promise<readonly GroupPushEvent[]> {
    return this.#steps.run(async () => {
      // Between two lists nothing is held that a push could continue.
      if (this.#position.cursor === null) return [];
      const { changes, early } = foldPushes(this.#conversations, pushes, this.#context.self);
      await this.#advance(changes);
      return early;
    });
  }

  /**
   * Takes over what was read of a conversation itself; `read` gives it when the step begins. With `drop`, what was
   * cached of the conversation goes first.
   */
  advance(conversationId: ConversationId, read: () => ConversationReading, drop = false): Promise<void> {
    return this.#steps.run(async () => {
      const held = this.#conversations.get(conversationId);
      if (!held || this.#position.cursor === null) throw new ReplacedError();
      const { record, changes } = foldReading(held, read(), this.#context.self);
      const conversations = new Map([[conversationId, record]]);
      await this.#advance({ ...changes, conversations }, drop ? [conversationId] : []);
    });
  }

  /**
   * Caches a page of a conversation that a window has read. `take` gets it in the newest versions known, in the same
   * step: whatever changes a message afterwards finds it in the cache and in what `take` has made of it. Does nothing
   * when what was held has been dropped since the question.
   */
  cache(reading: Reading, messages: readonly Message[], beginning: Seq | undefined, take: TakeMessages): Promise<void> {
    return this.#steps.run(async () => {
      if (reading.isVoid) return;
      const newest = reading.newest(messages);
      await this.#context.store.putMessages(reading.conversationId, newest, beginning);
      take(newest);
    });
  }

  /**
   * Learns what the server says of large conversations: what lies beyond the held is then known to be missing. Those
   * that are not known here, or count as left, are told of by the timeline first.
   */
  learn(states: readonly (Omit<LargeGroupState, "readSeq"> & { readSeq?: Seq })[]): Promise<void> {
    return this.#steps.run(async () => {
      const conversations = new Map<ConversationId, ConversationRecord>();
      for (const { conversationId, readSeq = 0, mentionSeqs, shown = {}, ...known } of states) {
        const held = this.#conversations.get(conversationId);
        if (!held || held.conversation.left === true || this.#position.cursor === null) continue;
        const conversation = withShown(held.conversation, shown);
        const reached = withKnown({ ...held, conversation, held: { ...held.held, large: true } }, known);
        const record = withRead(withMentions(reached, mentionSeqs), readSeq);
        conversations.set(conversationId, record);
      }
      if (conversations.size > 0) await this.#advance({ conversations, messages: [], updates: [], delivered: [] });
    });
  }

  /** Takes one page of the conversation list over. */
  list(page: readonly Conversation[]): Promise<void> {
    return this.#steps.run(async () => {
      const { epoch, cursor } = this.#position;
      const changed = new Map<ConversationId, ConversationRecord>();
      for (const view of page) {
        const held = changed.get(view.conversationId) ?? this.#conversations.get(view.conversationId);
        // Without a cursor nothing is cached, so that nothing of what the list says can be missing. With one, the timeline
        // tells of all else in its order, and the list may be older.
        const isFollowed = held && cursor !== null;
        const record = isFollowed ? withPositionsOf(held, { ...held, conversation: view }) : listed(view, held);
        changed.set(view.conversationId, record);
      }
      if (epoch === null || !(await this.#context.store.putConversations(epoch, [...changed.values()]))) {
        throw new ReplacedError();
      }
      this.#conversations = withRecords(this.#conversations, changed);
      this.#told({ ...NO_CHANGES, conversations: changed });
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
      this.#told(NO_CHANGES);
    });
  }

  /** The cursor has expired: the list stays on screen until the new one has come; messages and names go. */
  expire(): Promise<void> {
    return this.#steps.run(async () => {
      await this.#context.store.expire();
      this.#keepPeople([], [LISTED]);
      this.#position = { epoch: this.#position.epoch, cursor: null, complete: false };
      this.readings.drop();
      this.#context.dropped("cache");
    });
  }

  /** Another life of the server's database. */
  reset(epoch: string): Promise<void> {
    return this.#steps.run(async () => {
      const isNew = await this.#context.store.reset(epoch);
      this.#position = { epoch, cursor: null, complete: false };
      // Told before the list goes, for what still needs a look at it.
      this.readings.drop();
      this.#context.dropped("all");
      this.#conversations = new Map();
      this.#people = new Map();
      // Another tab may have gone on from there already.
      if (!isNew) this.restore(await this.#context.store.load());
      this.#told({ ...NO_CHANGES, conversations: this.#conversations });
    });
  }

  #told(changes: StoredChanges): void {
    this.readings.drop(changes.dropped);
    this.readings.noticed([...changes.messages, ...changes.updates]);
    this.#context.stored(changes);
  }

  #keepPeople(put: readonly PersonRecord[], gone: readonly string[] = []): void {
    if (put.length + gone.length === 0) return;
    const people = new Map(this.#people);
    for (const key of gone) people.delete(key);
    for (const record of put) people.set(record.key, record);
    this.#people = people;
  }

  async #advance(changes: ConversationChanges, dropped: readonly ConversationId[] = []): Promise<void> {
    const { epoch } = this.#position;
    if (changes.conversations.size === 0) return;
    const conversations = [...changes.conversations.values()];
    if (epoch === null || !(await this.#context.store.advance({ ...changes, epoch, conversations, dropped }))) {
      throw new ReplacedError();
    }
    this.#conversations = withRecords(this.#conversations, changes.conversations);
    this.#told({ ...NO_CHANGES, ...changes, dropped });
  }
}

import { beforeEach } from "vitest";
import type { AccountStore, LocalStore, ReadingBatch, SyncBatch } from "../src/store/local-store.ts";
import { listed } from "../src/sync/conversation-record.ts";
import type { ConversationRecord } from "../src/sync/conversation-record.ts";
import { makeConversation } from "./builders.ts";

/** One device's storage, which outlives the stores opened on it. */
export interface StorageUnderTest {
  /** A store on this storage, as after a restart of the program. */
  open(): Promise<LocalStore>;
}

/** A store on a storage of its own, for each test anew, and in it the account of "me". */
export class StoreUnderTest {
  storage!: StorageUnderTest;
  store!: LocalStore;
  account!: AccountStore;

  /** Sets the hook up; call it within a `describe`. `make` gives a device that holds nothing. */
  static install(make: () => StorageUnderTest): StoreUnderTest {
    const here = new StoreUnderTest();
    beforeEach(async () => {
      here.storage = make();
      await here.#open();
    });
    return here;
  }

  /** Everything as another run of the program finds it. */
  async restart(): Promise<void> {
    await this.account.close();
    await this.store.close();
    await this.#open();
  }

  /** Has the account continue epoch "e" from `cursor`. */
  async synced(cursor = 0, conversations: readonly ConversationRecord[] = []): Promise<void> {
    await this.account.reset("e");
    await this.account.putConversations("e", conversations);
    const ids = new Set(conversations.map(({ conversation }) => conversation.conversationId));
    await this.account.completeList("e", { cursor, listed: ids });
  }

  async #open(): Promise<void> {
    this.store = await this.storage.open();
    this.account = await this.store.openAccount("me");
  }
}

export function recordOf(conversationId: string, title?: string): ConversationRecord {
  return listed(makeConversation({ conversationId, ...(title !== undefined && { title }) }));
}

export function batchOf(cursor: number, overrides: Partial<SyncBatch> = {}): SyncBatch {
  return {
    epoch: "e",
    cursor,
    complete: true,
    conversations: [],
    messages: [],
    updates: [],
    users: [],
    people: [],
    delivered: [],
    ...overrides,
  };
}

export function readingOf(overrides: Partial<ReadingBatch> = {}): ReadingBatch {
  return { epoch: "e", conversations: [], dropped: [], messages: [], updates: [], delivered: [], ...overrides };
}

/** A large conversation of which this much is held. */
export function heldTo(lastSeq: number, changeSeq: number, title = "Title"): ConversationRecord {
  return listed(makeConversation({ conversationId: "c1", title, lastSeq, changeSeq, large: true }));
}

import { beforeEach, describe, expect, it } from "vitest";
import { listed } from "../sync/conversation-record.ts";
import type { ConversationRecord } from "../sync/conversation-record.ts";
import { makeConversation, makeMessage, makeOutgoing, makeUser } from "../../test/builders.ts";
import type { AccountStore, LocalStore, ReadingBatch, StoredSession, SyncBatch } from "./local-store.ts";

/** One device's storage, which outlives the stores opened on it. */
export interface StorageUnderTest {
  /** A store on this storage, as after a restart of the program. */
  open(): Promise<LocalStore>;
}

const SESSION: StoredSession = { token: "t", expiresAt: 9, me: { userId: "me", username: "me", displayName: "Me" } };

function recordOf(conversationId: string, title?: string): ConversationRecord {
  return listed(makeConversation({ conversationId, ...(title !== undefined && { title }) }));
}

function batchOf(cursor: number, overrides: Partial<SyncBatch> = {}): SyncBatch {
  return {
    epoch: "e",
    cursor,
    complete: true,
    conversations: [],
    messages: [],
    updates: [],
    users: [],
    delivered: [],
    ...overrides,
  };
}

function readingOf(overrides: Partial<ReadingBatch> = {}): ReadingBatch {
  return { epoch: "e", conversations: [], dropped: [], messages: [], updates: [], delivered: [], ...overrides };
}

/** A large conversation of which this much is held. */
function heldTo(lastSeq: number, changeSeq: number, title = "Title"): ConversationRecord {
  return listed(makeConversation({ conversationId: "c1", title, lastSeq, changeSeq, large: true }));
}

/** The suite that every implementation of `LocalStore` passes. `make` gives a device that holds nothing. */
export function describeLocalStore(name: string, make: () => StorageUnderTest): void {
  describe(`${name} as a LocalStore`, () => {
    let storage: StorageUnderTest;
    let store: LocalStore;
    let account: AccountStore;

    /** Everything as another run of the program finds it. */
    async function restart(): Promise<void> {
      await account.close();
      await store.close();
      store = await storage.open();
      account = await store.openAccount("me");
    }

    /** An account that continues epoch "e" from `cursor`. */
    async function synced(cursor = 0, conversations: readonly ConversationRecord[] = []): Promise<void> {
      await account.reset("e");
      await account.putConversations("e", conversations);
      const ids = new Set(conversations.map(({ conversation }) => conversation.conversationId));
      await account.completeList("e", { cursor, listed: ids });
    }

    beforeEach(async () => {
      storage = make();
      store = await storage.open();
      account = await store.openAccount("me");
    });

    describe("of the device", () => {
      it("makes a device id once", async () => {
        const [first, second] = await Promise.all([store.deviceId(), store.deviceId()]);
        expect(first).toMatch(/^[0-9a-f-]{36}$/);
        expect(second).toBe(first);
        await restart();
        expect(await store.deviceId()).toBe(first);
      });

      it("keeps and forgets the session, and never the device id with it", async () => {
        const deviceId = await store.deviceId();
        expect(await store.loadSession()).toBeNull();
        await store.saveSession(SESSION);
        await restart();
        expect(await store.loadSession()).toEqual(SESSION);
        await store.saveSession(null);
        await restart();
        expect(await store.loadSession()).toBeNull();
        expect(await store.deviceId()).toBe(deviceId);
      });

      it("keeps users apart, and erases one without the other", async () => {
        const other = await store.openAccount("other");
        await account.enqueue(makeOutgoing("mine"));
        await other.enqueue(makeOutgoing("theirs"));
        await account.close();
        await store.removeAccount("me");
        account = await store.openAccount("me");
        expect((await account.load()).outgoing).toEqual([]);
        expect((await other.load()).outgoing).toEqual([makeOutgoing("theirs")]);
        await other.close();
      });
    });

    describe("of the timeline", () => {
      it("starts with nothing to continue from", async () => {
        expect(await account.load()).toEqual({
          position: { epoch: null, cursor: null, complete: false },
          conversations: [],
          outgoing: [],
          reads: [],
          users: [],
        });
        expect(await account.commit(batchOf(1))).toBe(false);
      });

      it("stores a batch with its cursor, for the next run too", async () => {
        await synced(4, [recordOf("c1", "Old")]);
        const record = { ...recordOf("c1", "New"), receipts: new Map([["ann", 3]]) };
        const batch = batchOf(6, { conversations: [record], messages: [makeMessage()], users: [makeUser("ann")] });
        expect(await account.commit(batch)).toBe(true);
        await restart();
        expect(await account.load()).toMatchObject({
          position: { epoch: "e", cursor: 6, complete: true },
          conversations: [record],
          users: [makeUser("ann")],
        });
        expect(await account.messages("c1", 10)).toEqual({ messages: [makeMessage()] });
      });

      it("refuses a batch of another epoch and changes nothing", async () => {
        await synced(4, [recordOf("c1")]);
        const before = await account.load();
        const foreign = batchOf(5, { epoch: "other", conversations: [recordOf("c2")], messages: [makeMessage()] });
        expect(await account.commit(foreign)).toBe(false);
        expect(await account.putConversations("other", [recordOf("c2")])).toBe(false);
        expect(await account.completeList("other", { cursor: 9, listed: new Set() })).toBe(false);
        expect(await account.load()).toEqual(before);
        expect((await account.messages("c1", 10)).messages).toEqual([]);
      });

      it("leaves what another tab has stored further on", async () => {
        await synced(4, [recordOf("c1")]);
        await account.commit(batchOf(8, { conversations: [recordOf("c1", "At 8")] }));
        const late = batchOf(6, { conversations: [recordOf("c1", "At 6")], messages: [makeMessage()] });
        expect(await account.commit(late)).toBe(true);
        const { position, conversations } = await account.load();
        expect(position.cursor).toBe(8);
        expect(conversations).toEqual([recordOf("c1", "At 8")]);
        expect((await account.messages("c1", 10)).messages).toEqual([makeMessage()]);
      });

      it("never replaces a message by a lower version of it", async () => {
        await synced();
        const second = makeMessage({ version: 2 });
        await account.commit(batchOf(1, { messages: [second] }));
        await account.commit(batchOf(2, { messages: [makeMessage({ version: 1 })] }));
        await account.putMessages("c1", [makeMessage({ version: 1 })]);
        expect((await account.messages("c1", 10)).messages).toEqual([second]);
        const third = makeMessage({ version: 3 });
        await account.commit(batchOf(3, { updates: [third] }));
        expect((await account.messages("c1", 10)).messages).toEqual([third]);
      });

      it("updates those messages only that it holds", async () => {
        await synced();
        const batch = batchOf(1, {
          messages: [makeMessage({ seq: 1 })],
          updates: [makeMessage({ seq: 1, version: 2 }), makeMessage({ seq: 7, version: 2 })],
        });
        await account.commit(batch);
        expect((await account.messages("c1", 10)).messages).toEqual([makeMessage({ seq: 1, version: 2 })]);
      });

      it("takes delivered messages out of the queue together with the batch", async () => {
        await synced();
        await account.enqueue(makeOutgoing("a"));
        await account.enqueue(makeOutgoing("b"));
        await account.commit(batchOf(1, { delivered: ["a", "unknown"] }));
        expect((await account.load()).outgoing).toEqual([makeOutgoing("b")]);
      });

      it("remembers a hole in the list until the list has come again", async () => {
        await synced(4, [recordOf("c1")]);
        await account.commit(batchOf(5, { complete: false }));
        await account.commit(batchOf(6));
        expect((await account.load()).position).toEqual({ epoch: "e", cursor: 6, complete: false });
        await account.putConversations("e", [recordOf("c2")]);
        await account.completeList("e");
        const { position, conversations } = await account.load();
        expect(position).toEqual({ epoch: "e", cursor: 6, complete: true });
        expect(conversations).toHaveLength(2);
      });

      it("adopts a list: its cursor, and no conversation that it does not name", async () => {
        await synced(4, [recordOf("c1"), recordOf("c2")]);
        await account.putConversations("e", [recordOf("c3")]);
        await account.completeList("e", { cursor: 9, listed: new Set(["c2", "c3"]) });
        await restart();
        const { position, conversations } = await account.load();
        expect(position).toEqual({ epoch: "e", cursor: 9, complete: true });
        expect(conversations.map(({ conversation }) => conversation.conversationId).toSorted()).toEqual(["c2", "c3"]);
      });
    });

    describe("of what is read of conversations themselves", () => {
      it("stores it with the positions that it leads to, and leaves the cursor", async () => {
        await synced(4, [heldTo(2, 0)]);
        await account.enqueue(makeOutgoing("a"));
        await account.putMessages("c1", [makeMessage({ seq: 2 })]);
        const batch = readingOf({
          conversations: [heldTo(3, 1)],
          messages: [makeMessage({ seq: 3 })],
          updates: [makeMessage({ seq: 2, version: 2 }), makeMessage({ seq: 1, version: 2 })],
          delivered: ["a"],
        });
        expect(await account.advance(batch)).toBe(true);
        await restart();
        expect(await account.load()).toMatchObject({
          position: { epoch: "e", cursor: 4, complete: true },
          conversations: [heldTo(3, 1)],
          outgoing: [],
        });
        expect((await account.messages("c1", 10)).messages).toEqual([
          makeMessage({ seq: 2, version: 2 }),
          makeMessage({ seq: 3 }),
        ]);
      });

      it("drops what may have changed unseen before it stores what has been read", async () => {
        await synced(4, [heldTo(3, 0)]);
        await account.putMessages("c1", [makeMessage({ seq: 2 }), makeMessage({ seq: 3 })]);
        await account.putMessages("c2", [makeMessage({ conversationId: "c2" })]);
        await account.advance(readingOf({ dropped: ["c1"], messages: [makeMessage({ seq: 3 })] }));
        expect((await account.messages("c1", 10)).messages).toEqual([makeMessage({ seq: 3 })]);
        expect((await account.messages("c2", 10)).messages).toHaveLength(1);
      });

      it("moves no position back, of neither kind of step, and does not bring a conversation back", async () => {
        await synced(4, [heldTo(3, 0)]);
        await account.advance(readingOf({ conversations: [heldTo(9, 2, "Read")] }));
        await account.advance(readingOf({ conversations: [heldTo(7, 1, "Late"), recordOf("c2")] }));
        const titled = async () => (await account.load()).conversations;
        expect(await titled()).toEqual([heldTo(9, 2)]);
        await account.commit(batchOf(5, { conversations: [heldTo(8, 1, "New")] }));
        expect(await titled()).toEqual([heldTo(9, 2, "New")]);
      });

      it("refuses what belongs to another epoch, or to no list", async () => {
        await synced(4, [heldTo(3, 0)]);
        const batch = readingOf({ conversations: [heldTo(9, 2)], messages: [makeMessage()] });
        expect(await account.advance({ ...batch, epoch: "other" })).toBe(false);
        await account.expire();
        expect(await account.advance(batch)).toBe(false);
        expect((await account.load()).conversations).toEqual([heldTo(3, 0)]);
        expect((await account.messages("c1", 10)).messages).toEqual([]);
      });
    });

    describe("losing its ground", () => {
      beforeEach(async () => {
        await synced(4, [recordOf("c1")]);
        await account.commit(batchOf(5, { messages: [makeMessage()], users: [makeUser("ann")] }));
        await account.putMessages("c1", [], 1);
        await account.enqueue(makeOutgoing("a", { accepted: { conversationId: "c1", seq: 2 } }));
        await account.putRead({ conversationId: "c1", seq: 1 });
      });

      it("keeps the list, the queue and the read positions when the cursor has expired", async () => {
        await account.expire();
        await restart();
        expect(await account.load()).toEqual({
          position: { epoch: "e", cursor: null, complete: false },
          conversations: [recordOf("c1")],
          outgoing: [makeOutgoing("a", { accepted: { conversationId: "c1", seq: 2 } })],
          reads: [{ conversationId: "c1", seq: 1 }],
          users: [],
        });
        expect(await account.messages("c1", 10)).toEqual({ messages: [] });
        expect(await account.commit(batchOf(6))).toBe(false);
      });

      it("keeps only the queue, as never sent, in another epoch", async () => {
        await account.reset("e2");
        await restart();
        expect(await account.load()).toEqual({
          position: { epoch: "e2", cursor: null, complete: false },
          conversations: [],
          outgoing: [makeOutgoing("a")],
          reads: [],
          users: [],
        });
        expect(await account.messages("c1", 10)).toEqual({ messages: [] });
      });
    });

    describe("of messages", () => {
      it("gives the newest below a place, ascending, of one conversation only", async () => {
        const seqs = [1, 2, 3, 7, 8, 20, 100];
        await account.putMessages(
          "c1",
          seqs.map((seq) => makeMessage({ seq })),
        );
        await account.putMessages("c10", [makeMessage({ conversationId: "c10", seq: 5 })]);
        await account.putMessages("c", [makeMessage({ conversationId: "c", seq: 6 })]);
        const given = async (limit: number, before?: number) =>
          (await account.messages("c1", limit, before)).messages.map(({ seq }) => seq);
        expect(await given(3)).toEqual([8, 20, 100]);
        expect(await given(3, 20)).toEqual([3, 7, 8]);
        expect(await given(10, 3)).toEqual([1, 2]);
        expect(await given(10, 1)).toEqual([]);
      });

      it("remembers where a conversation begins for this user", async () => {
        await account.putMessages("c1", [makeMessage({ seq: 40 })], 40);
        await account.putMessages("c1", [makeMessage({ seq: 41 })]);
        await restart();
        expect((await account.messages("c1", 10)).beginning).toBe(40);
        expect(await account.messages("c2", 10)).toEqual({ messages: [] });
      });
    });

    describe("of what waits", () => {
      const queue = async () => (await account.load()).outgoing.map(({ clientMessageId }) => clientMessageId);

      it("keeps the order of sending over a restart", async () => {
        for (const id of ["z", "a", "m"]) await account.enqueue(makeOutgoing(id));
        await restart();
        expect(await queue()).toEqual(["z", "a", "m"]);
        await account.enqueue(makeOutgoing("b"));
        expect(await queue()).toEqual(["z", "a", "m", "b"]);
      });

      it("keeps the order of calls that were not waited for", async () => {
        const ids = Array.from({ length: 30 }, (_, index) => `m${index}`);
        await Promise.all(ids.map((id) => account.enqueue(makeOutgoing(id))));
        expect(await queue()).toEqual(ids);
      });

      it("moves a message that is queued again to the end, in its new form", async () => {
        for (const id of ["a", "b"]) await account.enqueue(makeOutgoing(id));
        await account.enqueue(makeOutgoing("a", { createdAt: 2 }));
        expect((await account.load()).outgoing).toEqual([makeOutgoing("b"), makeOutgoing("a", { createdAt: 2 })]);
      });

      it("changes messages in their place, and does not bring back those that are gone", async () => {
        for (const id of ["a", "b", "c"]) await account.enqueue(makeOutgoing(id));
        await account.removeOutgoing(["c", "unknown"]);
        const failed = makeOutgoing("a", { error: { code: "BLOCKED", message: "no" } });
        await account.updateOutgoing([failed, makeOutgoing("c")]);
        expect((await account.load()).outgoing).toEqual([failed, makeOutgoing("b")]);
      });

      it("keeps one read position per conversation until it is removed", async () => {
        await account.putRead({ conversationId: "c1", seq: 3 });
        await account.putRead({ conversationId: "c1", seq: 5 });
        await account.putRead({ conversationId: "c2", seq: 1 });
        await account.removeReads(["c2", "unknown"]);
        await restart();
        expect((await account.load()).reads).toEqual([{ conversationId: "c1", seq: 5 }]);
      });

      it("keeps users, the newest of each", async () => {
        await account.putUsers([makeUser("ann", "Ann"), makeUser("bob")]);
        await account.putUsers([makeUser("ann", "Anna")]);
        await restart();
        const { users } = await account.load();
        expect(users.toSorted((a, b) => a.userId.localeCompare(b.userId))).toEqual([
          makeUser("ann", "Anna"),
          makeUser("bob"),
        ]);
      });
    });
  });
}

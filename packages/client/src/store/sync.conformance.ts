import { beforeEach, describe, expect, it } from "vitest";
import { outlived } from "../outbox/pending-change.ts";
import { LISTED, personRecord } from "../people/person-record.ts";
import { makeChange, makeContact, makeMessage, makeOutgoing, makeUser } from "../../test/builders.ts";
import type { PendingChange } from "./local-store.ts";
import { batchOf, heldTo, readingOf, recordOf } from "../../test/store-under-test.ts";
import type { StoreUnderTest } from "../../test/store-under-test.ts";

/** What a store promises of all that came from the server. */
export function describeSync(here: StoreUnderTest): void {
  describe("of the timeline", () => {
    it("starts with nothing to continue from", async () => {
      expect(await here.account.load()).toEqual({
        position: { epoch: null, cursor: null, complete: false },
        conversations: [],
        outgoing: [],
        reads: [],
        changes: [],
        drafts: [],
        users: [],
        people: [],
      });
      expect(await here.account.commit(batchOf(1))).toBe(false);
    });

    it("stores a batch with its cursor, for the next run too", async () => {
      await here.synced(4, [recordOf("c1", "Old")]);
      const record = { ...recordOf("c1", "New"), receipts: new Map([["ann", 3]]) };
      const batch = batchOf(6, { conversations: [record], messages: [makeMessage()], users: [makeUser("ann")] });
      expect(await here.account.commit(batch)).toBe(true);
      await here.restart();
      expect(await here.account.load()).toMatchObject({
        position: { epoch: "e", cursor: 6, complete: true },
        conversations: [record],
        users: [makeUser("ann")],
      });
      expect(await here.account.messages("c1", 10)).toEqual({ messages: [makeMessage()] });
    });

    it("keeps contacts and applications, by batches and by their lists, as far as they are of this epoch", async () => {
      await here.synced(4);
      const kept = personRecord({ contact: makeContact("ann", { alias: "Annie" }) });
      const gone = personRecord({ contact: makeContact("bob") });
      await here.account.commit(batchOf(5, { people: [gone, personRecord({ contact: makeContact("ann") })] }));
      expect(await here.account.putPeople("e", [kept, { key: LISTED }], [gone.key])).toBe(true);
      expect(await here.account.putPeople("other", [gone], [kept.key])).toBe(false);
      await here.restart();
      expect((await here.account.load()).people.toSorted((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
        kept,
        { key: LISTED },
      ]);
      await here.account.commit(batchOf(4, { people: [gone] }));
      expect((await here.account.load()).people, "a late batch of another tab").toHaveLength(2);
      await here.account.expire();
      expect((await here.account.load()).people, "to be listed again, and shown until then").toEqual([kept]);
      await here.account.reset("f");
      expect((await here.account.load()).people).toEqual([]);
    });

    it("refuses a batch of another epoch and changes nothing", async () => {
      await here.synced(4, [recordOf("c1")]);
      const before = await here.account.load();
      const foreign = batchOf(5, { epoch: "other", conversations: [recordOf("c2")], messages: [makeMessage()] });
      expect(await here.account.commit(foreign)).toBe(false);
      expect(await here.account.putConversations("other", [recordOf("c2")])).toBe(false);
      expect(await here.account.completeList("other", { cursor: 9, listed: new Set() })).toBe(false);
      expect(await here.account.load()).toEqual(before);
      expect((await here.account.messages("c1", 10)).messages).toEqual([]);
    });

    it("leaves what another tab has stored further on", async () => {
      await here.synced(4, [recordOf("c1")]);
      await here.account.commit(batchOf(8, { conversations: [recordOf("c1", "At 8")] }));
      const late = batchOf(6, { conversations: [recordOf("c1", "At 6")], messages: [makeMessage()] });
      expect(await here.account.commit(late)).toBe(true);
      const { position, conversations } = await here.account.load();
      expect(position.cursor).toBe(8);
      expect(conversations).toEqual([recordOf("c1", "At 8")]);
      expect((await here.account.messages("c1", 10)).messages).toEqual([makeMessage()]);
    });

    it("never replaces a message by a lower version of it", async () => {
      await here.synced();
      const second = makeMessage({ version: 2 });
      await here.account.commit(batchOf(1, { messages: [second] }));
      await here.account.commit(batchOf(2, { messages: [makeMessage({ version: 1 })] }));
      await here.account.putMessages("c1", [makeMessage({ version: 1 })]);
      expect((await here.account.messages("c1", 10)).messages).toEqual([second]);
      const third = makeMessage({ version: 3 });
      await here.account.commit(batchOf(3, { updates: [third] }));
      expect((await here.account.messages("c1", 10)).messages).toEqual([third]);
    });

    it("updates those messages only that it holds", async () => {
      await here.synced();
      const batch = batchOf(1, {
        messages: [makeMessage({ seq: 1 })],
        updates: [makeMessage({ seq: 1, version: 2 }), makeMessage({ seq: 7, version: 2 })],
      });
      await here.account.commit(batch);
      expect((await here.account.messages("c1", 10)).messages).toEqual([makeMessage({ seq: 1, version: 2 })]);
    });

    it("takes delivered messages out of the queue together with the batch", async () => {
      await here.synced();
      await here.account.enqueue(makeOutgoing("a"));
      await here.account.enqueue(makeOutgoing("b"));
      await here.account.commit(batchOf(1, { delivered: ["a", "unknown"] }));
      expect((await here.account.load()).outgoing).toEqual([makeOutgoing("b")]);
    });

    it("remembers a hole in the list until the list has come again", async () => {
      await here.synced(4, [recordOf("c1")]);
      await here.account.commit(batchOf(5, { complete: false }));
      await here.account.commit(batchOf(6));
      expect((await here.account.load()).position).toEqual({ epoch: "e", cursor: 6, complete: false });
      await here.account.putConversations("e", [recordOf("c2")]);
      await here.account.completeList("e");
      const { position, conversations } = await here.account.load();
      expect(position).toEqual({ epoch: "e", cursor: 6, complete: true });
      expect(conversations).toHaveLength(2);
    });

    it("adopts a list: its cursor, and no conversation that it does not name", async () => {
      await here.synced(4, [recordOf("c1"), recordOf("c2")]);
      await here.account.putConversations("e", [recordOf("c3")]);
      await here.account.completeList("e", { cursor: 9, listed: new Set(["c2", "c3"]) });
      await here.restart();
      const { position, conversations } = await here.account.load();
      expect(position).toEqual({ epoch: "e", cursor: 9, complete: true });
      expect(conversations.map(({ conversation }) => conversation.conversationId).toSorted()).toEqual(["c2", "c3"]);
    });
  });

  describe("of what is read of conversations themselves", () => {
    it("stores it with the positions that it leads to, and leaves the cursor", async () => {
      await here.synced(4, [heldTo(2, 0)]);
      await here.account.enqueue(makeOutgoing("a"));
      await here.account.putMessages("c1", [makeMessage({ seq: 2 })]);
      const batch = readingOf({
        conversations: [heldTo(3, 1)],
        messages: [makeMessage({ seq: 3 })],
        updates: [makeMessage({ seq: 2, version: 2 }), makeMessage({ seq: 1, version: 2 })],
        delivered: ["a"],
      });
      expect(await here.account.advance(batch)).toBe(true);
      await here.restart();
      expect(await here.account.load()).toMatchObject({
        position: { epoch: "e", cursor: 4, complete: true },
        conversations: [heldTo(3, 1)],
        outgoing: [],
      });
      expect((await here.account.messages("c1", 10)).messages).toEqual([
        makeMessage({ seq: 2, version: 2 }),
        makeMessage({ seq: 3 }),
      ]);
    });

    it("drops what may have changed unseen before it stores what has been read", async () => {
      await here.synced(4, [heldTo(3, 0)]);
      await here.account.putMessages("c1", [makeMessage({ seq: 2 }), makeMessage({ seq: 3 })]);
      await here.account.putMessages("c2", [makeMessage({ conversationId: "c2" })]);
      await here.account.advance(readingOf({ dropped: ["c1"], messages: [makeMessage({ seq: 3 })] }));
      expect((await here.account.messages("c1", 10)).messages).toEqual([makeMessage({ seq: 3 })]);
      expect((await here.account.messages("c2", 10)).messages).toHaveLength(1);
    });

    it("moves no position and no title back, of neither kind of step, and does not bring a conversation back", async () => {
      await here.synced(4, [heldTo(3, 0)]);
      await here.account.advance(readingOf({ conversations: [heldTo(9, 2, "Read")] }));
      await here.account.advance(readingOf({ conversations: [heldTo(7, 1, "Late"), recordOf("c2")] }));
      const titled = async () => (await here.account.load()).conversations;
      expect(await titled()).toEqual([heldTo(9, 2, "Read")]);
      await here.account.commit(batchOf(5, { conversations: [heldTo(8, 1, "New")] }));
      expect(await titled()).toEqual([heldTo(9, 2, "New")]);
    });

    it("refuses what belongs to another epoch, or to no list", async () => {
      await here.synced(4, [heldTo(3, 0)]);
      const batch = readingOf({ conversations: [heldTo(9, 2)], messages: [makeMessage()] });
      expect(await here.account.advance({ ...batch, epoch: "other" })).toBe(false);
      await here.account.expire();
      expect(await here.account.advance(batch)).toBe(false);
      expect((await here.account.load()).conversations).toEqual([heldTo(3, 0)]);
      expect((await here.account.messages("c1", 10)).messages).toEqual([]);
    });
  });

  describe("losing its ground", () => {
    const draft = { conversationId: "c1", text: "to be", at: 5 };

    beforeEach(async () => {
      await here.synced(4, [recordOf("c1")]);
      await here.account.commit(batchOf(5, { messages: [makeMessage()], users: [makeUser("ann")] }));
      await here.account.putMessages("c1", [], 1);
      await here.account.enqueue(makeOutgoing("a", { accepted: { conversationId: "c1", seq: 2 } }));
      await here.account.putRead({ conversationId: "c1", seq: 1 });
      await here.account.updateChanges(() => [makeChange("b")]);
      await here.account.putDraft(draft);
    });

    it("keeps the list, the queue and the read positions when the cursor has expired", async () => {
      await here.account.expire();
      await here.restart();
      expect(await here.account.load()).toEqual({
        position: { epoch: "e", cursor: null, complete: false },
        conversations: [recordOf("c1")],
        outgoing: [makeOutgoing("a", { accepted: { conversationId: "c1", seq: 2 } })],
        reads: [{ conversationId: "c1", seq: 1 }],
        changes: [makeChange("b")],
        drafts: [draft],
        users: [],
        people: [],
      });
      expect(await here.account.messages("c1", 10)).toEqual({ messages: [] });
      expect(await here.account.commit(batchOf(6))).toBe(false);
    });

    it("keeps changes of settings when the cursor has expired, and none in another epoch", async () => {
      const kept = { kind: "settings", conversationId: "c1", seq: 0, createdAt: 1, id: "s" } as const;
      const settings: PendingChange = { ...kept, settings: { pinned: true } };
      await here.account.updateChanges((held) => [...held, settings]);
      await here.account.expire();
      await here.restart();
      expect((await here.account.load()).changes).toEqual([makeChange("b"), settings]);
      await here.account.reset("e2");
      await here.restart();
      expect((await here.account.load()).changes).toEqual(outlived([makeChange("b")]));
    });

    it("keeps only the queue, as never sent, failed changes and drafts in another epoch", async () => {
      await here.account.reset("e2");
      await here.restart();
      expect(await here.account.load()).toEqual({
        position: { epoch: "e2", cursor: null, complete: false },
        conversations: [],
        outgoing: [makeOutgoing("a")],
        reads: [],
        changes: outlived([makeChange("b")]),
        drafts: [draft],
        users: [],
        people: [],
      });
      expect(await here.account.messages("c1", 10)).toEqual({ messages: [] });
    });
  });
}

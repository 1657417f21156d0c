import { describe, expect, it } from "vitest";
import { makeMessage, makeOutgoing } from "../../test/builders.ts";
import { batchOf, heldTo, readingOf, recordOf } from "../../test/store-under-test.ts";
import type { StoreUnderTest } from "../../test/store-under-test.ts";
import type { CachedConversation } from "./local-store.ts";
import { sizeOf } from "./message-size.ts";

const range = (first: number, end: number, conversationId = "c1") =>
  Array.from({ length: end - first + 1 }, (_, index) => makeMessage({ conversationId, seq: first + index }));

/** What a store promises of the counts of its cache, and of making room in it. */
export function describeCache(here: StoreUnderTest): void {
  const cached = async () =>
    (await here.account.cached()).toSorted((a, b) => a.conversationId.localeCompare(b.conversationId));
  const seqs = async (id = "c1") => (await here.account.messages(id, 1_000)).messages.map(({ seq }) => seq);

  /** The counts of everything cached, by counting it. */
  async function recounted(...ids: string[]): Promise<Omit<CachedConversation, "openedAt">[]> {
    return Promise.all(
      ids.map(async (conversationId) => {
        const { messages } = await here.account.messages(conversationId, 1_000);
        const bytes = messages.reduce((sum, message) => sum + sizeOf(message), 0);
        return { conversationId, messages: messages.length, bytes };
      }),
    );
  }

  describe("of pages", () => {
    const before = async (limit: number, seq?: number) =>
      (await here.account.messages("c1", limit, seq)).messages.map((message) => message.seq);
    const after = async (limit: number, seq: number) =>
      (await here.account.messagesAfter("c1", limit, seq)).messages.map((message) => message.seq);

    it("gives what lies next to a place, ascending, of this conversation alone", async () => {
      await here.account.putMessages("c1", [...range(11, 20).toReversed(), ...range(1, 4)]);
      await here.account.putMessages("c0", range(1, 30, "c0"));
      await here.account.putMessages("c10", range(1, 30, "c10"));
      await here.restart();
      expect(await before(3)).toEqual([18, 19, 20]);
      expect(await before(3, 13)).toEqual([4, 11, 12]);
      expect(await before(3, 1)).toEqual([]);
      expect(await after(3, 0)).toEqual([1, 2, 3]);
      expect(await after(3, 3)).toEqual([4, 11, 12]);
      expect(await after(100, 11)).toEqual([12, 13, 14, 15, 16, 17, 18, 19, 20]);
      expect(await after(3, 20)).toEqual([]);
      expect((await here.account.messagesAfter("unknown", 3, 0)).messages).toEqual([]);
    });

    it("gives the highest versions, the hole that making room leaves, and where the conversation begins", async () => {
      await here.account.putMessages("c1", range(1, 6), 1);
      await here.account.putMessages("c1", [makeMessage({ seq: 5, version: 2 })]);
      await here.account.evict({ conversationId: "c1", limit: 4, keep: 0 });
      const left = [makeMessage({ seq: 5, version: 2 }), makeMessage({ seq: 6 })];
      expect(await here.account.messagesAfter("c1", 10, 2)).toEqual({ messages: left, beginning: 1 });
      expect(await here.account.messages("c1", 10)).toEqual({ messages: left, beginning: 1 });
    });
  });

  describe("of how much is cached", () => {
    it("counts what each way of storing adds, and nothing twice", async () => {
      expect(await cached()).toEqual([]);
      await here.synced(4, [heldTo(3, 0)]);
      await here.account.commit(batchOf(5, { messages: [...range(1, 3), makeMessage({ seq: 3, version: 2 })] }));
      await here.account.commit(batchOf(6, { messages: range(2, 4), updates: range(8, 9) }));
      await here.account.advance(readingOf({ messages: range(5, 6), updates: [makeMessage({ seq: 7 })] }));
      await here.account.putMessages("c2", range(1, 2, "c2"));
      await here.restart();
      expect(await cached()).toMatchObject(await recounted("c1", "c2"));
      expect((await cached()).map(({ messages }) => messages)).toEqual([6, 2]);
    });

    it("counts a new version by its own size", async () => {
      await here.synced();
      await here.account.commit(batchOf(1, { messages: range(1, 2) }));
      const longer = makeMessage({ version: 2, content: { kind: "text", text: "längere Worte ".repeat(9) } });
      await here.account.commit(batchOf(2, { updates: [longer] }));
      expect(await cached()).toMatchObject(await recounted("c1"));
      const recalled = makeMessage({ version: 3, content: { kind: "text", text: "" } });
      await here.account.putMessages("c1", [recalled]);
      expect(await cached()).toMatchObject(await recounted("c1"));
    });

    it("counts nothing of what was dropped, or refused", async () => {
      await here.synced(4, [recordOf("c1")]);
      await here.account.putMessages("c1", range(1, 9));
      await here.account.putMessages("c2", range(1, 2, "c2"));
      await here.account.commit(batchOf(5, { epoch: "other", messages: range(10, 20) }));
      await here.account.advance(readingOf({ dropped: ["c1"], messages: range(9, 10) }));
      expect(await cached()).toMatchObject(await recounted("c1", "c2"));
      await here.account.expire();
      expect(await cached()).toEqual([]);
    });

    it("knows when a conversation was opened last, until the epoch ends", async () => {
      await here.synced();
      await here.account.markOpened("c1", 7);
      await here.account.markOpened("c1", 5);
      await here.account.putMessages("c1", range(1, 1));
      await here.account.putMessages("c2", range(1, 1, "c2"));
      await here.restart();
      expect((await cached()).map(({ openedAt }) => openedAt)).toEqual([7, 0]);
      await here.account.reset("e2");
      await here.account.putMessages("c1", range(1, 1));
      expect((await cached()).map(({ openedAt }) => openedAt)).toEqual([0]);
    });
  });

  describe("making room", () => {
    it("removes the oldest messages of one conversation, with their counts, for the next run too", async () => {
      await here.account.putMessages("c1", [...range(1, 4), ...range(20, 25)], 1);
      await here.account.putMessages("c10", range(1, 2, "c10"));
      await here.account.markOpened("c1", 7);
      const left = await here.account.evict({ conversationId: "c1", limit: 6, keep: 2 });
      expect(await seqs()).toEqual([22, 23, 24, 25]);
      expect(left).toEqual({ ...(await recounted("c1"))[0], openedAt: 7 });
      await here.restart();
      expect(await cached()).toMatchObject(await recounted("c1", "c10"));
      expect(await seqs("c10")).toEqual([1, 2]);
      expect((await here.account.messages("c1", 1)).beginning).toBe(1);
    });

    it("keeps the newest whatever the limit", async () => {
      await here.account.putMessages("c1", range(1, 10));
      const evict = (keep: number) => here.account.evict({ conversationId: "c1", limit: 100, keep });
      expect((await evict(3)).messages).toBe(3);
      expect((await evict(3)).messages).toBe(3);
      expect(await seqs()).toEqual([8, 9, 10]);
      expect(await evict(0)).toEqual({ conversationId: "c1", messages: 0, bytes: 0, openedAt: 0 });
      expect(await evict(0)).toMatchObject({ messages: 0 });
      expect(await cached()).toEqual([]);
    });

    it("leaves out updates of what is gone, and takes it again when it is read", async () => {
      await here.synced();
      await here.account.putMessages("c1", range(1, 4));
      await here.account.evict({ conversationId: "c1", limit: 2, keep: 0 });
      await here.account.commit(batchOf(1, { updates: [makeMessage({ seq: 1, version: 2 })] }));
      expect(await seqs()).toEqual([3, 4]);
      await here.account.putMessages("c1", [makeMessage({ seq: 2, version: 1 })]);
      expect(await seqs()).toEqual([2, 3, 4]);
      expect(await cached()).toMatchObject(await recounted("c1"));
    });

    it("touches nothing but messages", async () => {
      await here.synced(4, [recordOf("c1")]);
      await here.account.putMessages("c1", range(1, 9));
      await here.account.enqueue(makeOutgoing("a"));
      await here.account.putRead({ conversationId: "c1", seq: 3 });
      const before = await here.account.load();
      await here.account.evict({ conversationId: "c1", limit: 9, keep: 0 });
      expect(await here.account.load()).toEqual(before);
    });
  });
}

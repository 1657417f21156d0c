import { describe, expect, it } from "vitest";
import { makeChange, makeMessage, makeOutgoing, makeUser } from "../../test/builders.ts";
import { batchOf } from "../../test/store-under-test.ts";
import type { PendingChange } from "./local-store.ts";
import type { StoreUnderTest } from "../../test/store-under-test.ts";

/** What a store promises of messages, and of what waits to be sent. */
export function describeLocal(here: StoreUnderTest): void {
  describe("of messages", () => {
    it("gives the newest below a place, ascending, of one conversation only", async () => {
      const seqs = [1, 2, 3, 7, 8, 20, 100];
      await here.account.putMessages(
        "c1",
        seqs.map((seq) => makeMessage({ seq })),
      );
      await here.account.putMessages("c10", [makeMessage({ conversationId: "c10", seq: 5 })]);
      await here.account.putMessages("c", [makeMessage({ conversationId: "c", seq: 6 })]);
      const given = async (limit: number, before?: number) =>
        (await here.account.messages("c1", limit, before)).messages.map(({ seq }) => seq);
      expect(await given(3)).toEqual([8, 20, 100]);
      expect(await given(3, 20)).toEqual([3, 7, 8]);
      expect(await given(10, 3)).toEqual([1, 2]);
      expect(await given(10, 1)).toEqual([]);
    });

    it("remembers where a conversation begins for this user", async () => {
      await here.account.putMessages("c1", [makeMessage({ seq: 40 })], 40);
      await here.account.putMessages("c1", [makeMessage({ seq: 41 })]);
      await here.restart();
      expect((await here.account.messages("c1", 10)).beginning).toBe(40);
      expect(await here.account.messages("c2", 10)).toEqual({ messages: [] });
    });
  });

  describe("of what waits", () => {
    const queue = async () => (await here.account.load()).outgoing.map(({ clientMessageId }) => clientMessageId);

    it("keeps the order of sending over a restart", async () => {
      for (const id of ["z", "a", "m"]) await here.account.enqueue(makeOutgoing(id));
      await here.restart();
      expect(await queue()).toEqual(["z", "a", "m"]);
      await here.account.enqueue(makeOutgoing("b"));
      expect(await queue()).toEqual(["z", "a", "m", "b"]);
    });

    it("gives what waits without the rest", async () => {
      await here.account.enqueue(makeOutgoing("b"));
      await here.account.enqueue(makeOutgoing("a"));
      await here.account.putRead({ conversationId: "c1", seq: 4 });
      await here.account.putDraft({ conversationId: "c1", text: "begun", at: 5 });
      const { outgoing, reads, changes, drafts } = await here.account.load();
      expect(await here.account.pending()).toEqual({ outgoing, reads, changes, drafts });
      expect(drafts).toHaveLength(1);
      expect(outgoing).toHaveLength(2);
      expect(reads).toEqual([{ conversationId: "c1", seq: 4 }]);
    });

    it("keeps the order of calls that were not waited for", async () => {
      const ids = Array.from({ length: 30 }, (_, index) => `m${index}`);
      await Promise.all(ids.map((id) => here.account.enqueue(makeOutgoing(id))));
      expect(await queue()).toEqual(ids);
    });

    it("moves a message that is queued again to the end, in its new form", async () => {
      for (const id of ["a", "b"]) await here.account.enqueue(makeOutgoing(id));
      await here.account.enqueue(makeOutgoing("a", { createdAt: 2 }));
      expect((await here.account.load()).outgoing).toEqual([makeOutgoing("b"), makeOutgoing("a", { createdAt: 2 })]);
    });

    it("changes messages in their place, and does not bring back those that are gone", async () => {
      for (const id of ["a", "b", "c"]) await here.account.enqueue(makeOutgoing(id));
      await here.account.removeOutgoing(["c", "unknown"]);
      const failed = makeOutgoing("a", { error: { code: "BLOCKED", message: "no" } });
      await here.account.updateOutgoing(["a", "c"], (held) => ({ ...held, error: { code: "BLOCKED", message: "no" } }));
      expect((await here.account.load()).outgoing).toEqual([failed, makeOutgoing("b")]);
    });

    it("keeps what a message carries until the message leaves", async () => {
      const text = async (id: string, index = 0) => (await here.account.file(id, index))?.text();
      const large = new Uint8Array(9 * 1024 * 1024).map((_, index) => index % 251);
      const film = new Blob([large], { type: "video/mp4" });
      await here.synced();
      await here.account.enqueue(makeOutgoing("film"), [film, new Blob(["still"], { type: "image/jpeg" })]);
      for (const id of ["taken", "came", "owing", "removed"]) {
        await here.account.enqueue(makeOutgoing(id), [new Blob([id])]);
      }
      await here.restart();
      const [stored, still] = [await here.account.file("film", 0), await here.account.file("film", 1)];
      expect([stored?.type, stored?.size, still?.type, await still?.text()]).toEqual([
        "video/mp4",
        large.length,
        "image/jpeg",
        "still",
      ]);
      expect(Buffer.from(await stored!.arrayBuffer()).equals(Buffer.from(large))).toBe(true);
      expect(await here.account.file("film", 2)).toBeUndefined();

      // Neither a change nor another place in the queue touches it.
      await here.account.updateOutgoing(["film"], (held) => ({ ...held, createdAt: 2 }));
      await here.account.enqueue(makeOutgoing("film"));
      expect((await here.account.file("film", 0))?.size).toBe(large.length);

      await here.account.updateOutgoing(["taken"], () => null);
      await here.account.updateOutgoing(["owing"], (held) => ({ ...held, owes: "recall" }));
      await here.account.removeOutgoing(["removed"]);
      await here.account.commit(batchOf(1, { delivered: ["came", "owing"] }));
      expect(await Promise.all(["taken", "came", "removed", "owing"].map((id) => text(id)))).toEqual([
        undefined,
        undefined,
        undefined,
        "owing",
      ]);
      await here.account.reset("another");
      expect(await text("owing")).toBe("owing");
    });

    it("keeps one read position per conversation until it is removed", async () => {
      await here.account.putRead({ conversationId: "c1", seq: 3 });
      await here.account.putRead({ conversationId: "c1", seq: 5 });
      await here.account.putRead({ conversationId: "c2", seq: 1 });
      await here.account.putRead({ conversationId: "c1", seq: 4 });
      // Another tab has read on meanwhile.
      await here.account.removeReads([{ conversationId: "c1", seq: 4 }]);
      await here.account.removeReads([
        { conversationId: "c2", seq: 1 },
        { conversationId: "unknown", seq: 1 },
      ]);
      await here.restart();
      expect((await here.account.load()).reads).toEqual([{ conversationId: "c1", seq: 5 }]);
    });

    it("changes what waits as it is stored now, and removes it on demand", async () => {
      for (const id of ["a", "b"]) await here.account.enqueue(makeOutgoing(id));
      await Promise.all([
        here.account.updateOutgoing(["a"], (held) => ({ ...held, attempted: true })),
        here.account.updateOutgoing(["a"], (held) => ({ ...held, createdAt: held.createdAt + 1 })),
      ]);
      const [left, ...others] = await here.account.updateOutgoing(["a", "b", "unknown"], (held) =>
        held.clientMessageId === "b" ? null : held,
      );
      expect(left).toEqual(makeOutgoing("a", { attempted: true, createdAt: 2 }));
      expect(others).toEqual([]);
      await here.restart();
      expect((await here.account.load()).outgoing).toEqual([left]);
    });

    it("changes nothing when what changes it throws", async () => {
      await here.account.enqueue(makeOutgoing("a"));
      const refuse = (): never => {
        throw new RangeError("no");
      };
      await expect(here.account.updateOutgoing(["a"], refuse)).rejects.toThrow(new RangeError("no"));
      await expect(here.account.updateChanges(refuse)).rejects.toThrow(new RangeError("no"));
      expect((await here.account.load()).outgoing).toEqual([makeOutgoing("a")]);
    });

    it("keeps a delivered message that still owes something", async () => {
      await here.synced();
      await here.account.enqueue(makeOutgoing("a", { attempted: true, owes: "recall" }));
      await here.account.enqueue(makeOutgoing("b", { attempted: true }));
      await here.account.commit(batchOf(1, { delivered: ["a", "b"] }));
      expect(await queue()).toEqual(["a"]);
    });

    it("keeps changes of messages in the order made, replaced in their place", async () => {
      const store = here.account;
      for (const id of ["z", "a", "m"]) await store.updateChanges((held) => [...held, makeChange(id)]);
      const after = await store.updateChanges((held) =>
        held.flatMap((change) => {
          if (change.id === "a") return [];
          return change.id === "z" ? [{ ...change, attempted: true }] : [change];
        }),
      );
      expect(after).toEqual([makeChange("z", { attempted: true }), makeChange("m")]);
      await here.restart();
      await here.account.updateChanges((held) => [...held, makeChange("b")]);
      expect((await here.account.load()).changes).toEqual([...after, makeChange("b")]);
    });

    it("keeps changes of contacts among them, whole", async () => {
      const person = { conversationId: "peer:ann", seq: 0, createdAt: 1 };
      const changes: PendingChange[] = [
        { ...person, id: "a", kind: "alias", userId: "ann", alias: "安" },
        makeChange("b"),
        { ...person, id: "c", kind: "favourite", userId: "ann", on: true, attempted: true },
        { ...person, id: "d", kind: "block", userId: "ann", on: false, error: { code: "NOT_FOUND", message: "gone" } },
        { ...person, id: "e", kind: "unfriend", userId: "ann" },
      ];
      await here.account.updateChanges((held) => [...held, ...changes]);
      await here.restart();
      expect((await here.account.load()).changes).toEqual(changes);
    });

    it("keeps changes of settings among them, whole, each value as it was", async () => {
      const kept = { kind: "settings", conversationId: "c1", seq: 0, createdAt: 1 } as const;
      const changes: PendingChange[] = [
        { ...kept, id: "a", settings: { pinned: false, notify: -1 }, attempted: true },
        makeChange("b"),
        { ...kept, id: "c", settings: { markedUnread: true } },
        { ...kept, id: "d", conversationId: "c2", settings: { hidden: true, notify: 0 }, accepted: { version: 3 } },
      ];
      await here.account.updateChanges((held) => [...held, ...changes]);
      await here.restart();
      expect((await here.account.load()).changes).toEqual(changes);
      expect((await here.account.pending()).changes).toEqual(changes);
      // What another has merged into it takes its place, and nothing else moves.
      const merged = { ...changes[2]!, settings: { markedUnread: false, pinned: true } } as PendingChange;
      await here.account.updateChanges((held) => held.map((change) => (change.id === "c" ? merged : change)));
      await here.restart();
      expect((await here.account.load()).changes).toEqual(
        changes.map((change) => (change.id === "c" ? merged : change)),
      );
    });

    it("hands each update what the one before has left", async () => {
      const ids = Array.from({ length: 30 }, (_, index) => `m${index}`);
      await Promise.all(ids.map((id) => here.account.updateChanges((held) => [...held, makeChange(id)])));
      expect((await here.account.load()).changes.map(({ id }) => id)).toEqual(ids);
    });

    it("keeps the last draft of a conversation, later than any before by whatever clock", async () => {
      const draft = { conversationId: "c1", text: "to be", at: 50 };
      expect(await here.account.putDraft(draft)).toEqual(draft);
      const emptied = await here.account.putDraft({ conversationId: "c1", text: "", at: 7 });
      expect(emptied).toEqual({ conversationId: "c1", text: "", at: 51 });
      await here.account.putDraft({ conversationId: "c2", text: "or not", at: 1 });
      await here.restart();
      const { drafts } = await here.account.load();
      expect(drafts.toSorted((a, b) => a.at - b.at).map(({ text }) => text)).toEqual(["or not", ""]);
    });

    it("keeps with a draft what it began from and whether it was told, until the next replaces it whole", async () => {
      const first = { conversationId: "c1", text: "to be", at: 50, base: 40, sent: true };
      await here.account.putDraft(first);
      await here.restart();
      expect((await here.account.load()).drafts).toEqual([first]);
      await here.account.putDraft({ conversationId: "c1", text: "or not", at: 60 });
      await here.restart();
      expect((await here.account.load()).drafts).toEqual([{ conversationId: "c1", text: "or not", at: 60 }]);
    });

    it("orders drafts of a conversation that were not waited for as they were typed", async () => {
      const texts = Array.from({ length: 20 }, (_, index) => "to be or not to be".slice(0, index));
      const stored = await Promise.all(
        texts.map((text) => here.account.putDraft({ conversationId: "c1", text, at: 5 })),
      );
      expect(stored.map(({ at }) => at)).toEqual(texts.map((_, index) => 5 + index));
      const { drafts } = await here.account.load();
      expect(drafts).toEqual([{ conversationId: "c1", text: texts.at(-1), at: 5 + texts.length - 1 }]);
    });

    it("keeps users, the newest of each", async () => {
      await here.account.putUsers([makeUser("ann", "Ann"), makeUser("bob")]);
      await here.account.putUsers([makeUser("ann", "Anna")]);
      await here.restart();
      const { users } = await here.account.load();
      expect(users.toSorted((a, b) => a.userId.localeCompare(b.userId))).toEqual([
        makeUser("ann", "Anna"),
        makeUser("bob"),
      ]);
    });
  });
}

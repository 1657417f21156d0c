import type { Entry } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { makeConversation, makeEntries, makeMessage, makeUser, messageEntries } from "../../test/builders.ts";
import { deepFreeze } from "../../test/deep-freeze.ts";
import { listed } from "./conversation-record.ts";
import { fold } from "./fold.ts";
import type { Folded, Timeline } from "./fold.ts";

const EMPTY: Timeline = { cursor: 0, conversations: new Map() };

function timelineOf(...conversations: Parameters<typeof makeConversation>[0][]): Timeline {
  const records = conversations.map((overrides) => listed(makeConversation(overrides)));
  return { cursor: 0, conversations: new Map(records.map((record) => [record.conversation.conversationId, record])) };
}

function foldFrozen(timeline: Timeline, entries: readonly Entry[]): Folded {
  return fold(deepFreeze(timeline), deepFreeze(entries), "me");
}

function conversationOf({ timeline }: Folded, id = "c1") {
  return timeline.conversations.get(id)?.conversation;
}

describe("fold", () => {
  it("moves the cursor to the last entry and keeps what is not touched", () => {
    const timeline = timelineOf({ conversationId: "c1" }, { conversationId: "c2" });
    const folded = foldFrozen(timeline, messageEntries([makeMessage()]));
    expect(folded.timeline.cursor).toBe(1);
    expect(folded.timeline.conversations.get("c2")).toBe(timeline.conversations.get("c2"));
    expect([...folded.changes.conversations.keys()]).toEqual(["c1"]);
  });

  it("refuses entries that leave a hole or go back", () => {
    const at = (seq: number): Entry[] => messageEntries([makeMessage()], seq);
    expect(() => foldFrozen({ ...EMPTY, cursor: 4 }, at(6))).toThrow(RangeError);
    expect(() => foldFrozen({ ...EMPTY, cursor: 4 }, at(4))).toThrow(RangeError);
  });

  it("skips types that it does not know and moves on", () => {
    const unknown = [{ type: "weather", seq: 1, at: 1 }] as unknown as Entry[];
    const folded = foldFrozen(EMPTY, unknown);
    expect(folded.timeline.cursor).toBe(1);
    expect(folded.timeline.conversations).toBe(EMPTY.conversations);
  });

  it("counts messages of others as unread and shows the newest", () => {
    const folded = foldFrozen(timelineOf({}), messageEntries([makeMessage({ seq: 1 }), makeMessage({ seq: 2 })]));
    expect(conversationOf(folded)).toMatchObject({ lastSeq: 2, readSeq: 0, unread: 2, lastMessage: { seq: 2 } });
    expect(folded.changes.messages.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it("reads up to one's own message, and names it as delivered", () => {
    const own = makeMessage({ seq: 3, senderId: "me", clientMessageId: "x" });
    const folded = foldFrozen(timelineOf({ lastSeq: 2 }), messageEntries([own]));
    expect(conversationOf(folded)).toMatchObject({ lastSeq: 3, readSeq: 3, unread: 0 });
    expect(folded.changes.delivered).toEqual(["x"]);
  });

  it("never lets a position go back", () => {
    const timeline = timelineOf({ lastSeq: 9, readSeq: 7, changeSeq: 3 });
    const folded = foldFrozen(
      timeline,
      makeEntries([
        { type: "read", conversationId: "c1", readSeq: 5, unread: 4 },
        { type: "conversation", conversation: makeConversation({ lastSeq: 4, readSeq: 2, title: "New" }) },
      ]),
    );
    expect(conversationOf(folded)).toMatchObject({ lastSeq: 9, readSeq: 7, unread: 2, changeSeq: 3, title: "New" });
  });

  it("takes the server's view of a conversation where it is ahead", () => {
    const newest = makeMessage({ seq: 12 });
    const view = makeConversation({ lastSeq: 12, readSeq: 10, lastMessage: newest, pinned: true });
    const folded = foldFrozen(timelineOf({ lastSeq: 9 }), makeEntries([{ type: "conversation", conversation: view }]));
    expect(conversationOf(folded)).toMatchObject({ lastSeq: 12, readSeq: 10, unread: 2, pinned: true });
    expect(conversationOf(folded)?.lastMessage).toEqual(newest);
  });

  it("keeps the highest version of a message, whatever the order", () => {
    const second = makeMessage({ version: 2, content: { kind: "text", text: "second" } });
    const third = makeMessage({ version: 3, content: { kind: "text", text: "third" } });
    const folded = foldFrozen(
      timelineOf({}),
      makeEntries([
        // Entries show the message as it is when read, so the first may be newer than the change that follows.
        { type: "message", message: third },
        { type: "message:update", message: second },
        { type: "message:update", message: third },
      ]),
    );
    expect(folded.changes.messages).toEqual([third]);
    expect(folded.changes.updates).toEqual([]);
    expect(conversationOf(folded)?.lastMessage).toEqual(third);
  });

  it("hands updates of earlier messages on apart from new messages", () => {
    const timeline = timelineOf({ lastSeq: 5, lastMessage: makeMessage({ seq: 5 }) });
    const update = makeMessage({ seq: 2, version: 2 });
    const folded = foldFrozen(timeline, makeEntries([{ type: "message:update", message: update }]));
    expect(folded.changes.updates).toEqual([update]);
    expect(folded.changes.messages).toEqual([]);
    expect(folded.timeline.conversations).toBe(timeline.conversations);
  });

  it("takes receipts of others forward only, one's own not at all, and a message as one", () => {
    const receipt = (userId: string, readSeq: number) =>
      ({ type: "receipt", conversationId: "c1", userId, readSeq }) as const;
    const folded = foldFrozen(
      timelineOf({ lastSeq: 9 }),
      makeEntries([
        receipt("ann", 5),
        receipt("ann", 3),
        receipt("me", 9),
        { type: "message", message: makeMessage({ seq: 10, senderId: "bob" }) },
      ]),
    );
    expect(folded.timeline.conversations.get("c1")?.receipts).toEqual(
      new Map([
        ["ann", 5],
        ["bob", 10],
      ]),
    );
  });

  it("remembers a mention until everything is read", () => {
    const timeline = timelineOf({});
    const mention = makeMessage({ seq: 1, mentions: ["me"] });
    const mentioned = foldFrozen(timeline, messageEntries([mention, makeMessage({ seq: 2 })]));
    expect(conversationOf(mentioned)?.mentioned).toBe(true);
    const read = makeEntries([{ type: "read", conversationId: "c1", readSeq: 2, unread: 0 }], 3);
    expect(conversationOf(foldFrozen(mentioned.timeline, read))).not.toHaveProperty("mentioned");
  });

  it("keeps a message of an unknown conversation and says that the list has a hole", () => {
    const message = makeMessage({ conversationId: "c9" });
    const folded = foldFrozen(EMPTY, messageEntries([message]));
    expect(folded.changes.messages).toEqual([message]);
    expect([...folded.changes.missing]).toEqual(["c9"]);

    const announced = makeEntries(
      [{ type: "conversation", conversation: makeConversation({ conversationId: "c9" }) }],
      2,
    );
    expect(foldFrozen(EMPTY, [...messageEntries([message]), ...announced]).changes.missing.size).toBe(0);
  });

  it("passes profiles on, the newest of each", () => {
    const folded = foldFrozen(
      EMPTY,
      makeEntries([
        { type: "user", user: makeUser("ann", "Ann") },
        { type: "user", user: makeUser("ann", "Anna") },
      ]),
    );
    expect(folded.changes.users).toEqual([makeUser("ann", "Anna")]);
  });

  it("gives a direct conversation the new name of the other one", () => {
    const direct = makeConversation({ conversationId: "d1", type: "direct", peerId: "ann", title: "Ann" });
    const { timeline } = foldFrozen(EMPTY, makeEntries([{ type: "conversation", conversation: direct }]));
    const renamed = makeEntries([{ type: "user", user: makeUser("ann", "Anna") }], 2);
    const folded = foldFrozen(timeline, renamed);
    expect(folded.timeline.conversations.get("d1")?.conversation.title).toBe("Anna");
    const again = makeEntries([{ type: "user", user: makeUser("ann", "Anna") }], 3);
    expect(foldFrozen(folded.timeline, again).changes.conversations.size).toBe(0);
  });
});

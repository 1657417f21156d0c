import type { ConversationId } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { toOutgoingMessage } from "../outbox/outgoing.ts";
import { listed } from "../sync/conversation-record.ts";
import type { ConversationRecord } from "../sync/conversation-record.ts";
import { makeConversation, makeMessage, makeOutgoing, makeUser } from "../../test/builders.ts";
import { Projector } from "./projector.ts";
import type { Slices } from "./projector.ts";

const NOTHING: Slices = {
  loaded: true,
  me: makeUser("me"),
  connection: { status: "online" },
  storage: "memory",
  records: new Map(),
  outgoing: [],
  reads: new Map(),
  changes: [],
  drafts: new Map(),
  users: new Map(),
  windows: new Map(),
  typing: new Map(),
  presence: new Map(),
  people: new Map(),
};

function recordsOf(...views: Parameters<typeof makeConversation>[0][]): Map<ConversationId, ConversationRecord> {
  const records = views.map((overrides) => listed(makeConversation(overrides)));
  return new Map(records.map((record) => [record.conversation.conversationId, record]));
}

const sentAt = (time: number) => ({ lastMessage: makeMessage({ sentAt: time }) });

describe("Projector", () => {
  it("sorts by activity, of what was sent and of what still waits", () => {
    const records = recordsOf(
      { conversationId: "old", ...sentAt(10) },
      { conversationId: "new", ...sentAt(30) },
      { conversationId: "writing", ...sentAt(5) },
      { conversationId: "empty" },
    );
    const outgoing = [toOutgoingMessage(makeOutgoing("a", { conversationId: "writing", createdAt: 20 }), false)];
    const { conversations } = new Projector().project({ ...NOTHING, records, outgoing });
    expect(conversations.map(({ conversationId, activeAt }) => [conversationId, activeAt])).toEqual([
      ["new", 30],
      ["writing", 20],
      ["old", 10],
      ["empty", 0],
    ]);
    expect(conversations[1]?.lastOutgoing).toBe(outgoing[0]);
  });

  it("lays the local read position over the timeline's, never beyond the end and never back", () => {
    const records = recordsOf(
      { conversationId: "c1", lastSeq: 9, readSeq: 2 },
      { conversationId: "c2", lastSeq: 3, readSeq: 3 },
      { conversationId: "c3", lastSeq: 4, muted: true },
    );
    const reads = new Map([
      ["c1", 5],
      ["c2", 1],
    ]);
    const state = new Projector().project({ ...NOTHING, records, reads });
    const views = new Map(state.conversations.map((view) => [view.conversationId, view]));
    expect(views.get("c1")).toMatchObject({ readSeq: 5, unread: 4 });
    expect(views.get("c2")).toMatchObject({ readSeq: 3, unread: 0 });
    expect(state.unreadTotal).toBe(4);
    const beyond = new Projector().project({ ...NOTHING, records, reads: new Map([["c1", 99]]) });
    expect(beyond.conversations.find(({ conversationId }) => conversationId === "c1")).toMatchObject({ unread: 0 });
  });

  it("lists a placeholder only once it has something to send, under the other's name", () => {
    const users = new Map([["ann", makeUser("ann", "Ann")]]);
    const windows = new Map([
      ["peer:ann", { messages: [], more: { before: false, after: false }, atEnd: true, loading: "none" } as const],
    ]);
    const projector = new Projector();
    expect(projector.project({ ...NOTHING, users, windows }).conversations).toEqual([]);
    const outgoing = [toOutgoingMessage(makeOutgoing("a", { conversationId: "peer:ann", createdAt: 7 }), true)];
    const state = projector.project({ ...NOTHING, users, windows, outgoing });
    expect(state.conversations).toMatchObject([
      { conversationId: "peer:ann", type: "direct", peerId: "ann", title: "Ann", activeAt: 7, unread: 0 },
    ]);
    expect(state.windows.get("peer:ann")?.outgoing).toEqual(outgoing);
  });

  it("keeps the identity of everything that has not changed", () => {
    const projector = new Projector();
    const records = recordsOf({ conversationId: "c1", ...sentAt(2) }, { conversationId: "c2", ...sentAt(1) });
    const view = {
      messages: [makeMessage()],
      more: { before: false, after: false },
      atEnd: true,
      loading: "none",
    } as const;
    const windows = new Map([["c1", view]]);
    const first = projector.project({ ...NOTHING, records, windows });
    const again = projector.project({
      ...NOTHING,
      connection: { status: "online" },
      records: new Map(records),
      windows,
    });
    expect(again).toBe(first);

    const moved = new Map(records);
    moved.set("c2", listed(makeConversation({ conversationId: "c2", title: "New" })));
    const second = projector.project({ ...NOTHING, records: moved, windows: new Map(windows) });
    expect(second).not.toBe(first);
    expect(second.conversations).not.toBe(first.conversations);
    expect(second.conversations[0]).toBe(first.conversations[0]);
    expect(second.windows).toBe(first.windows);

    const outgoing = [toOutgoingMessage(makeOutgoing("a", { conversationId: "c2" }), false)];
    const third = projector.project({ ...NOTHING, records: moved, windows, outgoing });
    expect(third.windows).toBe(first.windows);
    expect(third.conversations[0]).toBe(first.conversations[0]);
  });
});
